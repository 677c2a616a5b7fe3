import type { Claim } from '../../claim.ts';
import { refused, setUp } from '../../outcome.ts';

export const aDeletedStreamIsGone: Claim = {
  area: 'bad-input',
  wording:
    'If an application attempts to operate on a deleted stream, it receives the exception ResourceNotFoundException.',
  source: 'SDK DeleteStream',
  probe: async (probe) => {
    const stream = await probe.stream();
    const { shard } = await stream.put({ key: 'k', data: 'x' });
    const iterator = await stream.iterator(shard);
    setUp(await stream.call('DeleteStream', {}), 'DeleteStream');
    // Reads and writes may go on while the stream is DELETING.
    while ((await stream.call('DescribeStreamSummary', {})).ok) await probe.clock.sleep(60, probe.signal);
    const put = await stream.call('PutRecord', { PartitionKey: 'k', Data: Buffer.from('x') });
    const error = refused(put, 'PutRecord to a deleted stream', ['ResourceNotFoundException']);
    refused(await probe.call('GetRecords', { ShardIterator: iterator }), 'GetRecords of a deleted stream', [
      'ResourceNotFoundException',
    ]);
    return `PutRecord and GetRecords are refused with ${error}`;
  },
};
