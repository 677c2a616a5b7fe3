import type { Claim } from '../../claim.ts';
import { invalid, refusedUnstored } from '../../probe-asserts.ts';

export const putRecordWithoutKey: Claim = {
  area: 'bad-input',
  wording:
    'If the stream uses the USER_PARTITION_KEY record distribution strategy (the default), a partition key is required.',
  source: 'SDK PutRecordInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const answer = await stream.call('PutRecord', { Data: Buffer.from('x') });
    return `refused with ${await refusedUnstored(stream, answer, 'PutRecord without PartitionKey', invalid)}`;
  },
};
