import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { invalid, refusedUnchanged } from '../../probe-asserts.ts';

/** A split at the shard's first hash key would leave the lower child without a key. AWS refuses it. */
export const splitLeavesKeysToBothChildren: Claim = {
  area: 'reshard',
  wording: 'All the lower hash key values in the range are distributed to the other child shard.',
  source: 'SDK SplitShardInput',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    const [, second] = await stream.shards();
    must(second !== undefined, 'ListShards lists fewer than two shards');
    const split = { ShardToSplit: second.id, NewStartingHashKey: `${second.range[0]}` };
    const what = "a split at the shard's own first hash key";
    const error = await refusedUnchanged(stream, () => stream.call('SplitShard', split), what, invalid);
    return `refused with ${error}, shards unchanged`;
  },
};
