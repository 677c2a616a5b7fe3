import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';

export const pagingIsComplete: Claim = {
  area: 'reads',
  wording: 'The next position in the shard from which to start sequentially reading data records.',
  source: 'SDK GetRecordsOutput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const datas = numbered(17);
    const places = [];
    for (const data of datas) places.push(await stream.put({ key: 'k', data }));
    await stream.stored(datas.length);
    for (const limit of [2, 5, 16, 17]) {
      const read = textsOf(await stream.read(String(places[0]?.shard), { type: 'TRIM_HORIZON' }, { limit }));
      must(isSame(read, datas), `17 records in pages of ${limit} read ${listed(read)}`);
    }
    return 'pages of 2, 5, 16 and 17 read 17 records once each, in order';
  },
};
