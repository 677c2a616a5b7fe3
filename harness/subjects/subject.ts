import type { z } from 'zod';
import type { Named } from '../consumers/consumer.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Clock } from '../lib/clock.ts';
import { type Built, defineBuilder, type Variant, type VariantSpec } from '../lib/variant.ts';
import type { EventBody, ShardInfo } from '../model/event.ts';
import type { RecordId } from '../tap/record-ids.ts';
import type { ActBook } from './acts/act.ts';
import type { SubjectDoor } from './subject-door.ts';

/** The tools of a consumer under test, in a scenario or in a recording. */
export type SubjectTools = {
  readonly name: string;
  readonly stream: string;
  /** For subjects that read by themselves. */
  readonly kinesis: Pick<Kinesis, 'getShardIterator' | 'getRecords'>;
  readonly listShards: () => Promise<readonly ShardInfo[]>;
  readonly pollMsMin: number;
  readonly write: (event: EventBody) => number;
  readonly now: () => number;
  readonly nextChain: () => number;
  /** Resolves when everything written is on disk. Sources with much output wait for it. */
  readonly flushed: () => Promise<void>;
  /** The identity in a payload; empty if it has none. */
  readonly identify: (record: { readonly key?: string | undefined; readonly data: Uint8Array }) => RecordId;
  /**
   * Opens a port of the gateway for each instance: calls on it are this application's fetches. Undefined if there is
   * no gateway in front of the engine.
   */
  readonly door?: (instance: string) => Promise<SubjectDoor>;
  /** The acts (kill, restart, pause) that the scenario plans for it. */
  readonly acts: ActBook;
  /** Writes a note to the history and shows it to the user. */
  readonly note: (text: string) => void;
  /** Reports that the program failed. The run continues to its verdict, and ends with its own exit code. */
  readonly failed: (text: string) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** The stream after the load, when no more records are written. */
export type SealedStream = {
  /** The place of each open shard's sentinel; empty if none was put. */
  readonly sentinels: ReadonlyMap<string, string>;
  readonly shards: readonly ShardInfo[];
  /** The highest sequence number that was acknowledged in a shard; undefined if none was. */
  readonly highest: (shard: string) => string | undefined;
};

export type RunningSubject = {
  /** Resolves when it reads: producers may begin. Rejects if it does not start in time. */
  readonly started: Promise<void>;
  /**
   * Waits until it has handled all that it owes, and writes that to the history (`complete`). Returns undefined, or
   * the reason if it has not in time.
   */
  readonly finish: (stream: SealedStream) => Promise<string | undefined>;
  /** Ends it. Its later lines are ignored. */
  readonly stop: () => Promise<void>;
};

export type StartSubject = (tools: SubjectTools) => RunningSubject;

type SubjectTraits = {
  /** True if it reads with a client of its own, which needs a gateway. */
  readonly needsGateway?: true;
  /** Returns its options, with paths that are relative to the scenario's folder resolved. */
  readonly relativeTo?: (options: Fields, folder: string) => Fields;
};

type Fields = Readonly<Record<string, unknown>>;

export type Subject = Variant<StartSubject> & SubjectTraits;

/** Exported, so that declarations name this type and editors show the schema's comments. */
export type BuiltSubject<Type extends string, Schema extends z.ZodType> = Built<Type, Schema, StartSubject, Named> &
  SubjectTraits;

/** One kind of consumer under test: one file, and one line in `builders.ts`. */
export const defineSubject = <const Type extends string, Schema extends z.ZodType<object>>(
  spec: VariantSpec<Type, Schema, StartSubject> & SubjectTraits,
): BuiltSubject<Type, Schema> => defineBuilder<Type, Schema, StartSubject, Named, SubjectTraits>(spec);
