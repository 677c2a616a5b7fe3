import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';

export const putRecordToNoStream: Claim = {
  area: 'bad-input',
  wording: 'The requested resource could not be found. The stream might not be specified correctly.',
  source: 'SDK ResourceNotFoundException',
  probe: async (probe) => {
    const StreamName = probe.freeName();
    const put = { PartitionKey: 'k', Data: Buffer.from('x') };
    const one = refused(
      await probe.call('PutRecord', { StreamName, ...put }),
      'PutRecord to a stream that is not there',
      ['ResourceNotFoundException'],
    );
    refused(
      await probe.call('PutRecords', { StreamName, Records: [put] }),
      'PutRecords to a stream that is not there',
      ['ResourceNotFoundException'],
    );
    return `PutRecord and PutRecords are refused with ${one}`;
  },
};
