import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered } from '../../probe-asserts.ts';
import { readPage } from '../../reading.ts';

/** With one record a page, kinesis-mock up to 0.4.13 reads the shard's first record again and again. */
export const pagesOfOneGoOn: Claim = {
  area: 'reads',
  wording: 'A new shard iterator is returned by every GetRecords request in NextShardIterator',
  source: 'SDK GetShardIterator',
  probe: async (probe) => {
    const stream = await probe.stream();
    const datas = numbered(4);
    for (const data of datas) await stream.put({ key: 'k', data });
    const [first] = await stream.stored(datas.length);
    const shard = String(first?.shard);
    const read: string[] = [];
    let iterator: string | undefined = await stream.iterator(shard);
    for (let pages = 0; pages < 8 && iterator !== undefined; pages += 1) {
      const page = await readPage(probe, { shard, iterator, limit: 1 });
      read.push(...page.records.map((record) => record.text));
      iterator = page.next;
    }
    must(isSame(read, datas), `a0 to a3 in eight pages of one read ${listed(read)}`);
    return 'four records in pages of one, each once';
  },
};
