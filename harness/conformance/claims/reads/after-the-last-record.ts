import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';
import { readFrom, readPage } from '../../reading.ts';

/** A consumer does this when it resumes at its checkpoint before a new record has come. */
export const afterTheLastRecord: Claim = {
  area: 'reads',
  wording: 'Start reading right after the position denoted by a specific sequence number',
  source: 'SDK GetShardIteratorInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    await stream.put({ key: 'k', data: 'first' });
    const { shard, seq } = await stream.put({ key: 'k', data: 'last' });
    await stream.stored(2);
    const iterator = await stream.iterator(shard, { type: 'AFTER_SEQUENCE_NUMBER', seq });
    const page = await readPage(probe, { shard, iterator });
    must(page.records.length === 0, `AFTER the last number reads ${listed(textsOf(page.records))}`);
    must(page.next !== undefined, 'an open shard gave no NextShardIterator');
    await stream.put({ key: 'k', data: 'new' });
    await stream.stored(3);
    const read = textsOf(await readFrom(probe, { shard, iterator: page.next }));
    must(isSame(read, ['new']), `the chain AFTER the last number then reads ${listed(read)}`);
    return 'AFTER the last record reads nothing, then what is put later';
  },
};
