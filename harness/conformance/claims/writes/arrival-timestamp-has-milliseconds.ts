import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';

/** If the stamps of twelve puts all end in 000, they are whole seconds. The chance of that is one in 10^36. */
export const arrivalTimestampHasMilliseconds: Claim = {
  area: 'writes',
  wording: 'The time stamp has millisecond precision.',
  source: 'SDK GetRecords',
  probe: async (probe) => {
    const stream = await probe.stream();
    for (let n = 0; n < 12; n += 1) await stream.put({ key: 'k', data: `${n}` });
    const stamps = (await stream.stored(12)).map((record) => record.arrival ?? 0);
    must(stamps.length === 12, `12 records were put and ${stamps.length} read`);
    must(
      stamps.some((stamp) => stamp % 1000 !== 0),
      'all of 12 time stamps are whole seconds',
    );
    return '12 time stamps are not all whole seconds';
  },
};
