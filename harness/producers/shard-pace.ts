import type { Clock } from '../lib/clock.ts';
import { type PutRecordInput, sizeOf } from '../model/put-fits.ts';
import { oneByOne } from './one-by-one.ts';
import type { ShardMap } from './shard-map.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/**
 * The rate of each shard, per second. A part that is left out is not limited. Bytes are those of data and partition
 * key.
 */
export type ShardRate = { readonly records?: number | undefined; readonly bytes?: number | undefined };

export type ShardPaceOptions = {
  readonly rate: ShardRate;
  readonly map: Pick<ShardMap, 'shardOf'>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly signal: AbortSignal;
};

/**
 * Delays each call until each of its predicted shards has tokens for its records and bytes. In any T seconds, a shard
 * gets at most rate × T, and one call. Each attempt takes tokens, as the service would count it. Calls leave in the
 * order in which they were requested. Records whose shard cannot be predicted share one more bucket.
 */
export const shardPace = ({
  rate,
  map,
  clock,
  signal,
}: ShardPaceOptions): ((call: readonly PutRecordInput[]) => Promise<void>) => {
  const records = bucketsOf(rate.records);
  const bytes = bucketsOf(rate.bytes);
  const inTurn = oneByOne();
  return (call) =>
    inTurn(async () => {
      const costs = [...costsByShard(call, map)].flatMap(([shard, own]) => [
        { bucket: records(shard), cost: own.records },
        { bucket: bytes(shard), cost: own.bytes },
      ]);
      const nowMs = clock.now() / 1000;
      const atMs = Math.max(nowMs, ...costs.map(({ bucket, cost }) => bucket?.when(cost, nowMs) ?? nowMs));
      // Rounded up, because timers count whole milliseconds and the call must not leave early.
      if (atMs > nowMs) await clock.sleep(Math.ceil(atMs - nowMs), signal).catch(() => undefined);
      // Tokens are taken when the call leaves. So a shard that waited for another one, or for a late timer, has saved
      // no more than its burst.
      const leftMs = Math.max(atMs, clock.now() / 1000);
      for (const { bucket, cost } of costs) bucket?.take(cost, leftMs);
    });
};

type Costs = { records: number; bytes: number };

const costsByShard = (call: readonly PutRecordInput[], map: Pick<ShardMap, 'shardOf'>): ReadonlyMap<string, Costs> => {
  const costs = new Map<string, Costs>();
  for (const record of call) {
    const shard = map.shardOf(record) ?? '';
    const own = costs.get(shard) ?? { records: 0, bytes: 0 };
    own.records += 1;
    own.bytes += sizeOf(record);
    costs.set(shard, own);
  }
  return costs;
};

/** The share of a second for which an idle shard saves tokens, so that a late timer is made up for. */
const savedShare = 0.01;

const bucketsOf = (perSecond: number | undefined): ((shard: string) => TokenBucket | undefined) => {
  if (perSecond === undefined) return () => undefined;
  const buckets = new Map<string, TokenBucket>();
  return (shard) => {
    const bucket = buckets.get(shard) ?? createTokenBucket({ perSecond, burst: Math.floor(perSecond * savedShare) });
    buckets.set(shard, bucket);
    return bucket;
  };
};
