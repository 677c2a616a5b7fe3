import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { refusedUnchanged } from '../../probe-asserts.ts';
import { middleOf } from '../../shards.ts';

export const onDemandStreamsCannotBeSplit: Claim = {
  area: 'reshard',
  wording: 'This API is only supported for data streams with the provisioned capacity mode.',
  source: 'SDK ValidationException',
  probe: async (probe) => {
    const stream = await probe.stream({ mode: 'ON_DEMAND' });
    const [first] = await stream.shards();
    must(first !== undefined, 'ListShards lists no shard');
    const split = { ShardToSplit: first.id, NewStartingHashKey: `${middleOf(first)}` };
    const ask = (): ReturnType<typeof stream.call<'SplitShard'>> => stream.call('SplitShard', split);
    const error = await refusedUnchanged(stream, ask, 'SplitShard on an ON_DEMAND stream', ['ValidationException']);
    return `refused with ${error}, shards unchanged`;
  },
};
