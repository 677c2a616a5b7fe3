import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { splitFirst } from '../../resharding.ts';
import { openOf, shapeOf, tiles } from '../../shards.ts';

export const splitMakesTwoChildren: Claim = {
  area: 'reshard',
  wording: "Splits a shard into two new shards in the Kinesis data stream, to increase the stream's capacity",
  source: 'SDK SplitShard',
  probe: async (probe) => {
    const { parent, after, children } = await splitFirst(await probe.stream({ shards: 2 }));
    must(
      children.length === 2,
      `after a split ${children.length} shards name ${parent.id} as parent: ${shapeOf(after)}`,
    );
    must(tiles(children, parent.range), `the children do not cover the parent's range: ${shapeOf(after)}`);
    const open = openOf(after);
    must(open.length === 3 && tiles(open), `the open shards do not cover all hash keys once: ${shapeOf(after)}`);
    return 'two children with one parent cover its range';
  },
};
