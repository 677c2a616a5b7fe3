import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const unknownIteratorType: Claim = {
  area: 'bad-input',
  wording: 'You must specify the shard iterator type.',
  source: 'SDK GetShardIterator',
  probe: async (probe) => {
    const stream = await probe.stream();
    const ShardId = (await stream.shards())[0]?.id;
    const odd = await stream.call('GetShardIterator', { ShardId, ShardIteratorType: 'SOMEWHERE' });
    const error = refused(odd, 'ShardIteratorType SOMEWHERE', invalid);
    refused(await stream.call('GetShardIterator', { ShardId }), 'GetShardIterator without a type', invalid);
    return `an unknown type, and none, are refused with ${error}`;
  },
};
