import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';
import { type ReadPage, readPage } from '../../reading.ts';
import { splitFirst } from '../../resharding.ts';

export const aClosedShardEnds: Claim = {
  area: 'reads',
  wording:
    "If the shard has been closed, the shard iterator can't return more data and GetRecords returns null in NextShardIterator.",
  source: 'SDK GetRecords',
  probe: async (probe) => {
    const stream = await probe.stream();
    const datas = numbered(5);
    for (const data of datas) await stream.put({ key: 'k', data });
    await stream.stored(5);
    const { parent } = await splitFirst(stream);
    const read: string[] = [];
    let page: ReadPage | undefined;
    let iterator: string | undefined = await stream.iterator(parent.id);
    for (let pages = 0; pages < 12 && iterator !== undefined; pages += 1) {
      page = await readPage(probe, { shard: parent.id, iterator, limit: 2 });
      read.push(...textsOf(page.records));
      iterator = page.next;
    }
    must(isSame(read, datas), `the closed shard held a0 to a4 and reads ${listed(read)}`);
    must(iterator === undefined, 'after the last record of a closed shard NextShardIterator still comes (12 pages)');
    return 'all five records, then no NextShardIterator';
  },
};
