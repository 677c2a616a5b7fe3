import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { cut, cutEnd, shortened } from './cut.ts';

test('a pair stays whole, or goes', () => {
  expect(cut('a𐀀b', 2)).toBe('a');
  expect(cut('a𐀀b', 3)).toBe('a𐀀');
  expect([cutEnd('a𐀀b', 2), cutEnd('a𐀀b', 3), cutEnd('ab', 0)]).toEqual(['b', '𐀀b', '']);
  expect(shortened('a𐀀b', 3)).toBe('a…');
  expect(shortened('a𐀀b', 4)).toBe('a𐀀b');
});

test.prop([fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 12 })])(
  'is a text, and no longer',
  (text, max) => {
    expect(shortened(text, max).isWellFormed()).toBe(true);
    expect(shortened(text, max).length).toBeLessThanOrEqual(max);
    expect(text.startsWith(cut(text, max))).toBe(true);
    expect(cutEnd(text, max).isWellFormed() && text.endsWith(cutEnd(text, max))).toBe(true);
  },
);
