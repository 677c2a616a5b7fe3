import type { ShardInfo } from '../model/event.ts';
import { type HashRange, hashKeyOf, parseHashRange } from '../model/hash-key.ts';
import { openShards } from '../model/open-shards.ts';

/**
 * Predicts the open shard of a record by the last ListShards. The prediction may be wrong after a reshard; an answer
 * from another shard shows that, and the map is then refreshed. Source: how the Kinesis Producer Library keeps its
 * shard map.
 */
export type ShardMap = {
  /** undefined if no known open shard holds the record's hash key. */
  readonly shardOf: (record: Routed) => string | undefined;
  readonly refresh: () => Promise<void>;
};
export type Routed = { readonly key: string; readonly hash?: string };

type Open = { readonly shard: string; readonly range: HashRange };

/** The most keys and hash keys that are remembered, so that each is hashed once. Beyond it, all are forgotten. */
const namesMax = 100_000;

export const createShardMap = (list: () => Promise<readonly ShardInfo[]>): ShardMap => {
  const known = new Map<string, string | undefined>();
  let open: readonly Open[] = [];
  return {
    shardOf: ({ key, hash }) => {
      const name = hash ?? `key ${key}`;
      if (known.has(name)) return known.get(name);
      if (known.size >= namesMax) known.clear();
      const shard = holding(open, hash === undefined ? hashKeyOf(key) : BigInt(hash));
      known.set(name, shard);
      return shard;
    },
    refresh: async () => {
      open = openShards(await list()).map(({ shard, range }) => ({ shard, range: parseHashRange(range) }));
      known.clear();
    },
  };
};

/**
 * The open shard that holds a hash key, by binary search: open shards are in the order of their ranges, which do not
 * overlap.
 */
const holding = (open: readonly Open[], hash: bigint): string | undefined => {
  let [low, high] = [0, open.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((open[middle]?.range[1] ?? 0n) < hash) low = middle + 1;
    else high = middle;
  }
  const found = open[low];
  return found !== undefined && found.range[0] <= hash ? found.shard : undefined;
};
