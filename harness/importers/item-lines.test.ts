import { describe, expect, test } from 'vitest';
import { importing, type Judged } from '../testing/imported.ts';
import { itemLines } from './item-lines.ts';
import { importLineFor } from './recognise.ts';
import type { FormatName } from './registry.ts';

const { file, imported } = importing();

const records = [7, 9, 8].map((n, index) => {
  const sequenceNumber = `4967${String(index).padStart(52, '0')}`;
  const data = Buffer.from(JSON.stringify({ seq: n, note: '{"[' })).toString('base64');
  return { eventID: `shardId-000000000000:${sequenceNumber}`, kinesis: { partitionKey: 'a', sequenceNumber, data } };
});
const events = records.map((record, index) => ({
  timestamp: 1_795_423_045_000 + index,
  message: `INFO\t${JSON.stringify({ Records: [record] }, null, 2)}\n`,
}));

const dump = async (format: FormatName, text: string): Promise<Judged> =>
  imported([{ format, path: await file(text), isPut: false }]);
const linesIn = ({ lines }: Judged): string =>
  lines.flatMap(({ type, lines: own }) => (type === 'page' ? [own as string] : [])).join(',');
/** Where these words stand, counted from 1. */
const linesWith = (text: string, words: string): string =>
  text
    .split('\n')
    .flatMap((line, index) => (line.includes(words) ? [index + 1] : []))
    .join(',');

describe('lines of the items of a list', () => {
  test('of a text over several lines; texts and inner lists do not count', () => {
    const text = JSON.stringify({ list: 1, other: [{ list: [{}] }], events: [{ a: [{}, '[{"'] }, { b: 2 }] }, null, 1);
    expect(itemLines(text, 'events').map((line) => text.split('\n')[line])).toEqual(['  {', '  {']);
    expect(itemLines(text, 'nothing')).toEqual([]);
  });

  test('of one line: nothing to add', () => {
    expect(itemLines('{"events":[{},{}]}', 'events')).toEqual([]);
  });
});

describe('a record of a printed export has the line where it begins', () => {
  test('of aws logs filter-log-events', async () => {
    const text = JSON.stringify({ events, searchedLogStreams: [] }, null, 4);
    // The brace of an event stands before its time.
    const expected = linesWith(text, '"timestamp"')
      .split(',')
      .map((line) => Number(line) - 1);
    expect(linesIn(await dump('lambda-event', text))).toBe(expected.join(','));
  });

  test('of an event of Lambda', async () => {
    const text = JSON.stringify({ Records: records }, null, 2);
    const expected = linesWith(text, '"eventID"')
      .split(',')
      .map((line) => Number(line) - 1);
    expect(linesIn(await dump('lambda-event', text))).toBe(expected.join(','));
  });

  test('of aws kinesis get-records', async () => {
    const list = records.map(({ kinesis }) => ({
      SequenceNumber: kinesis.sequenceNumber,
      PartitionKey: kinesis.partitionKey,
      Data: kinesis.data,
    }));
    const text = JSON.stringify({ Records: list, NextShardIterator: 'AAA' }, null, 4);
    const expected = linesWith(text, '"SequenceNumber"')
      .split(',')
      .map((line) => Number(line) - 1);
    expect(linesIn(await dump('jsonl', text))).toBe(expected.join(','));
  });
});

describe('CSV of Logs Insights, with JSON in a cell', () => {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const table = (rows: readonly string[]): string =>
    `@timestamp,@message\n${rows.map((row, at) => `2026-11-23 08:37:2${at}.000,${cell(row)}\n`).join('')}`;

  test('of Lambda', async () => {
    const text = table(records.map((record) => `id\tINFO\t${JSON.stringify({ Records: [record] })}`));
    const judged = await dump('lambda-event', text);
    expect(judged.verdict.order).toMatchObject({ kept: false, inversions: 1 });
    expect(linesIn(judged)).toBe('2-3,4'); // Two pages: a second lies between.
    expect(judged.head.import?.lacks).toEqual([]);
    expect(await importLineFor(await file(text, 'insights.csv'))).toMatch(
      /import lambda-event \S+ --id json:\/seq --out/,
    );
  });

  test('of lines of a consumer', async () => {
    const rows = records.map(({ kinesis }) => JSON.stringify({ ...kinesis, shardId: 'shardId-000000000000' }));
    expect((await dump('jsonl', table(rows))).verdict.order).toMatchObject({ kept: false, inversions: 1 });
  });
});
