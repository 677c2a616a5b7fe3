import type { Claim } from '../../claim.ts';
import { invalid, refusedUnstored } from '../../probe-asserts.ts';

export const putRecordWithEmptyKey: Claim = {
  area: 'bad-input',
  wording: 'PartitionKey … Length Constraints: Minimum length of 1. Maximum length of 256.',
  source: 'API PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream();
    const answer = await stream.call('PutRecord', { PartitionKey: '', Data: Buffer.from('x') });
    return `refused with ${await refusedUnstored(stream, answer, 'PutRecord with an empty PartitionKey', invalid)}`;
  },
};
