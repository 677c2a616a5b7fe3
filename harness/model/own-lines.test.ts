import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { linesKept, OwnLines, ownLinesOf } from './own-lines.ts';

const lines = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 20 });

const textOf = (all: readonly number[]): string => {
  const own = new OwnLines();
  for (const line of all) own.add(line);
  return own.text;
};

describe('the lines of the records of a page', () => {
  test.prop([lines], { numRuns: 1000 })('are read as they were written', (all) => {
    expect(ownLinesOf(textOf(all), all.length)).toEqual(all);
    expect(ownLinesOf(textOf(all), all.length + 1)).toBeUndefined();
    expect(ownLinesOf(textOf(all), all.length - 1)).toBeUndefined();
  });

  test.prop([lines, fc.func(fc.boolean())])('go with the records that are kept', (all, isKept) => {
    const kept = all.filter((_, item) => isKept(item));
    const cut = linesKept({ records: all, lines: textOf(all) }, isKept);
    expect(cut.lines === '' ? [] : ownLinesOf(cut.lines, kept.length)).toEqual(kept);
  });

  test('are short', () => {
    expect(textOf([4, 5, 6])).toBe('4-6');
    expect(textOf([12, 12, 12])).toBe('12*3');
    expect(textOf([3, 9, 10, 10])).toBe('3,9-10,10');
    expect(textOf([7])).toBe('7');
  });

  test.each([undefined, 5, '', '1-', '2-1', 'a', '1,,2', '1-9999999999'])('%s is none', (text) => {
    expect(ownLinesOf(text, 3)).toBeUndefined();
  });
});
