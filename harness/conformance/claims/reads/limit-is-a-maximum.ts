import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { numbered } from '../../probe-asserts.ts';
import { readPage } from '../../reading.ts';

export const limitIsAMaximum: Claim = {
  area: 'reads',
  wording: 'using the Limit parameter to specify the maximum number of records that GetRecords can return.',
  source: 'SDK GetRecords',
  probe: async (probe) => {
    const stream = await probe.stream();
    for (const data of numbered(9)) await stream.put({ key: 'k', data });
    const shard = String((await stream.stored(9))[0]?.shard);
    for (const limit of [1, 4, 9]) {
      const page = await readPage(probe, { shard, iterator: await stream.iterator(shard), limit });
      must(page.records.length <= limit, `Limit ${limit} returned ${page.records.length} records`);
      must(page.records.length > 0, `Limit ${limit} returned no record of nine`);
    }
    return 'Limit 1, 4 and 9 returned no more than that';
  },
};
