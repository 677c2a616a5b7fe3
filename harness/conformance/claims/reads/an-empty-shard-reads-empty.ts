import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { readPage } from '../../reading.ts';

export const anEmptyShardReadsEmpty: Claim = {
  area: 'reads',
  wording:
    'If there are no records available in the portion of the shard that the iterator points to, GetRecords returns an empty list.',
  source: 'SDK GetRecords',
  probe: async (probe) => {
    const stream = await probe.stream();
    const shard = String((await stream.shards())[0]?.id);
    for (const type of ['TRIM_HORIZON', 'LATEST'] as const) {
      const page = await readPage(probe, { shard, iterator: await stream.iterator(shard, { type }) });
      must(page.records.length === 0, `${type} of an empty shard returned ${page.records.length} records`);
      must(page.next !== undefined, `${type} of an open, empty shard gave no NextShardIterator`);
    }
    return 'an empty list and a NextShardIterator, from TRIM_HORIZON and LATEST';
  },
};
