import type { Headroom, Peak, ShardHeadroom } from '../model/headroom.ts';
import type { Limits } from '../model/limits.ts';
import type { NamedLimits } from './limits.ts';
import type { HeadroomState, Raw, ShardUse } from './state.ts';

const keysMax = 10;

/** The counts of a finished history as shares of the limits, the busiest shard first. */
export const resultOf = (state: HeadroomState, { profile, limits }: NamedLimits): Headroom => {
  const { shardRecordsPerSecond: recordsPerSecond, shardBytesPerSecond: bytesPerSecond } = limits;
  return {
    limits: { profile, recordsPerSecond, bytesPerSecond },
    records: state.records,
    recordsWithoutSize: state.recordsWithoutSize,
    isWhole: state.isWhole,
    calls: state.calls,
    throttledCalls: state.throttledCalls,
    refusedCalls: state.refusedCalls,
    throttledByTarget: [...state.throttledOps].filter((op) => !state.injectedOps.has(op)).length,
    shards: [...state.shards.values()].map((use) => shardHeadroom(use, limits)).toSorted(hotterFirst),
    hottestKeys: hottest(state),
    wouldMoreShardsHelp: state.throttledCalls === 0 ? null : state.keyBeyondShard === null,
    keyBeyondShard: state.keyBeyondShard,
    shardsAtLeast: state.shardsAtLeast,
  };
};

const shardHeadroom = (use: ShardUse, limits: Limits): ShardHeadroom => ({
  shard: use.shard,
  records: peakOf(use.records, limits.shardRecordsPerSecond),
  bytes: peakOf(use.bytes, limits.shardBytesPerSecond),
  throttledCalls: use.throttledCalls,
});

const peakOf = ({ used, second }: Raw, limit: number): Peak => ({ used, share: used / limit, second });

const hotterFirst = (a: ShardHeadroom, b: ShardHeadroom): number =>
  Math.max(b.records.share, b.bytes.share) - Math.max(a.records.share, a.bytes.share);

const hottest = (state: HeadroomState): Headroom['hottestKeys'] =>
  [...state.keys]
    .map(([key, { records, bytes }]) => ({
      key,
      records,
      bytes,
      recordsShare: records / state.records,
      bytesShare: state.bytes === 0 ? 0 : bytes / state.bytes,
    }))
    .toSorted((a, b) => Math.max(b.recordsShare, b.bytesShare) - Math.max(a.recordsShare, a.bytesShare))
    .slice(0, keysMax);
