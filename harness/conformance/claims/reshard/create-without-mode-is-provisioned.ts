import type { Claim } from '../../claim.ts';
import { must, setUp } from '../../outcome.ts';

export const createWithoutModeIsProvisioned: Claim = {
  area: 'reshard',
  wording: 'For the data streams with a provisioned mode, you must specify the number of shards for the data stream.',
  source: 'SDK CreateStream',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 3 });
    const output = setUp(await stream.call('DescribeStreamSummary', {}), 'DescribeStreamSummary');
    const summary = output.StreamDescriptionSummary;
    const mode = summary?.StreamModeDetails?.StreamMode ?? 'PROVISIONED';
    must(mode === 'PROVISIONED', `a stream made with ShardCount 3 and no mode says of itself ${mode}`);
    const listed = (await stream.shards()).length;
    must(
      summary?.OpenShardCount === 3 && listed === 3,
      `ShardCount 3: ${summary?.OpenShardCount} open, ${listed} listed`,
    );
    return 'three shards, provisioned';
  },
};
