import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';
import { readFrom } from '../../reading.ts';

export const atTheShardsStartingNumber: Claim = {
  area: 'reads',
  wording: 'using sequence numbers returned by earlier calls to PutRecord, PutRecords, GetRecords, or DescribeStream.',
  source: 'SDK GetShardIterator',
  probe: async (probe) => {
    const stream = await probe.stream();
    for (const data of ['first', 'second']) await stream.put({ key: 'k', data });
    await stream.stored(2);
    const [shard] = await stream.shards();
    must(shard !== undefined, 'ListShards lists no shard');
    const input = { ShardId: shard.id, ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: shard.start };
    const answer = accepted(await stream.call('GetShardIterator', input), "AT the shard's StartingSequenceNumber");
    const read = textsOf(await readFrom(probe, { shard: shard.id, iterator: String(answer.ShardIterator) }));
    must(isSame(read, ['first', 'second']), `AT the shard's StartingSequenceNumber reads ${listed(read)}`);
    return "AT the shard's StartingSequenceNumber reads all";
  },
};
