import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const putRecordWithoutStream: Claim = {
  area: 'bad-input',
  wording: 'When invoking this API, you must use either the StreamARN or the StreamName parameter, or both.',
  source: 'SDK PutRecord',
  probe: async (probe) => {
    const put = { PartitionKey: 'k', Data: Buffer.from('x') };
    const error = refused(await probe.call('PutRecord', put), 'PutRecord without stream', invalid);
    refused(await probe.call('PutRecords', { Records: [put] }), 'PutRecords without stream', invalid);
    return `PutRecord and PutRecords are refused with ${error}`;
  },
};
