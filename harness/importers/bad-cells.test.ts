import { describe, expect, test } from 'vitest';
import { importing } from '../testing/imported.ts';

const { file, imported } = importing();

const names = 'time,shard,seq,customer,counter';
type Row = readonly [time: string, shard: string, seq: string, customer: string, n: string];

const rowAt = (index: number): Row => [
  new Date(Date.UTC(2026, 10, 24, 9) + index * 1000).toISOString(),
  'shardId-000000000000',
  `4966${'0'.repeat(44)}${String(index).padStart(4, '0')}`,
  `c${index % 3}`,
  String(index),
];
const rows = Array.from({ length: 60 }, (_, index) => rowAt(index));
/** The table with one cell of the row at 30, line 32, changed. */
const withCell = (column: number, cell: string): string =>
  tableOf(rows.map((row, index) => (index === 30 ? row.with(column, cell) : row).join(',')));
const tableOf = (lines: readonly string[]): string => [names, ...lines].join('\n');
const lines = rows.map((row) => row.join(','));

const csv = async (text: string, format: 'csv' | 'jsonl' = 'csv') =>
  imported([{ format, path: await file(text), isPut: false }]);

const jsonOf = (table: string): string => {
  const [head = '', ...body] = table.split('\n');
  return body
    .map((line) =>
      JSON.stringify(Object.fromEntries(line.split(',').map((cell, index) => [head.split(',')[index], cell]))),
    )
    .join('\n');
};

describe('one bad cell does not take its column from the guess', () => {
  test.each(['csv', 'jsonl'] as const)('a sequence number, in %s', async (format) => {
    const table = withCell(2, 'n/a');
    const { words, verdict, found, lines: written } = await csv(format === 'csv' ? table : jsonOf(table), format);
    expect(found[0]?.mapping?.seq?.text).toBe('.seq');
    const line = format === 'csv' ? 32 : 31;
    expect(words.join('\n')).toMatch(
      new RegExp(`1 broken line was skipped; the first is line ${line}: \\.seq: expected a sequence number, got "n/a"`),
    );
    expect(written.at(-1)).toMatchObject({ type: 'end', leftOut: 1 });
    expect(verdict.aloud).toContainEqual('the import left out 1 line, of which nothing is known');
  });

  test.each(['csv', 'jsonl'] as const)('a time: its record is kept, in %s', async (format) => {
    const table = withCell(0, 'soon');
    const { words, found, records } = await csv(format === 'csv' ? table : jsonOf(table), format);
    expect(found[0]?.mapping?.time?.text).toBe('.time');
    expect(records).toBe(60);
    expect(words.join('\n')).toMatch(/1 record was given the time of the line before; .*expected a time, got "soon"/);
  });

  test('a line of another kind', async () => {
    const { words, found } = await csv(tableOf(lines.with(30, 'garbage')));
    expect(found[0]?.mapping?.time?.text).toBe('.time');
    expect(words.join('\n')).toContain('the first is line 32: "garbage" has 1 cell for 5 columns');
  });

  test('a column with many bad cells is not taken, and a time is said to be missing', async () => {
    const { words, found } = await csv(
      tableOf(rows.map((row, index) => row.with(0, index % 3 ? row[0] : 'soon').join(','))),
    );
    expect(found[0]).toMatchObject({ isTimed: false });
    expect(words.join('\n')).toContain(
      '.time should be the time, but 20 of the first 60 values are none: the first is "soon"',
    );
  });
});

describe('a stray quotation mark', () => {
  test('that is never closed: the lines that it swallowed are counted', async () => {
    const { words, lines: written } = await csv(tableOf(lines.toSpliced(30, 0, '"open,1,2')));
    expect(words[0]).toMatch(/61 lines, 30 records/);
    expect(words[1]).toMatch(/31 broken lines were skipped; the first is line 32: .* It goes on for 31 lines: is a/);
    expect(written.at(-1)).toMatchObject({ leftOut: 31 });
  });

  test('that another one closes, so that the cells are as many as the columns', async () => {
    const [first, last] = [rows[30], rows[35]];
    const open = `${first?.slice(0, 4).join(',')},"30`;
    const text = tableOf(lines.with(30, open).with(35, `${last?.join(',')}"`));
    expect((await csv(text)).words.join('\n')).toMatch(/6 broken lines were skipped; the first is line 32: /);
  });

  test('a cell of several lines is no reason', async () => {
    const text = [`${names},note`, ...lines.map((line) => `${line},"two\nlines, and\na third"`)].join('\n');
    expect((await csv(text)).words[0]).toMatch(/60 lines, 60 records$/);
  });
});

describe('the header', () => {
  test('may be repeated', async () => {
    const { words, verdict } = await csv(tableOf(lines.toSpliced(30, 0, names)));
    expect(words[0]).toMatch(/61 lines, 60 records, 1 repeated header$/);
    expect(verdict.counts.read).toBe(60);
  });

  test('is missing: the first record is counted as left out', async () => {
    const { words, lines: written } = await csv(lines.join('\n'));
    expect(words.join('\n')).toMatch(/line 1: it names the columns, but it looks like a record/);
    expect(written.at(-1)).toMatchObject({ leftOut: 1 });
  });

  test('alone is refused by that name', async () => {
    await expect(csv(names)).rejects.toThrow(/has a header and no record/);
  });
});
