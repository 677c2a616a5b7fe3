import type { ShardInfo } from './event.ts';

/** A shard is open while ListShards names no ending sequence number of it. */
export const isOpenShard = ({ seq }: Pick<ShardInfo, 'seq'>): boolean => seq[1] === null;

/** The open shards in the order of their ranges, by which scenarios number them. */
export const openShards = (shards: readonly ShardInfo[]): readonly ShardInfo[] =>
  shards.filter(isOpenShard).sort(byRange);

type Ranged = { readonly range: readonly [string, string] };

export const byRange = (a: Ranged, b: Ranged): number => (BigInt(a.range[0]) < BigInt(b.range[0]) ? -1 : 1);
