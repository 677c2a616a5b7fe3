import type { Claim } from '../../claim.ts';
import { atLeast, consumerOf, recordsOf, subscribe } from '../../fan-out.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';

export const subscribeLatest: Claim = {
  area: 'fan-out',
  wording:
    'LATEST: Start streaming just after the most recent record in the shard, so that you always read the most recent data in the shard.',
  source: 'SDK StartingPosition',
  probe: async (probe) => {
    const stream = await probe.stream();
    const consumer = await consumerOf(probe, stream);
    const { shard } = await stream.put({ key: 'k', data: 'before' });
    await stream.stored(1);
    const meanwhile = async (): Promise<void> => {
      await stream.put({ key: 'k', data: 'after1' });
      await stream.put({ key: 'k', data: 'after2' });
    };
    const events = await subscribe(probe, { consumer, shard, from: { Type: 'LATEST' }, enough: atLeast(2), meanwhile });
    const pushed = textsOf(recordsOf(events));
    must(
      isSame(pushed, ['after1', 'after2']),
      `one record before the subscription, two after it: pushed ${listed(pushed)}`,
    );
    return 'pushes the two records put after it, not the one before';
  },
};
