import type { Claim } from '../../claim.ts';
import { must, refused } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const aStreamHasAShard: Claim = {
  area: 'limits',
  wording: 'ShardCount … Valid Range: Minimum value of 1.',
  source: 'API CreateStream',
  probe: async (probe) => {
    const StreamName = probe.freeName();
    const error = refused(
      await probe.call('CreateStream', { StreamName, ShardCount: 0 }),
      'CreateStream with no shard',
      invalid,
    );
    const told = await probe.call('DescribeStreamSummary', { StreamName });
    must(!told.ok, `CreateStream with no shard was refused with ${error}, yet the stream is there`);
    return `refused with ${error}, no stream made`;
  },
};
