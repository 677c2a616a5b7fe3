import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';

/** A second put of the same key and bytes is another record. So a producer's retry is a duplicate. */
export const aRecordIsNeverModified: Claim = {
  area: 'writes',
  wording: 'After you write a record to a stream, you cannot modify that record or its order within the stream.',
  source: 'SDK PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream();
    for (const data of ['one', 'two', 'one', 'one']) await stream.put({ key: 'k', data });
    const first = await stream.stored(4);
    must(isSame(textsOf(first), ['one', 'two', 'one', 'one']), `put one two one one, read ${listed(textsOf(first))}`);
    await stream.put({ key: 'k', data: 'three' });
    const again = await stream.stored(5);
    const places = (records: typeof first): string[] => records.map((record) => `${record.seq} ${record.text}`);
    must(isSame(places(again.slice(0, 4)), places(first)), 'a later put changed what was stored before');
    return 'equal puts are records of their own, and stay where they are';
  },
};
