import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { readPage } from '../../reading.ts';

/** A consumer that stops at 0 would leave the second record unread. */
export const behindIsAboveZeroBeforeTheTip: Claim = {
  area: 'reads',
  wording:
    'The number of milliseconds the GetRecords response is from the tip of the stream, indicating how far behind current time the consumer is.',
  source: 'SDK GetRecordsOutput',
  extraMs: 2_000,
  probe: async (probe) => {
    const stream = await probe.stream();
    const { shard } = await stream.put({ key: 'k', data: 'first' });
    await probe.clock.sleep(1_100, probe.signal);
    await stream.put({ key: 'k', data: 'second' });
    await stream.stored(2);
    const page = await readPage(probe, { shard, iterator: await stream.iterator(shard), limit: 1 });
    must(page.records.length === 1, `Limit 1 returned ${page.records.length} records`);
    must((page.behind ?? 0) > 0, `with a later record unread MillisBehindLatest is ${page.behind}`);
    return `MillisBehindLatest is ${(page.behind ?? 0) > 0 ? 'above 0' : 0} with a record unread`;
  },
};
