/** Shards in which a key has records, of a key that has them in more than one; and how many keys lie in just these. */
export type WideKeys = { readonly shards: ReadonlySet<number>; readonly keys: number };

/** How many of something were counted on the way, and in which shards. By default shards are told by their ids. */
export type FoundInShards<Shard = number> = { readonly found: number; readonly shards: readonly Shard[] };

/**
 * Calls whose records lie apart, in shards in which they were counted on the way: how many, a call counted in each
 * shard; and the numbers of the first of them, of which the view has what shows it.
 */
export type CallsApart = FoundInShards & { readonly ops: readonly number[] };

/**
 * What was counted on the way, of flows that were proved to be in order: of these no record stands in the view, or
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
  /** A put named the number that its flow was acknowledged last. */
  readonly hasAfter: boolean;
  /** Some of the records were user records of aggregates. */
  readonly hasAggregates: boolean;
  /** Their keys that lie in several shards. */
  readonly wide: readonly WideKeys[];
  /** Flows of which single records stand in the view, with the mode of the whole flow. They are counted here. */
  readonly partial: ReadonlyMap<number, number>;
  readonly apart: CallsApart;
  /** Applications that were given all that they owe, once and in order, as was proved; how many records. */
  readonly handled: ReadonlyMap<string, number>;
  /** Records that readers were given again, after they had begun again. The view has the first of them. */
  readonly again: FoundInShards;
  /** Places of a shared stream that others wrote to. */
  readonly foreign: FoundInShards;
};

/** All records stand in the view. */
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

/** Are some of its records left out of the view? Then no number of it is missing. */
export const isPartial = ({ totals: { partial } }: { readonly totals: Totals }, flow: number): boolean =>
  partial.size > 0 && partial.has(flow);
