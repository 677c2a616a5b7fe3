import type { PutOutcome } from '../kinesis/kinesis.ts';
import type { Clock } from '../lib/clock.ts';
import type { Variant } from '../lib/variant.ts';
import type { PutApi } from '../model/event.ts';
import type { Outgoing } from '../workload/workload.ts';

/** One call to send: each attempt is one, and each is written down. */
export type Call = {
  readonly api: PutApi;
  readonly entries: readonly Outgoing[];
  /** SequenceNumberForOrdering; PutRecord only. */
  readonly after?: string;
  /** Of its most tried entry, from 1. */
  readonly attempt: number;
  readonly retryOf?: number;
};

export type Sent = { readonly op: number; readonly outcome: PutOutcome };

export type ProducerTools = {
  /** The application's next record; undefined when it has handed over all. */
  readonly next: () => Outgoing | undefined;
  /** Sends one call and writes it down, before and after. Never throws for an answer. */
  readonly put: (call: Call) => Promise<Sent>;
  readonly clock: Clock;
  /** Aborted when the run ends early: hand over nothing more. */
  readonly signal: AbortSignal;
};

/** One sending strategy a file, one line in `registry.ts`. Resolves when every record was handed over and every attempt is over. */
export type Producer = Variant<(tools: ProducerTools) => Promise<void>>;
