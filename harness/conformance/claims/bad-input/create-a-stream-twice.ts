import type { Claim } from '../../claim.ts';
import { must, refused } from '../../outcome.ts';

export const createAStreamTwice: Claim = {
  area: 'bad-input',
  wording: 'The resource is not available for this operation.',
  source: 'SDK ResourceInUseException',
  probe: async (probe) => {
    const stream = await probe.stream();
    await stream.put({ key: 'k', data: 'kept' });
    const again = await probe.call('CreateStream', { StreamName: stream.name, ShardCount: 2 });
    const error = refused(again, 'a second CreateStream of the same name', ['ResourceInUseException']);
    const [record] = await stream.stored(1);
    must(record?.text === 'kept', 'the second CreateStream was refused, yet the record is gone');
    must((await stream.shards()).length === 1, 'the second CreateStream was refused, yet the shards changed');
    return `refused with ${error}; record and shard are what they were`;
  },
};
