import type { Claim } from '../../claim.ts';
import { must, refused, setUp } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const listShardsNameWithToken: Claim = {
  area: 'bad-input',
  wording: 'You cannot specify this parameter if you specify the NextToken parameter.',
  source: 'SDK ListShardsInput',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 3 });
    const NextToken = setUp(await stream.call('ListShards', { MaxResults: 1 }), 'ListShards').NextToken ?? undefined;
    must(NextToken !== undefined, 'ListShards with MaxResults 1 of three shards gave no NextToken');
    const both = await stream.call('ListShards', { NextToken });
    return `refused with ${refused(both, 'ListShards with StreamName and NextToken', invalid)}`;
  },
};
