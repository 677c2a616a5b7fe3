import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const getRecordsWithAMadeUpIterator: Claim = {
  area: 'bad-input',
  wording: "A specified parameter exceeds its restrictions, is not supported, or can't be used.",
  source: 'SDK InvalidArgumentException',
  probe: async (probe) => {
    const made = refused(
      await probe.call('GetRecords', { ShardIterator: 'bm90IGFuIGl0ZXJhdG9y' }),
      'GetRecords with a made-up iterator',
      invalid,
    );
    refused(await probe.call('GetRecords', {}), 'GetRecords without an iterator', invalid);
    return `a made-up iterator, and none, are refused with ${made}`;
  },
};
