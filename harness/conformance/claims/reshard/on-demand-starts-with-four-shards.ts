import type { Claim } from '../../claim.ts';
import { must, setUp } from '../../outcome.ts';
import { openOf } from '../../shards.ts';

export const onDemandStartsWithFourShards: Claim = {
  area: 'reshard',
  wording:
    'By default, new data streams created with the on-demand capacity mode have 4 MB/s of write and 8 MB/s of read throughput.',
  source: 'DG22 service-sizes-and-limits (at 1 MB/s a shard: four shards)',
  probe: async (probe) => {
    const stream = await probe.stream({ mode: 'ON_DEMAND' });
    const output = setUp(await stream.call('DescribeStreamSummary', {}), 'DescribeStreamSummary');
    const mode = output.StreamDescriptionSummary?.StreamModeDetails?.StreamMode;
    must(mode === 'ON_DEMAND', `a stream made ON_DEMAND says of itself ${mode}`);
    const open = openOf(await stream.shards()).length;
    must(open === 4, `a new ON_DEMAND stream has ${open} open shards`);
    return 'ON_DEMAND, four open shards';
  },
};
