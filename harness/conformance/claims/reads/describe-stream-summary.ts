import type { Claim } from '../../claim.ts';
import { must, setUp } from '../../outcome.ts';
import { splitFirst } from '../../resharding.ts';

export const describeStreamSummary: Claim = {
  area: 'reads',
  wording: 'The number of open shards in the stream.',
  source: 'SDK StreamDescriptionSummary',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    await splitFirst(stream);
    const output = setUp(await stream.call('DescribeStreamSummary', {}), 'DescribeStreamSummary');
    const open = output.StreamDescriptionSummary?.OpenShardCount;
    must(open === 3, `two shards, one of them split: OpenShardCount is ${open}`);
    return 'two shards, one of them split: OpenShardCount is 3';
  },
};
