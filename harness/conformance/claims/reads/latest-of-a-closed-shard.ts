import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';
import { listed, textsOf } from '../../probe-asserts.ts';
import { readFrom } from '../../reading.ts';
import { splitFirst } from '../../resharding.ts';

export const latestOfAClosedShard: Claim = {
  area: 'reads',
  wording:
    'If the shard is closed, GetShardIterator returns a valid iterator for the last sequence number of the shard.',
  source: 'SDK GetShardIterator',
  probe: async (probe) => {
    const stream = await probe.stream();
    await stream.put({ key: 'k', data: 'x' });
    await stream.stored(1);
    const { parent } = await splitFirst(stream);
    const input = { ShardId: parent.id, ShardIteratorType: 'LATEST' };
    const output = accepted(await stream.call('GetShardIterator', input), 'LATEST of a closed shard');
    await stream.put({ key: 'k', data: 'later' });
    const read = textsOf(await readFrom(probe, { shard: parent.id, iterator: String(output.ShardIterator) }));
    must(read.length === 0, `LATEST of a closed shard reads ${listed(read)}`);
    return 'a valid iterator, which reads nothing more';
  },
};
