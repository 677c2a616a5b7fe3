import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const listShardsWithAMadeUpToken: Claim = {
  area: 'bad-input',
  wording: "A specified parameter exceeds its restrictions, is not supported, or can't be used.",
  source: 'SDK InvalidArgumentException',
  probe: async (probe) => {
    const answer = await probe.call('ListShards', { NextToken: 'bm90IGEgdG9rZW4=' });
    const expected = [...invalid, 'ExpiredNextTokenException'];
    return `refused with ${refused(answer, 'ListShards with a made-up NextToken', expected)}`;
  },
};
