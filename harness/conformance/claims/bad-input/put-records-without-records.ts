import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const putRecordsWithoutRecords: Claim = {
  area: 'bad-input',
  wording: 'Records … Array Members: Minimum number of 1 item. Maximum number of 500 items.',
  source: 'API PutRecords',
  probe: async (probe) => {
    const stream = await probe.stream();
    const error = refused(await stream.call('PutRecords', { Records: [] }), 'PutRecords of no records', invalid);
    refused(await stream.call('PutRecords', {}), 'PutRecords without Records', invalid);
    return `an empty list, and none, are refused with ${error}`;
  },
};
