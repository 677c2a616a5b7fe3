import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { readPage } from '../../reading.ts';

export const behindIsZeroAtTheTip: Claim = {
  area: 'reads',
  wording:
    'A value of zero indicates that record processing is caught up, and there are no new records to process at this moment.',
  source: 'SDK GetRecordsOutput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const { shard } = await stream.put({ key: 'k', data: 'x' });
    await stream.stored(1);
    const page = await readPage(probe, { shard, iterator: await stream.iterator(shard) });
    must(page.next !== undefined, 'an open shard gave no NextShardIterator');
    const tip = await readPage(probe, { shard, iterator: page.next });
    must(tip.records.length === 0, 'the record was read twice');
    must(tip.behind === 0, `at the tip MillisBehindLatest is ${tip.behind}`);
    return 'MillisBehindLatest is 0 once everything was read';
  },
};
