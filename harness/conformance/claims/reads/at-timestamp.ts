import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';

/** Longer than a second, so that an engine that stores whole seconds can tell the two records apart. */
const pauseMs = 2_100;

export const atTimestamp: Claim = {
  area: 'reads',
  wording:
    'If a record with this exact timestamp does not exist, the iterator returned is for the next (later) record.',
  source: 'SDK GetShardIteratorInput',
  extraMs: pauseMs,
  probe: async (probe) => {
    const stream = await probe.stream();
    const { shard } = await stream.put({ key: 'k', data: 'early' });
    await probe.clock.sleep(pauseMs, probe.signal);
    await stream.put({ key: 'k', data: 'late' });
    const [early, late] = await stream.stored(2);
    const arrival = early?.arrival;
    must(arrival !== undefined && late?.arrival !== undefined, 'the records have no ApproximateArrivalTimestamp');
    // Uses the engine's time stamps, because the host's clock need not agree with them.
    const between = Math.round((arrival + late.arrival) / 2);
    const read = textsOf(await stream.read(shard, { type: 'AT_TIMESTAMP', at: between }));
    must(isSame(read, ['late']), `AT_TIMESTAMP between two records reads ${listed(read)}`);
    return 'AT_TIMESTAMP between two records reads the later one';
  },
};
