import type { ShardInfo } from './event.ts';

/** The open shards in the order of their ranges, by which scenarios number them. */
export const openShards = (shards: readonly ShardInfo[]): readonly ShardInfo[] =>
  shards.filter(({ seq }) => seq[1] === null).sort(byRange);

type Ranged = { readonly range: readonly [string, string] };

export const byRange = (a: Ranged, b: Ranged): number => (BigInt(a.range[0]) < BigInt(b.range[0]) ? -1 : 1);
