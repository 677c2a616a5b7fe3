import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { lengthOf, wrap } from './wrap.ts';

describe('wrapping', () => {
  test('breaks at spaces, with a hanging indent', () => {
    expect(wrap('one two three four', 9, 2)).toEqual(['one two', '  three', '  four']);
  });

  test('keeps how far the first line is indented', () => {
    expect(wrap('  1. one two', 9, 5)).toEqual(['  1. one', '     two']);
  });

  test('a word is never cut', () => {
    expect(wrap('a ProvisionedThroughputExceededException b', 10)).toEqual([
      'a',
      'ProvisionedThroughputExceededException',
      'b',
    ]);
  });

  const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 30 });
  test.prop([words, fc.integer({ min: 12, max: 40 }), fc.integer({ min: 0, max: 3 })])(
    'keeps every word, and the width',
    (list, width, hanging) => {
      const lines = wrap(list.join(' '), width, hanging);
      expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(list);
      for (const line of lines) expect(lengthOf(line)).toBeLessThanOrEqual(width);
      for (const line of lines.slice(1)) expect(line.startsWith(' '.repeat(hanging))).toBe(true);
    },
  );
});
