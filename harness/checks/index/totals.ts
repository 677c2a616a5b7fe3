/** Several shards that share keys, and how many keys have records in exactly these shards. */
export type WideKeys = { readonly shards: ReadonlySet<number>; readonly keys: number };

/** What was counted while reading: how many, and in which shards, by default as ids. */
export type FoundInShards<Shard = number> = { readonly found: number; readonly shards: readonly Shard[] };

/**
 * Calls whose records lie apart, as counted while reading: how many (a call counts in each shard), and in which
 * shards. `ops`: the first of these calls; the view has the records that show them.
 */
export type CallsApart = FoundInShards & { readonly ops: readonly number[] };

/**
 * What was counted while reading, of flows that were proved to be in order. The view has none of their records, or
 * only single ones.
 */
export type Totals = {
  readonly acked: number;
  readonly read: number;
  /** Records that have one of their flow before them. */
  readonly pairs: number;
  /** Flows with a pair. */
  readonly flows: number;
  /** The modes in which they were written. */
  readonly modes: readonly number[];
  /** A put named the last acknowledged number of its flow in SequenceNumberForOrdering. */
  readonly hasAfter: boolean;
  /** Some of the records were user records of aggregates. */
  readonly hasAggregates: boolean;
  /** Their keys that lie in several shards. */
  readonly wide: readonly WideKeys[];
  /** Flows of which single records are in the view, with the mode of the whole flow. They are counted here. */
  readonly partial: ReadonlyMap<number, number>;
  readonly apart: CallsApart;
  /** Applications that provably got all that they owe, once and in order: how many records. */
  readonly handled: ReadonlyMap<string, number>;
  /** Records that readers got again after they had begun again. The view has the first of them. */
  readonly again: FoundInShards;
  /** Places of a shared stream that others wrote to. */
  readonly foreign: FoundInShards;
};

/** Nothing was counted while reading: all records are in the view. */
export const noTotals: Totals = {
  acked: 0,
  read: 0,
  pairs: 0,
  flows: 0,
  modes: [],
  hasAfter: false,
  hasAggregates: false,
  wide: [],
  partial: new Map(),
  apart: { found: 0, ops: [], shards: [] },
  handled: new Map(),
  again: { found: 0, shards: [] },
  foreign: { found: 0, shards: [] },
};

/** True if some records of the flow are left out of the view. Then numbers that are absent there prove no gap. */
export const isPartial = ({ totals: { partial } }: { readonly totals: Totals }, flow: number): boolean =>
  partial.size > 0 && partial.has(flow);
