import type { Claim } from '../../claim.ts';
import { invalid, refusedUnstored } from '../../probe-asserts.ts';

export const orderingNumberNotANumber: Claim = {
  area: 'bad-input',
  wording: 'SequenceNumberForOrdering … Pattern: 0|([1-9]\\d{0,128})',
  source: 'API PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream();
    const input = { PartitionKey: 'k', SequenceNumberForOrdering: 'not-a-number', Data: Buffer.from('x') };
    const answer = await stream.call('PutRecord', input);
    return `refused with ${await refusedUnstored(stream, answer, "SequenceNumberForOrdering 'not-a-number'", invalid)}`;
  },
};
