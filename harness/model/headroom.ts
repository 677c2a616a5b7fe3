/**
 * What AWS would have taken of a run's writes, told of a history. Counted by shard and by the second in which a call
 * was answered: the service took it no later. Seconds begin at the start of the run, so a burst across two of them may
 * be missed.
 */
export type Headroom = {
  /** What it was held against: a profile of `limits.ts`, and its numbers. */
  readonly limits: { readonly profile: string; readonly recordsPerSecond: number; readonly bytesPerSecond: number };
  /** Records stored that were counted; an aggregate is one record. */
  readonly records: number;
  /** Of them, those whose size the history does not tell: their bytes are missing below. */
  readonly recordsWithoutSize: number;
  /** False where counting stopped at its bound: the rest says nothing of what came later. */
  readonly isWhole: boolean;
  /**
   * Calls of which something was stored; those that AWS would have throttled, at least in part; those that it would
   * have refused for their size.
   */
  readonly calls: number;
  readonly throttledCalls: number;
  readonly refusedCalls: number;
  /** Calls that the target itself throttled, at least in part. */
  readonly throttledByTarget: number;
  /** Of each shard, the hottest first. */
  readonly shards: readonly ShardHeadroom[];
  /** At most ten, the hottest first. */
  readonly hottestKeys: readonly KeyHeat[];
  /**
   * Null where nothing would have been throttled; false where one key alone goes beyond a shard: it cannot be split.
   */
  readonly wouldMoreShardsHelp: boolean | null;
  readonly keyBeyondShard: KeyBeyondShard | null;
  /** What the busiest second needs, if its keys were spread evenly. */
  readonly shardsAtLeast: number;
};

/** The most of one shard in any second: `share` is of the limit, 1 is all of it. */
export type Peak = { readonly used: number; readonly share: number; readonly second: number };

export type ShardHeadroom = {
  readonly shard: string;
  readonly records: Peak;
  readonly bytes: Peak;
  readonly throttledCalls: number;
};

/** Shares of all records and of all bytes of the run. */
export type KeyHeat = {
  readonly key: string;
  readonly records: number;
  readonly bytes: number;
  readonly recordsShare: number;
  readonly bytesShare: number;
};

/** The worst second of a key that alone goes beyond a shard. */
export type KeyBeyondShard = {
  readonly key: string;
  readonly shard: string;
  readonly second: number;
  readonly records: number;
  readonly bytes: number;
};
