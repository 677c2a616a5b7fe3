import type { KeyBeyondShard } from '../model/headroom.ts';
import type { Limits } from '../model/limits.ts';

/**
 * One shard during one second. Keys are kept in the order of the records, and only examined if the shard exceeded its
 * limits.
 */
export type ShardSecond = {
  readonly shard: string;
  records: number;
  bytes: number;
  readonly keys: string[];
  readonly units: number[];
  readonly sizes: number[];
};

export const shardSecond = (shard: string): ShardSecond => ({
  shard,
  records: 0,
  bytes: 0,
  keys: [],
  units: [],
  sizes: [],
});

type Use = { readonly records: number; readonly bytes: number };

export const isBeyond = ({ records, bytes }: Use, limits: Limits): boolean =>
  records > limits.shardRecordsPerSecond || bytes > limits.shardBytesPerSecond;

/** The larger share of the two limits of a shard; 1 is all of it. */
export const heatOf = ({ records, bytes }: Use, limits: Limits): number =>
  Math.max(records / limits.shardRecordsPerSecond, bytes / limits.shardBytesPerSecond);

/**
 * The key that alone exceeds the limits of the shard in this second, the worst if there are several. More shards would
 * not help it. Null if there is none.
 */
export const beyondIn = (window: ShardSecond, second: number, limits: Limits): KeyBeyondShard | null => {
  if (!isBeyond(window, limits)) return null;
  const uses = new Map<string, { records: number; bytes: number }>();
  for (const [index, key] of window.keys.entries()) {
    const use = uses.get(key) ?? { records: 0, bytes: 0 };
    use.records += window.units[index] ?? 0;
    use.bytes += window.sizes[index] ?? 0;
    uses.set(key, use);
  }
  let worst: KeyBeyondShard | null = null;
  for (const [key, use] of uses) {
    if (!isBeyond(use, limits) || (worst !== null && heatOf(use, limits) <= heatOf(worst, limits))) continue;
    worst = { key, shard: window.shard, second, ...use };
  }
  return worst;
};
