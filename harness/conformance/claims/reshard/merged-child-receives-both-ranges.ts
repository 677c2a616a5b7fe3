import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { mergeFirst } from '../../resharding.ts';

export const mergedChildReceivesBothRanges: Claim = {
  area: 'reshard',
  wording:
    'After the merge, the single child shard receives data for all hash key values covered by the two parent shards.',
  source: 'SDK MergeShards',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    const { parents, child } = await mergeFirst(stream);
    for (const hash of parents.flatMap((shard) => shard.range)) {
      const place = await stream.put({ key: 'k', data: `${hash}`, hash: `${hash}` });
      must(place.shard === child.id, `after a merge hash key ${hash} went to ${place.shard}, not to ${child.id}`);
    }
    const held = (await stream.stored(4)).filter((record) => record.shard === child.id).length;
    must(held === 4, `four records were put after the merge and ${held} are stored in the child`);
    return 'the first and last hash keys of both parents go to the child';
  },
};
