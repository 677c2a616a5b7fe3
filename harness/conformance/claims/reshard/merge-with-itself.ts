import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { refusedUnchanged } from '../../probe-asserts.ts';

export const mergeWithItself: Claim = {
  area: 'reshard',
  wording: 'Merges two adjacent shards in a Kinesis data stream',
  source: 'SDK MergeShards',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    const [first] = await stream.shards();
    must(first !== undefined, 'ListShards lists no shard');
    const merge = { ShardToMerge: first.id, AdjacentShardToMerge: first.id };
    const error = await refusedUnchanged(
      stream,
      () => stream.call('MergeShards', merge),
      'a merge of a shard with itself',
    );
    return `refused with ${error}, shards unchanged`;
  },
};
