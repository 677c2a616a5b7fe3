import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const iteratorWithoutSequenceNumber: Claim = {
  area: 'bad-input',
  wording: 'Used with shard iterator type AT_SEQUENCE_NUMBER and AFTER_SEQUENCE_NUMBER.',
  source: 'SDK GetShardIteratorInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const ShardId = (await stream.shards())[0]?.id;
    let error = '';
    for (const ShardIteratorType of ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'AT_TIMESTAMP']) {
      const answer = await stream.call('GetShardIterator', { ShardId, ShardIteratorType });
      error = refused(answer, `${ShardIteratorType} without its value`, invalid);
    }
    return `AT and AFTER without a number, AT_TIMESTAMP without a time are refused with ${error}`;
  },
};
