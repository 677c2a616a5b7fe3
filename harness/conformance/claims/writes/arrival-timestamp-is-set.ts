import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';

/** A minute of slack on both sides: the clocks of two machines differ, and AWS calls it approximate. */
const slackMs = 60_000;

export const arrivalTimestampIsSet: Claim = {
  area: 'writes',
  wording: 'ApproximateArrivalTimestamp, that is set when a stream successfully receives and stores a record.',
  source: 'SDK GetRecords',
  probe: async (probe) => {
    const stream = await probe.stream();
    const before = probe.clock.wallMs();
    await stream.put({ key: 'k', data: 'x' });
    const after = probe.clock.wallMs();
    const arrival = (await stream.stored(1))[0]?.arrival;
    must(arrival !== undefined, 'the record has no ApproximateArrivalTimestamp');
    const off = arrival < before ? before - arrival : Math.max(0, arrival - after);
    must(off <= slackMs, `the time stamp lies ${off} ms outside the put`);
    return `${off} ms outside the put`;
  },
};
