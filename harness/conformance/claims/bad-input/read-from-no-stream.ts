import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';

export const readFromNoStream: Claim = {
  area: 'bad-input',
  wording: 'The requested resource could not be found. The stream might not be specified correctly.',
  source: 'SDK ResourceNotFoundException',
  probe: async (probe) => {
    const StreamName = probe.freeName();
    const where = { StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'LATEST' };
    const expected = ['ResourceNotFoundException'];
    const error = refused(await probe.call('GetShardIterator', where), 'GetShardIterator of no stream', expected);
    refused(await probe.call('ListShards', { StreamName }), 'ListShards of no stream', expected);
    refused(await probe.call('DescribeStreamSummary', { StreamName }), 'DescribeStreamSummary of no stream', expected);
    return `GetShardIterator, ListShards and DescribeStreamSummary are refused with ${error}`;
  },
};
