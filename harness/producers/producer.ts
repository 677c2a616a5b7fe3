import type { z } from 'zod';
import type { PutOutcome } from '../kinesis/kinesis.ts';
import type { Clock } from '../lib/clock.ts';
import type { HarnessError } from '../lib/error.ts';
import { type Built, defineBuilder, type Variant, type VariantSpec } from '../lib/variant.ts';
import type { PutApi, ShardInfo } from '../model/event.ts';
import type { Limits } from '../model/limits.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import type { Outgoing } from '../workload/workload.ts';
import type { ProgramTools } from './program.ts';

/** One call to send: each attempt is one, and each is written down. */
export type Call = {
  readonly api: PutApi;
  readonly entries: readonly Outgoing[];
  /**
   * Where some of them are aggregated: the Kinesis records of the call. `entries` are then what these carry, one
   * carrier after the other.
   */
  readonly carriers?: readonly Carrier[];
  /** SequenceNumberForOrdering; PutRecord only. */
  readonly after?: string;
  /** Of its most tried entry, from 1. */
  readonly attempt: number;
  readonly retryOf?: number;
};

/** One Kinesis record, and what the application handed over of it, in the order of their sub index. */
export type Carrier = PutRecordInput & { readonly users: readonly Outgoing[]; readonly isAggregated: boolean };

/** The outcome has one result a Kinesis record: an entry, or a carrier where there are any. */
export type Sent = { readonly op: number; readonly outcome: PutOutcome };

export type ProducerTools = ProgramTools & {
  /** The application's next record; undefined when it has handed over all. */
  readonly next: () => Outgoing | undefined;
  /** Sends one call and writes it down, before and after. Never throws for an answer. */
  readonly put: (call: Call) => Promise<Sent>;
  /** What a call and a record may have; from the scenario's profile and the stream. */
  readonly limits: Limits;
  /** Tells of a record that can never be sent. The others go on; what is wrong is said when all is over. */
  readonly refuse: (why: HarnessError) => void;
  /** ListShards, for whoever predicts. */
  readonly shards: () => Promise<readonly ShardInfo[]>;
  readonly clock: Clock;
  /** Of the run: whatever is drawn by chance comes from it. */
  readonly seed?: string;
  /** Aborted when the run ends early: hand over nothing more. */
  readonly signal: AbortSignal;
};

/** Resolves when every record was handed over and every attempt is over. */
export type Produce = (tools: ProducerTools) => Promise<void>;

type ProducerTraits = {
  /** It sends by a client of its own, which is to find a gateway. */
  readonly needsGateway?: true;
  /** Its options with paths that are relative to a folder: the scenario's. */
  readonly relativeTo?: (options: Options, folder: string) => Options;
};

type Options = Readonly<Record<string, unknown>>;

export type Producer = Variant<Produce> & ProducerTraits;

/** Options of every producer, which the scenario's own schema reads. */
export type Named = {
  /** For reports and histories. Default: p1, p2 … */
  readonly name?: string;
};

/** A producer is its own builder. Exported, so that declarations name it and editors show the schema's comments. */
export type BuiltProducer<Type extends string, Schema extends z.ZodType> = Built<Type, Schema, Produce, Named> &
  ProducerTraits;

/** One sending strategy a file, one line in `builders.ts`. */
export const defineProducer = <const Type extends string, Schema extends z.ZodType<object>>(
  spec: VariantSpec<Type, Schema, Produce> & ProducerTraits,
): BuiltProducer<Type, Schema> => defineBuilder<Type, Schema, Produce, Named, ProducerTraits>(spec);
