import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { shapeOf, tiles } from '../../shards.ts';

export const shardsTileTheHashKeys: Claim = {
  area: 'reshard',
  wording:
    'The range of possible hash key values for the shard, which is a set of ordered contiguous positive integers.',
  source: 'SDK Shard',
  probe: async (probe) => {
    for (const shards of [1, 3]) {
      const made = await (await probe.stream({ shards })).shards();
      must(made.length === shards, `a stream of ${shards} shards lists ${made.length}`);
      must(tiles(made), `${shards} shards do not cover 0 to 2^128-1 once: ${shapeOf(made)}`);
    }
    return 'one and three shards cover 0 to 2^128-1, each hash key once';
  },
};
