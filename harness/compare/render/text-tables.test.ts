import { test as prop } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textTables } from './text-tables.ts';

const head = ['arm', 'p50', 'p99'];
const rows = [
  ['put-record', '2 ms', '15 ms'],
  ['batch', '112 ms', '1 s'],
];
const isRight = (column: number): boolean => column > 0;

describe('a table of text', () => {
  it('is one where there is room', () => {
    expect(textTables(head, rows, isRight)).toBe(
      ['  arm            p50    p99', '  put-record    2 ms  15 ms', '  batch       112 ms    1 s', ''].join('\n'),
    );
  });

  it('is broken up between columns, and each part begins with the first', () => {
    expect(textTables(head, rows, isRight, 20)).toBe(
      [
        '  arm            p50',
        '  put-record    2 ms',
        '  batch       112 ms',
        '',
        '  arm           p99',
        '  put-record  15 ms',
        '  batch         1 s',
        '',
      ].join('\n'),
    );
  });

  const cell = fc.stringMatching(/^[a-z]{1,12}$/);
  prop.prop([fc.array(cell, { minLength: 1, maxLength: 8 }), fc.integer({ min: 28, max: 60 })])(
    'shows each column, within the width',
    (names, width) => {
      const text = textTables(names, [names], isRight, width);
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
      const shown = text.split('\n').flatMap((line) => line.split(' ').filter((word) => word !== ''));
      for (const name of names) expect(shown).toContain(name);
    },
  );
});
