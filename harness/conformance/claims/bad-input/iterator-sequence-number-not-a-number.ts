import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const iteratorSequenceNumberNotANumber: Claim = {
  area: 'bad-input',
  wording: 'StartingSequenceNumber … Pattern: 0|([1-9]\\d{0,128})',
  source: 'API GetShardIterator',
  probe: async (probe) => {
    const stream = await probe.stream();
    const ShardId = (await stream.shards())[0]?.id;
    const input = { ShardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: 'first' };
    return `refused with ${refused(await stream.call('GetShardIterator', input), "StartingSequenceNumber 'first'", invalid)}`;
  },
};
