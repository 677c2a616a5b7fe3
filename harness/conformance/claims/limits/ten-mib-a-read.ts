import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { readPage } from '../../reading.ts';
import { blob, mib } from '../../sizes.ts';

export const tenMibARead: Claim = {
  area: 'limits',
  wording: 'The maximum size of data that GetRecords can return is 10 MiB.',
  source: 'SDK GetRecords',
  isHeavy: true,
  extraMs: 20_000,
  probe: async (probe) => {
    const stream = await probe.stream();
    const data = blob(mib - 1_000);
    for (let n = 0; n < 11; n += 1) await stream.put({ key: 'k', data });
    const shard = String((await stream.shards())[0]?.id);
    const { records } = await readPage(probe, { shard, iterator: await stream.iterator(shard) });
    const size = records.reduce((sum, record) => sum + record.data.length, 0);
    must(records.length > 0, '11 records of almost a mebibyte: the first page is empty');
    must(size <= 10 * mib, `one GetRecords returned ${records.length} records of together ${size} bytes`);
    return `one call returned ${size} bytes of 11 records of almost a mebibyte`;
  },
};
