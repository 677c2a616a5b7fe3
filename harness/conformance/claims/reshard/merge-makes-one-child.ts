import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { mergeFirst } from '../../resharding.ts';
import { openOf, shapeOf, tiles } from '../../shards.ts';

export const mergeMakesOneChild: Claim = {
  area: 'reshard',
  wording: 'Merges two adjacent shards in a Kinesis data stream and combines them into a single shard',
  source: 'SDK MergeShards',
  probe: async (probe) => {
    const { parents, after, child } = await mergeFirst(await probe.stream({ shards: 3 }));
    must(tiles(parents, child.range), `the child's range is not the union of its parents': ${shapeOf(after)}`);
    const named = child.parents.toSorted().join(' ');
    const expected = parents
      .map((shard) => shard.id)
      .toSorted()
      .join(' ');
    must(named === expected, `the child names as parents ${named}, not ${expected}`);
    const open = openOf(after);
    must(open.length === 2 && tiles(open), `the open shards do not cover all hash keys once: ${shapeOf(after)}`);
    return 'one child with both parents, and the union of their ranges';
  },
};
