import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { HarnessError } from '../../lib/error.ts';
import { cleanHistory } from '../generators/clean-history.ts';
import { judgeBytes } from './judge-bytes.ts';

const head = '{"type":"head","format":"kinesis-order-history","version":1,"run":"r"}\n';
const end = '{"t":999999999,"type":"end","reason":"completed"}\n';
const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const put = (op: number, key: string, n: number): string =>
  `{"t":${op},"type":"put","op":${op},"api":"PutRecord","entries":[{"key":${JSON.stringify(key)},"n":${n}}]}\n`;
const ok = (op: number, seq: number | string): string =>
  `{"t":${op},"type":"ack","op":${op},"outcome":"ok","results":[{"shard":"s","seq":"${seq}"}]}\n`;
const page = (chain: number, records: string, more = ''): string =>
  `{"t":${chain},"type":"page","reader":"r","chain":${chain},"shard":"s",${more}"records":[${records}]}\n`;
const read = (seq: number | string, n: number): string => `{"seq":"${seq}","key":"a","n":${n}}`;
const fromTrim = '"from":{"type":"TRIM_HORIZON"},';
const shards = (list: string): string => `{"t":1,"type":"topology","shards":[${list}]}\n`;

/**
 * Each of them made some judge crash, hang or fill the memory, or may. What counts is that it ends, soon, with a
 * verdict or with words.
 */
const cases: Readonly<Record<string, () => string | Buffer>> = {
  'lists 100,000 deep': () =>
    `${head}{"t":1,"type":"note","text":"x","deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n${end}`,
  'a list that never ends': () =>
    `${head}{"t":1,"type":"put","op":1,"api":"PutRecord","entries":${'['.repeat(100_000)}\n${end}`,
  'a text of 32 MB': () => `${head}{"t":1,"type":"note","text":"${'x'.repeat(32e6)}"}\n${end}`,
  'a key of 8 MB': () => `${head}${put(1, 'k'.repeat(8e6), 0)}${end}`,
  'names of the language': () =>
    `${head}{"t":1,"type":"put","__proto__":{"a":1},"op":1,"api":"PutRecord","entries":[{"key":"__proto__","n":0,"constructor":1}]}\n{"t":2,"type":"__proto__"}\n{"t":2,"type":"constructor"}\n${shards('{"shard":"__proto__","range":["0","1"],"parents":["constructor","__proto__"],"seq":["1",null]}')}`,
  'a time beyond all numbers': () => `${head}{"t":1e400,"type":"note","text":"x"}\n${end}`,
  'a number of a call beyond 2^53': () => `${head}${put(9_007_199_254_740_992, 'a', 0)}${end}`,
  'the largest number of a record': () => `${head}${put(1, 'a', Number.MAX_SAFE_INTEGER)}${ok(1, 1)}${end}`,
  'half a letter': () => `${head}${put(1, 'a', 0).replace('"a"', '"\\ud800"')}${end}`,
  'bytes of zero': () => `${head}\0\0\0\0\n${end}`,
  'bytes of anything': () => Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) & 255)),
  '50,000 shards of one range, each the child of the one before': () =>
    `${head}${shards(many(50_000, (i) => `,{"shard":"s${i}","range":["0","9"],"parents":[${i === 0 ? '' : `"s${i - 1}"`}],"seq":["${i + 1}","${i + 2}"]}`).slice(1))}${end}`,
  'parents in a ring': () =>
    `${head}${shards('{"shard":"a","range":["0","9"],"parents":["b"],"seq":["1",null]},{"shard":"b","range":["0","9"],"parents":["a"],"seq":["1",null]},{"shard":"c","range":["0","9"],"parents":["c"],"seq":["1",null]}')}${end}`,
  'a page of 100,000 records': () =>
    `${head}${page(0, many(100_000, (i) => `,${read(i, i)}`).slice(1), fromTrim)}${end}`,
  'a page of 50,000 records at one place': () =>
    `${head}${page(0, many(50_000, (i) => `,${read(7, i)}`).slice(1), fromTrim)}${end}`,
  'a page of 50,000 records from the last to the first': () =>
    `${head}${page(0, many(50_000, (i) => `,${read(50_000 - i, i)}`).slice(1), fromTrim)}${end}`,
  'a sequence number of 100,000 digits': () => `${head}${page(0, read('9'.repeat(100_000), 0))}${end}`,
  '20,000 iterators of one reader': () =>
    `${head}${many(20_000, (i) => page(i, read(i + 2, i), `"from":{"type":"AFTER_SEQUENCE_NUMBER","seq":"${i + 1}"},`))}${end}`,
  '20,000 attempts of one record': () => `${head}${many(20_000, (i) => put(i, 'a', 0) + ok(i, i + 1))}${end}`,
  '20,000 reshards that never end': () =>
    `${head}${many(20_000, (i) => `{"t":${i},"type":"reshard","id":${i},"phase":"invoke","action":"SplitShard","shards":["s${i}"]}\n`)}${end}`,
  '20,000 lost records': () =>
    `${head}{"t":0,"type":"reader","reader":"r","role":"final"}\n${many(20_000, (i) => put(i, 'a', i) + ok(i, i + 1))}${page(20_001, read(20_000, 19_999), fromTrim)}${end}`,
  'the mark of an encoding, and empty lines': () => `\ufeff${head}\n${put(1, 'a', 0)}\r\n\n${end}\n\n`,
  'two heads': () => `${head}${head}${end}`,
  nothing: () => '',
};

describe('a hostile file leads to a verdict or an error message', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinesis-order-hostile-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const judged = async (file: string): Promise<string> => {
    try {
      return (await checkHistory(file)).verdict;
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(HarnessError);
      expect((thrown as HarnessError).code).toBe('usage');
      expect((thrown as HarnessError).message.length).toBeLessThan(1000);
      return 'words';
    }
  };

  it.each(Object.entries(cases))('%s', { timeout: 30_000 }, async (_name, make) => {
    const file = join(folder, 'hostile.ndjson');
    await writeFile(file, make());
    expect(['violated', 'unknown', 'words']).toContain(await judged(file));
  });

  it('400 MB of blanks, compressed to a few hundred kilobytes', { timeout: 30_000 }, async () => {
    const file = join(folder, 'bomb.ndjson.gz');
    await writeFile(file, gzipSync(Buffer.alloc(400e6, 0x20)));
    expect(await judged(file)).toBe('words');
  });

  it('a truncated compressed history', async () => {
    const file = join(folder, 'cut.ndjson.gz');
    const whole = gzipSync(Buffer.from(head + put(1, 'a', 0) + end));
    await writeFile(file, whole.subarray(0, whole.length - 12));
    expect(['unknown', 'words']).toContain(await judged(file));
  });
});

/** Any JSON in the place of any JSON. */
const replaced = (value: unknown, at: { left: number }, other: unknown): unknown => {
  at.left -= 1;
  if (at.left === 0) return other;
  if (Array.isArray(value)) return value.map((inner) => replaced(inner, at, other));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner, at, other)]));
};

test.prop(
  [
    fc.nat(),
    fc.nat(),
    fc.integer({ min: 1, max: 30 }),
    fc.oneof(fc.jsonValue(), fc.constantFrom(-1, 1e21, '0', '', null, [], {})),
  ],
  {
    numRuns: 600,
  },
)(
  'replacing any value by any other leads to a verdict or an error message, with both decoders',
  (seed, where, at, other) => {
    const lines = cleanHistory(String(seed), 20);
    const index = where % lines.length;
    const changed = lines.map((line, own) => (own === index ? replaced(line, { left: at }, other) : line));
    const bytes = Buffer.from(changed.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(judgeBytes(bytes, true)).toEqual(judgeBytes(bytes, false));
  },
);
