import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';
import { readFrom } from '../../reading.ts';

/** kinesalite 3.3.3 never answers this call, so a reader without a deadline hangs. */
export const atTimestampOnAnEmptyShard: Claim = {
  area: 'reads',
  wording: 'the iterator returned is for the next (later) record.',
  source: 'SDK GetShardIteratorInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const [shard] = await stream.shards();
    const Timestamp = new Date(probe.clock.wallMs() - 5_000);
    const input = { ShardId: shard?.id, ShardIteratorType: 'AT_TIMESTAMP', Timestamp };
    const output = accepted(await stream.call('GetShardIterator', input), 'AT_TIMESTAMP on an empty shard');
    const place = await stream.put({ key: 'k', data: 'later' });
    await stream.stored(1);
    const read = textsOf(await readFrom(probe, { shard: place.shard, iterator: String(output.ShardIterator) }));
    must(isSame(read, ['later']), `AT_TIMESTAMP taken on an empty shard then reads ${listed(read)}`);
    return 'an iterator is given, and reads what is put later';
  },
};
