import { describe, expect, test } from 'vitest';
import type { PageEvent } from '../../model/event.ts';
import { lineWords } from './line-words.ts';
import { ownLineWords } from './own-line-words.ts';

const page = (lines: string | undefined, count: number): PageEvent => ({
  type: 'page',
  t: 0,
  reader: 'c',
  chain: 1,
  shard: 'shardId-000000000000',
  file: 1,
  ...(lines === undefined ? {} : { lines }),
  records: Array.from({ length: count }, (_, at) => ({ seq: String(at + 1), key: at % 2 === 0 ? 'a' : 'b', n: at })),
});
const files = ['reads.log', 'reads.log.1'];

describe('lines of the user of an imported page', () => {
  test.each([
    ['7', 1, undefined, 'line 7 of reads.log.1'],
    ['7-9', 3, undefined, 'lines 7 to 9 of reads.log.1'],
    ['12*3', 3, undefined, 'line 12 of reads.log.1'],
    ['7-9,12', 4, [0, 3], 'lines 7, 12 of reads.log.1'],
    ['1,3,5,7,9,11', 6, undefined, 'lines 1, 3, 5, 7 and 2 more of reads.log.1'],
    ['7-9', 4, undefined, ''],
    [undefined, 4, undefined, ''],
  ])('%s with %i records: of %j "%s"', (lines, count, items, words) => {
    expect(ownLineWords(page(lines, count), files, items)).toBe(words);
  });

  test('a history that was not imported has none', () => {
    expect(ownLineWords(page('7', 1), undefined)).toBe('');
  });

  test('show and the report name those of the key that is asked for', () => {
    const words = (key: string | null) =>
      lineWords(page('7-9,12', 4), 3, { key, files, putOf: () => undefined })?.what ?? '';
    expect(words('b')).toContain('#1, #3; lines 8, 12 of reads.log.1');
    expect(words(null)).toContain('; lines 7 to 9, 12 of reads.log.1');
  });
});
