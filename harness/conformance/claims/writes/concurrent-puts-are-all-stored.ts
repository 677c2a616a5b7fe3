import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { at, numbered } from '../../probe-asserts.ts';

/**
 * Thirty puts in flight at once. An emulator that does not guard its state loses some of them (kinesis-mock 0.1.2
 * did).
 */
export const concurrentPutsAreAllStored: Claim = {
  area: 'writes',
  wording: 'PutRecord returns … the sequence number that was assigned to the data record.',
  source: 'SDK PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    const datas = numbered(30);
    const places = await Promise.all(datas.map((data, index) => stream.put({ key: `k${index % 5}`, data })));
    const stored = await stream.stored(datas.length);
    const lost = places.filter((place, index) => at(stored, place)?.text !== datas[index]);
    must(lost.length === 0, `of 30 puts in flight at once, ${lost.length} acknowledged places do not hold the record`);
    must(stored.length === datas.length, `30 records were put and ${stored.length} are stored`);
    return '30 of 30 records lie where their answers said';
  },
};
