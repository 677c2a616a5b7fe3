import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { cut, shortened } from './cut.ts';

test('a pair stays whole, or goes', () => {
  expect(cut('a𐀀b', 2)).toBe('a');
  expect(cut('a𐀀b', 3)).toBe('a𐀀');
  expect(shortened('a𐀀b', 3)).toBe('a…');
  expect(shortened('a𐀀b', 4)).toBe('a𐀀b');
});

test.prop([fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 12 })])(
  'is a text, and no longer',
  (text, max) => {
    expect(shortened(text, max).isWellFormed()).toBe(true);
    expect(shortened(text, max).length).toBeLessThanOrEqual(max);
    expect(text.startsWith(cut(text, max))).toBe(true);
  },
);
