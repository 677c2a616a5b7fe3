import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';
import { refusedUnchanged } from '../../probe-asserts.ts';

export const unknownShard: Claim = {
  area: 'bad-input',
  wording: 'The requested resource could not be found.',
  source: 'SDK ResourceNotFoundException',
  probe: async (probe) => {
    const stream = await probe.stream();
    const ShardId = 'shardId-000000000042';
    const errors = ['ResourceNotFoundException'];
    const iterator = await stream.call('GetShardIterator', { ShardId, ShardIteratorType: 'TRIM_HORIZON' });
    const error = refused(iterator, 'GetShardIterator of a shard that is not there', errors);
    const split = { ShardToSplit: ShardId, NewStartingHashKey: '12345' };
    await refusedUnchanged(
      stream,
      () => stream.call('SplitShard', split),
      'SplitShard of a shard that is not there',
      errors,
    );
    return `GetShardIterator and SplitShard are refused with ${error}`;
  },
};
