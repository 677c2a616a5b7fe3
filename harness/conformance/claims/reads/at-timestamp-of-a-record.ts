import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';

export const atTimestampOfARecord: Claim = {
  area: 'reads',
  wording:
    'AT_TIMESTAMP - Start reading from the position denoted by a specific time stamp, provided in the value Timestamp.',
  source: 'SDK GetShardIteratorInput',
  extraMs: 2_000,
  probe: async (probe) => {
    const stream = await probe.stream();
    const { shard } = await stream.put({ key: 'k', data: 'early' });
    await probe.clock.sleep(1_100, probe.signal);
    await stream.put({ key: 'k', data: 'late' });
    const at = (await stream.stored(2)).at(1)?.arrival;
    must(at !== undefined, 'the record has no ApproximateArrivalTimestamp');
    const read = textsOf(await stream.read(shard, { type: 'AT_TIMESTAMP', at }));
    must(isSame(read, ['late']), `AT_TIMESTAMP of the second record's own stamp reads ${listed(read)}`);
    return "a record's own stamp reads that record and not the one before";
  },
};
