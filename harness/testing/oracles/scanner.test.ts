import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { LineScanner } from '../../history/scan-line.ts';
import type { HistoryLine } from '../../judging/check-history.ts';
import { LineBytes, LineColumns } from '../../model/line-columns.ts';
import { aggregatedShape, aggregatesHistory } from '../generators/aggregates-history.ts';
import { cleanHistory } from '../generators/clean-history.ts';
import { allMutations } from '../generators/mutations/registry.ts';
import { mutated } from '../suites/kill.ts';
import { judgeBytes } from './judge-bytes.ts';

const bytesOf = (lines: readonly HistoryLine[]): Buffer =>
  Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

const expectSame = (bytes: Buffer, chunk?: number): void => {
  expect(judgeBytes(bytes, true, chunk)).toEqual(judgeBytes(bytes, false));
};

const aggregated = fc
  .tuple(fc.nat(), fc.integer({ min: 5, max: 60 }), aggregatedShape)
  .map(([seed, steps, shape]) => bytesOf(aggregatesHistory(String(seed), steps, shape)));

const history = fc
  .tuple(fc.nat(), fc.integer({ min: 5, max: 60 }))
  .map(([seed, steps]) => bytesOf(cleanHistory(String(seed), steps)));

describe('the scanner and JSON.parse lead to the same verdict', () => {
  test.prop([history, fc.integer({ min: 1, max: 4000 })], { numRuns: 60 })(
    'of a clean history, in pieces of any size',
    expectSame,
  );

  test.prop([aggregated, fc.integer({ min: 1, max: 4000 })], { numRuns: 60 })(
    'of aggregates, in pieces of any size',
    expectSame,
  );

  test.prop([aggregated, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 3 })], {
    numRuns: 300,
  })('of aggregates with other bytes in them', (bytes, flips) => {
    for (const [at, byte] of flips) bytes[at % bytes.length] = byte;
    expectSame(bytes);
  });

  test.prop([fc.nat(), fc.constantFrom(...allMutations)], { numRuns: 150 })('of a mutated one', (seed, mutation) => {
    const lines = mutated(mutation, String(seed));
    if (lines !== undefined) expectSame(bytesOf(lines));
  });

  test.prop([history, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 3 })], {
    numRuns: 400,
  })('of one with other bytes in it', (bytes, flips) => {
    for (const [at, byte] of flips) bytes[at % bytes.length] = byte;
    expectSame(bytes);
  });

  test.prop([history, fc.nat(), fc.nat({ max: 40 })], { numRuns: 200 })(
    'of one with a piece cut out',
    (bytes, at, length) => {
      const start = at % bytes.length;
      expectSame(Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)]));
    },
  );

  test.prop([fc.nat(), fc.constantFrom(' ', '\t', '\r', '  ')], { numRuns: 40 })(
    'of one with its fields in another order, and space between them',
    (seed, space) => {
      const turned = cleanHistory(String(seed), 30).map((line) => reversed(line));
      const text = turned
        .map((line) =>
          JSON.stringify(line).replaceAll('":', `"${space}:${space}`).replaceAll(',"', `${space},${space}"`),
        )
        .join('\r\n');
      expectSame(Buffer.from(text));
    },
  );
});

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
};

describe('the scanner', () => {
  const isTaken = (text: string): boolean => {
    const bytes = Buffer.from(text);
    const hot = new LineColumns();
    hot.source = new LineBytes(bytes.length + 1);
    hot.source.bytes.set(bytes);
    hot.source.bytes[bytes.length] = 0x0a;
    const scanner = new LineScanner(hot);
    const isTaken = scanner.scan(0, bytes.length);
    // Read again, as a line that looks like the one before.
    expect(scanner.scanAlike(0)).toBe(isTaken ? bytes.length : -1);
    return isTaken;
  };
  const put = '{"t":1,"type":"put","op":0,"api":"PutRecord","entries":[{"key":"a","n":0,"digest":"00112233445566ff"}]}';

  it('accepts lines in the usual form', () => {
    expect(isTaken(put)).toBe(true);
    expect(isTaken(put.replace('"n":0', '"n":0,"hash":"12"'))).toBe(true);
    expect(isTaken(put.replace('"op":0', '"op":0,"due":12'))).toBe(true);
    expect(isTaken(put.replace('"n":0', '"n":0,"due":12'))).toBe(true);
    expect(isTaken('{"t":2,"type":"ack","op":0,"outcome":"ok","results":[{"shard":"s","seq":"0012"}]}')).toBe(true);
    expect(
      isTaken('{"t":2,"t0":1,"type":"page","reader":"r","chain":0,"shard":"s","records":[],"behind":0,"more":false}'),
    ).toBe(true);
  });

  const carried = put
    .replace('"PutRecord"', '"PutRecords","parts":[{"key":"a"},{"key":"b","hash":"12"}]')
    .replace('"n":0', '"n":0,"part":1');

  it('accepts aggregates in the usual form', () => {
    expect(isTaken(carried)).toBe(true);
    expect(isTaken(carried.replace('"part":1', '"due":1'))).toBe(true);
    expect(isTaken('{"t":2,"type":"ack","op":0,"outcome":"ok","results":[{"shard":"s","seq":"1","sub":3}]}')).toBe(
      true,
    );
    expect(
      isTaken(
        '{"t":2,"type":"page","reader":"r","chain":0,"shard":"s","records":[{"seq":"1","sub":3,"key":"a","n":0}]}',
      ),
    ).toBe(true);
  });

  it.each([
    ['an escape', put.replace('"a"', '"\\u0061"')],
    ['a letter beyond ASCII', put.replace('"a"', '"ä"')],
    ['a field twice', put.replace('"op":0', '"op":0,"op":1')],
    ['a leading zero', put.replace('"op":0', '"op":00')],
    ['an exponent', put.replace('"op":0', '"op":1e2')],
    ['a number that is no safe integer', put.replace('"op":0', '"op":12345678901234567')],
    ['a negative number', put.replace('"t":1', '"t":-1')],
    ['an object that nobody knows', put.replace('"op":0', '"op":0,"more":{}')],
    ['a due time that is no number', put.replace('"op":0', '"op":0,"due":"soon"')],
    ["a record's due time that is no number", put.replace('"n":0', '"n":0,"due":"soon"')],
    ['a due time before the run', put.replace('"op":0', '"op":0,"due":-5')],
    ['a sentinel', put.replace('"op":0', '"op":0,"role":"sentinel"')],
    ['an ExplicitHashKey that is no number', put.replace('"n":0', '"n":0,"hash":"1x"')],
    ['an empty ExplicitHashKey', put.replace('"n":0', '"n":0,"hash":""')],
    ['an ExplicitHashKey of 40 digits', put.replace('"n":0', `"n":0,"hash":"${'1'.repeat(40)}"`)],
    ['an ExplicitHashKey of 39 digits above the largest', put.replace('"n":0', `"n":0,"hash":"34${'1'.repeat(37)}"`)],
    ['a part that there is not', carried.replace('"part":1', '"part":2')],
    ['a part without parts', put.replace('"n":0', '"n":0,"part":0')],
    ['a carrier without a key', carried.replace('{"key":"a"}', '{}')],
    ['a carrier that is no object', carried.replace('{"key":"a"}', '7')],
    ['a carrier whose hash key is no number', carried.replace('"12"', '12')],
    ['an aggregate alone in its call', carried.replace('"PutRecords"', '"PutRecord"')],
    ['a part that is no number', carried.replace('"part":1', '"part":"1"')],
    ['a second list', put.replace('"op":0', '"op":0,"records":[]')],
    ['something behind the line', `${put} x`],
    ['a comma too many', put.replace('"op":0', '"op":0,')],
    ['no key', put.replace('"key":"a",', '')],
    ['no op', put.replace('"op":0,', '')],
  ])('leaves a line with %s to JSON.parse', (_what, text) => {
    expect(isTaken(text)).toBe(false);
  });
});
