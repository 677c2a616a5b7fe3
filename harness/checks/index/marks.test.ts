import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Marks } from './marks.ts';

/** Around the borders of words, and of words of words. */
const number = fc.oneof(fc.nat({ max: 40_000 }), fc.constantFrom(0, 31, 32, 1023, 1024, 32_767, 32_768));
const step = fc.record({ number, isMark: fc.boolean() });

test.prop([fc.array(step, { maxLength: 40 }), fc.array(number, { maxLength: 10 })])(
  'the next mark is the smallest that was made and not taken away',
  (steps, asked) => {
    const marks = new Marks(40_001);
    const made = new Set<number>();
    for (const { number: at, isMark } of steps) {
      if (isMark) marks.mark(at);
      else marks.clear(at);
      if (isMark) made.add(at);
      else made.delete(at);
    }
    for (const from of [...asked, ...made, -5, 40_000, 50_000]) {
      const left = [...made].filter((at) => at >= from).sort((a, b) => a - b);
      expect(marks.next(from)).toBe(left[0] ?? -1);
    }
  },
);

test('marks on no number at all', () => {
  expect(new Marks(0).next(0)).toBe(-1);
});
