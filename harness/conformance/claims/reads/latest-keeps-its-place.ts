import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';
import { readFrom, readPage } from '../../reading.ts';

/**
 * The first page of a LATEST chain is empty. Records that are put between it and the next page must not be skipped.
 */
export const latestKeepsItsPlace: Claim = {
  area: 'reads',
  wording: 'Specify the shard iterator returned in NextShardIterator in subsequent calls to GetRecords.',
  source: 'SDK GetRecords',
  probe: async (probe) => {
    const stream = await probe.stream();
    const { shard } = await stream.put({ key: 'k', data: 'before' });
    await stream.stored(1);
    const first = await readPage(probe, { shard, iterator: await stream.iterator(shard, { type: 'LATEST' }) });
    must(first.records.length === 0, `LATEST with nothing put after it reads ${listed(textsOf(first.records))}`);
    must(first.next !== undefined, 'an open shard gave no NextShardIterator');
    await stream.put({ key: 'k', data: 'after' });
    await stream.stored(2);
    const read = textsOf(await readFrom(probe, { shard, iterator: first.next }));
    must(isSame(read, ['after']), `one record was put between two pages of LATEST: read ${listed(read)}`);
    return 'a record put between two pages of LATEST is read';
  },
};
