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

/** One call to send. Each attempt is a call, and each call is recorded. */
export type Call = {
  readonly api: PutApi;
  readonly entries: readonly Outgoing[];
  /**
   * The Kinesis records of the call, if some are aggregates. `entries` are then the user records in them, one carrier
   * after the other.
   */
  readonly carriers?: readonly Carrier[];
  /** SequenceNumberForOrdering; PutRecord only. */
  readonly after?: string;
  /** The attempt of its most tried entry, from 1. */
  readonly attempt: number;
  readonly retryOf?: number;
};

/** One Kinesis record, and the application's records in it, in the order of their sub index. */
export type Carrier = PutRecordInput & { readonly users: readonly Outgoing[]; readonly isAggregated: boolean };

/** The outcome has one result for each Kinesis record: an entry, or a carrier if there are carriers. */
export type Sent = { readonly op: number; readonly outcome: PutOutcome };

export type ProducerTools = ProgramTools & {
  /** The application's next record; undefined after the last one. */
  readonly next: () => Outgoing | undefined;
  /** Sends one call, and records it before it is sent and after its answer. Never rejects for an answer. */
  readonly put: (call: Call) => Promise<Sent>;
  /** The limits of a call and a record, from the scenario's profile and the stream. */
  readonly limits: Limits;
  /** Reports a record that can never be sent. The others are still sent, and the error is reported at the end. */
  readonly refuse: (why: HarnessError) => void;
  /** ListShards, for strategies that predict shards. */
  readonly shards: () => Promise<readonly ShardInfo[]>;
  readonly clock: Clock;
  /** The seed of the run. All random draws use it. */
  readonly seed?: string;
  /** Aborted when the run ends early: then send nothing more. */
  readonly signal: AbortSignal;
};

/** Sends the records. Resolves when every record was handed over and every attempt is over. */
export type Produce = (tools: ProducerTools) => Promise<void>;

type ProducerTraits = {
  /** True if it sends with a client of its own, which needs a gateway. */
  readonly needsGateway?: true;
  /** Returns its options, with paths that are relative to the scenario's folder resolved. */
  readonly relativeTo?: (options: Options, folder: string) => Options;
};

type Options = Readonly<Record<string, unknown>>;

export type Producer = Variant<Produce> & ProducerTraits;

/** Options of every producer, which the scenario's own schema validates. */
export type Named = {
  /** The name in reports and histories. Default: p1, p2 … */
  readonly name?: string;
};

/**
 * A producer with its builder. Exported, so that declarations name this type and editors show the schema's comments.
 */
export type BuiltProducer<Type extends string, Schema extends z.ZodType> = Built<Type, Schema, Produce, Named> &
  ProducerTraits;

/** Defines a sending strategy: one file, and one line in `builders.ts`. */
export const defineProducer = <const Type extends string, Schema extends z.ZodType<object>>(
  spec: VariantSpec<Type, Schema, Produce> & ProducerTraits,
): BuiltProducer<Type, Schema> => defineBuilder<Type, Schema, Produce, Named, ProducerTraits>(spec);
