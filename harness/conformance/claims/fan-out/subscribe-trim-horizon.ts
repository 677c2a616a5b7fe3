import type { Claim } from '../../claim.ts';
import { atLeast, consumerOf, recordsOf, subscribe } from '../../fan-out.ts';
import { must } from '../../outcome.ts';
import { isSame } from '../../probe-asserts.ts';

export const subscribeTrimHorizon: Claim = {
  area: 'fan-out',
  wording:
    'TRIM_HORIZON: Start streaming at the last untrimmed record in the shard, which is the oldest data record in the shard.',
  source: 'SDK StartingPosition',
  probe: async (probe) => {
    const stream = await probe.stream();
    const consumer = await consumerOf(probe, stream);
    for (let n = 0; n < 8; n += 1) await stream.put({ key: 'k', data: `a${n}` });
    const stored = await stream.stored(8);
    const shard = String(stored[0]?.shard);
    const events = await subscribe(probe, { consumer, shard, from: { Type: 'TRIM_HORIZON' }, enough: atLeast(8) });
    const places = (records: typeof stored): string[] => records.map((record) => `${record.seq} ${record.text}`);
    const pushed = recordsOf(events);
    must(
      isSame(places(pushed), places(stored)),
      `GetRecords reads ${stored.length} records, the subscription ${pushed.length}, not the same`,
    );
    return 'eight records pushed, the same as GetRecords reads, in the same order';
  },
};
