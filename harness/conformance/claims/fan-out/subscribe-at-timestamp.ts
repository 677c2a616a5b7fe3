import type { Claim } from '../../claim.ts';
import { atLeast, consumerOf, recordsOf, subscribe } from '../../fan-out.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';

const pauseMs = 2_100;

export const subscribeAtTimestamp: Claim = {
  area: 'fan-out',
  wording:
    'If a record with this exact time stamp does not exist, records will be streamed from the next (later) record.',
  source: 'SDK StartingPosition',
  extraMs: pauseMs,
  probe: async (probe) => {
    const stream = await probe.stream();
    const consumer = await consumerOf(probe, stream);
    const { shard } = await stream.put({ key: 'k', data: 'early' });
    await probe.clock.sleep(pauseMs, probe.signal);
    await stream.put({ key: 'k', data: 'late' });
    const [early, late] = await stream.stored(2);
    must(
      early?.arrival !== undefined && late?.arrival !== undefined,
      'the records have no ApproximateArrivalTimestamp',
    );
    const from = { Type: 'AT_TIMESTAMP', Timestamp: new Date(Math.round((early.arrival + late.arrival) / 2)) };
    const pushed = textsOf(recordsOf(await subscribe(probe, { consumer, shard, from, enough: atLeast(1) })));
    must(isSame(pushed, ['late']), `AT_TIMESTAMP between two records pushes ${listed(pushed)}`);
    return 'AT_TIMESTAMP between two records pushes the later one';
  },
};
