import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { invalid, refusedUnchanged } from '../../probe-asserts.ts';

export const mergeNeedsNeighbours: Claim = {
  area: 'reshard',
  wording:
    'Two shards are considered adjacent if the union of the hash key ranges for the two shards form a contiguous set with no gaps.',
  source: 'SDK MergeShards',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 3 });
    const [first, , third] = await stream.shards();
    must(first !== undefined && third !== undefined, 'ListShards lists fewer than three shards');
    const merge = { ShardToMerge: first.id, AdjacentShardToMerge: third.id };
    const error = await refusedUnchanged(
      stream,
      () => stream.call('MergeShards', merge),
      'a merge of two shards with one between',
      invalid,
    );
    return `refused with ${error}, shards unchanged`;
  },
};
