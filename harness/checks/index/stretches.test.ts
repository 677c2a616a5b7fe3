import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Stretches } from './stretches.ts';

const laid = fc.nat({ max: 40 }).chain((last) =>
  fc.record({
    size: fc.constant(last + 1),
    stretches: fc.array(
      fc.record({ ends: fc.tuple(fc.nat({ max: last }), fc.nat({ max: last })), index: fc.nat({ max: 9 }) }),
      { maxLength: 12 },
    ),
  }),
);

test.prop([laid], { numRuns: 300 })(
  'over a number lies the largest index that was laid there',
  ({ size, stretches }) => {
    const made = new Stretches(size);
    const largest = Array.from({ length: size }, () => -1);
    for (const { ends, index } of stretches) {
      const [from, to] = [Math.min(...ends), Math.max(...ends)];
      made.cover(from, to, index);
      for (let at = from; at <= to; at += 1) largest[at] = Math.max(largest[at] ?? -1, index);
    }
    expect(largest.map((_, at) => made.over(at))).toEqual(largest);
  },
);
