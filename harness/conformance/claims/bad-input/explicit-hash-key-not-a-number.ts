import type { Claim } from '../../claim.ts';
import { invalid, refusedUnstored } from '../../probe-asserts.ts';

export const explicitHashKeyNotANumber: Claim = {
  area: 'bad-input',
  wording: 'ExplicitHashKey … Pattern: 0|([1-9]\\d{0,38})',
  source: 'API PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream();
    let error = '';
    for (const ExplicitHashKey of ['abc', '-1', '007']) {
      const answer = await stream.call('PutRecord', { PartitionKey: 'k', ExplicitHashKey, Data: Buffer.from('x') });
      error = await refusedUnstored(stream, answer, `ExplicitHashKey '${ExplicitHashKey}'`, invalid);
    }
    return `'abc', '-1' and '007' are refused with ${error}`;
  },
};
