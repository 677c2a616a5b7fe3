import type { Claim } from '../../claim.ts';
import { invalid, refusedUnstored } from '../../probe-asserts.ts';

export const putRecordWithoutData: Claim = {
  area: 'bad-input',
  wording:
    'You must specify the name of the stream that captures, stores, and transports the data; a partition key; and the data blob itself.',
  source: 'SDK PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream();
    const answer = await stream.call('PutRecord', { PartitionKey: 'k' });
    return `refused with ${await refusedUnstored(stream, answer, 'PutRecord without Data', invalid)}`;
  },
};
