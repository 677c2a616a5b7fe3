import type { z } from 'zod';
import type { Named } from '../consumers/consumer.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Clock } from '../lib/clock.ts';
import { type Built, defineBuilder, type Variant, type VariantSpec } from '../lib/variant.ts';
import type { EventBody, ShardInfo } from '../model/event.ts';
import type { RecordId } from '../tap/record-ids.ts';
import type { ActBook } from './acts/act.ts';
import type { SubjectDoor } from './subject-door.ts';

/** What a consumer under test is given to work with, whoever runs it: a scenario or a recording. */
export type SubjectTools = {
  readonly name: string;
  readonly stream: string;
  /** For subjects that read for themselves. */
  readonly kinesis: Pick<Kinesis, 'getShardIterator' | 'getRecords'>;
  readonly listShards: () => Promise<readonly ShardInfo[]>;
  readonly pollMsMin: number;
  readonly write: (event: EventBody) => number;
  readonly now: () => number;
  readonly nextChain: () => number;
  /** Resolves when all that was written is on disk: whoever writes much waits for it. */
  readonly flushed: () => Promise<void>;
  /** Who a payload says that it is; nothing where it does not say. */
  readonly identify: (record: { readonly key?: string | undefined; readonly data: Uint8Array }) => RecordId;
  /**
   * A port of the gateway for each instance: what comes through it are this application's fetches. Undefined where no
   * gateway stands before the engine.
   */
  readonly door?: (instance: string) => Promise<SubjectDoor>;
  /** Kills and pauses that the scenario plans for it. */
  readonly acts: ActBook;
  /** A note of the history that a person should see as well. */
  readonly say: (text: string) => void;
  /** The program failed: the run goes on to its verdict, and ends with its own exit code. */
  readonly failed: (text: string) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** The stream once load is over: nothing is written to it any more. */
export type SealedStream = {
  /** Where each open shard's end marker lies; empty where none was put. */
  readonly sentinels: ReadonlyMap<string, string>;
  readonly shards: readonly ShardInfo[];
  /** The highest number that was acknowledged in a shard. */
  readonly highest: (shard: string) => string | undefined;
};

export type RunningSubject = {
  /** Resolves when it reads: producers may begin. Rejects where it does not start in time. */
  readonly started: Promise<void>;
  /**
   * Waits until it has handled all that it owes, and writes that down (`complete`). Answers why not, where it did not
   * in its time.
   */
  readonly finish: (stream: SealedStream) => Promise<string | undefined>;
  /** Ends it. What it says afterwards is not heard. */
  readonly stop: () => Promise<void>;
};

export type StartSubject = (tools: SubjectTools) => RunningSubject;

type SubjectTraits = {
  /** It reads by a client of its own, which is to find a gateway. */
  readonly needsGateway?: true;
  /** Its options with paths that are relative to a folder: the scenario's. */
  readonly relativeTo?: (options: Fields, folder: string) => Fields;
};

type Fields = Readonly<Record<string, unknown>>;

export type Subject = Variant<StartSubject> & SubjectTraits;

/** Exported, so that declarations name it and editors show the schema's comments. */
export type BuiltSubject<Type extends string, Schema extends z.ZodType> = Built<Type, Schema, StartSubject, Named> &
  SubjectTraits;

/** One way to run a consumer under test: a file, and a line in `builders.ts`. */
export const defineSubject = <const Type extends string, Schema extends z.ZodType<object>>(
  spec: VariantSpec<Type, Schema, StartSubject> & SubjectTraits,
): BuiltSubject<Type, Schema> => defineBuilder<Type, Schema, StartSubject, Named, SubjectTraits>(spec);
