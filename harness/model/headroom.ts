/**
 * How close the writes of a run came to the quotas that AWS has for a shard. Reported with a history. Calls count in
 * the second in which they were answered, per shard: the service took them no later. Seconds begin at the start of the
 * run, so a burst across two of them may be missed.
 */
export type Headroom = {
  /** The quotas: a profile of `limits.ts`, and its numbers. */
  readonly limits: { readonly profile: string; readonly recordsPerSecond: number; readonly bytesPerSecond: number };
  /** Stored records that were counted. An aggregate is one record. */
  readonly records: number;
  /** Of these, records whose size the history does not tell. Their bytes are missing below. */
  readonly recordsWithoutSize: number;
  /** False if counting stopped at its limit: later calls are not counted. */
  readonly isWhole: boolean;
  /** Calls of which something was stored. */
  readonly calls: number;
  /** Of these, calls that AWS would have throttled, at least in part. */
  readonly throttledCalls: number;
  /** Of these, calls that AWS would have refused for their size. */
  readonly refusedCalls: number;
  /** Calls that the target itself throttled, at least in part. */
  readonly throttledByTarget: number;
  /** The hottest shard comes first. */
  readonly shards: readonly ShardHeadroom[];
  /** At most ten, the hottest first. */
  readonly hottestKeys: readonly KeyHeat[];
  /** Null if nothing would have been throttled. False if one key alone exceeds a shard: it cannot be split. */
  readonly wouldMoreShardsHelp: boolean | null;
  readonly keyBeyondShard: KeyBeyondShard | null;
  /** How many shards the busiest second needs if its keys are spread evenly. */
  readonly shardsAtLeast: number;
};

/** The highest use of one shard in any second. `share` is of the quota: 1 is all of it. */
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

/** The worst second of a key that alone exceeds a shard. */
export type KeyBeyondShard = {
  readonly key: string;
  readonly shard: string;
  readonly second: number;
  readonly records: number;
  readonly bytes: number;
};
