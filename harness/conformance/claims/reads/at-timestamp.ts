import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';

/** The pause is longer than a second: an engine that keeps whole seconds still has to tell the two records apart. */
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
    // Between the two, by the engine's own stamps: the host's clock need not agree with them.
    const between = Math.round((arrival + late.arrival) / 2);
    const read = textsOf(await stream.read(shard, { type: 'AT_TIMESTAMP', at: between }));
    must(isSame(read, ['late']), `AT_TIMESTAMP between two records reads ${listed(read)}`);
    return 'AT_TIMESTAMP between two records reads the later one';
  },
};
