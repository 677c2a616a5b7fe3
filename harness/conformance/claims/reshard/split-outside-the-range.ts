import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { invalid, refusedUnchanged } from '../../probe-asserts.ts';

export const splitOutsideTheRange: Claim = {
  area: 'reshard',
  wording: 'The value for NewStartingHashKey must be in the range of hash keys being mapped into the shard.',
  source: 'SDK SplitShardInput',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    const [first, second] = await stream.shards();
    must(first !== undefined && second !== undefined, 'ListShards lists fewer than two shards');
    const split = { ShardToSplit: first.id, NewStartingHashKey: `${second.range[0] + 5n}` };
    const what = `a split of ${first.id} in the range of ${second.id}`;
    const error = await refusedUnchanged(stream, () => stream.call('SplitShard', split), what, invalid);
    return `refused with ${error}, shards unchanged`;
  },
};
