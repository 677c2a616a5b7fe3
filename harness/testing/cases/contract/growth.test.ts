import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkHistory } from '../../../judging/check-history.ts';

const count = 20_000;
const many = (line: (index: number) => string, joint = ''): string =>
  Array.from({ length: count }, (_, index) => line(index)).join(joint);

const head = '{"type":"head","format":"kinesis-order-history","version":1,"run":"r"}\n';
const end = '{"t":9,"type":"end","reason":"completed"}\n';
const put = (n: number, t = 2): string =>
  `{"t":${t},"type":"put","op":${n},"producer":"p","api":"PutRecord","entries":[{"key":"a","n":${n}}]}\n`;
const ok = (op: number, seq: number, shard = 's'): string =>
  `{"t":2,"type":"ack","op":${op},"outcome":"ok","results":[{"shard":"${shard}","seq":"${seq}"}]}\n`;
const reader = (name: string, role = 'final'): string =>
  `{"t":3,"type":"reader","reader":"${name}","role":"${role}"}\n`;
const read = (seq: number, n: number): string => `{"seq":"${seq}","key":"a","producer":"p","n":${n},"arrival":${seq}}`;
const page = (chain: number, from: string, records: string, name = 'r', shard = 's'): string =>
  `{"t":3,"type":"page","reader":"${name}","chain":${chain},"shard":"${shard}","from":{"type":${from}},"records":[${records}]}\n`;
const also = (more: string, line: string): string => line.replace('"records"', `${more},"records"`);
const trim = '"TRIM_HORIZON"';
const all = '"range":["0","340282366920938463463374607431768211455"]';
/** A shard a line of descent, or a star of them under the first. */
const lineage = (parentOf: (index: number) => number): string =>
  `{"t":1,"type":"topology","status":"UPDATING","shards":[${many((i) => `{"shard":"s${i}",${all},"parents":[${i === 0 ? '' : `"s${parentOf(i)}"`}],"seq":["${2 * i + 1}","${2 * i + 2}"]}`, ',')}]}\n`;
/** s0 is split into s1 and s2, which are merged into s3, and so on. */
const parentsOf = (index: number): string => {
  if (index === 0) return '';
  return index % 3 === 0 ? `"s${index - 2}","s${index - 1}"` : `"s${index - (index % 3)}"`;
};
const splitsAndMerges = `{"t":1,"type":"topology","status":"UPDATING","shards":[${many((i) => `{"shard":"s${i}",${all},"parents":[${parentsOf(i)}],"seq":["${2 * i + 1}","${2 * i + 2}"]}`, ',')}]}\n`;
const resharded = many((i) =>
  i % 3 === 2
    ? ''
    : `{"t":1,"type":"reshard","id":${i},"phase":"invoke","action":"${i % 3 === 0 ? 'SplitShard' : 'MergeShards'}","shards":["s${i}"${i % 3 === 0 ? '' : `,"s${i + 1}"`}]}\n{"t":1,"type":"reshard","id":${i},"phase":"ok"}\n`,
);
const inShards = (seqOf: (index: number) => number, isIn: (index: number) => boolean): string =>
  many((i) => (isIn(i) ? put(i) + ok(i, seqOf(i), `s${i}`) : '')) +
  reader('r') +
  many((i) => also('"more":false', page(1, trim, isIn(i) ? read(seqOf(i), i) : '', 'r', `s${i}`)));
const oneShardEach = (seqOf: (index: number) => number): string => inShards(seqOf, () => true);
const serial = many((i) => put(i) + ok(i, i + 1));

/**
 * Each cost its square, in time or in memory. So many that the square of them is out of reach; what counts is that it
 * ends.
 */
const cases: Readonly<Record<string, () => string>> = {
  'one reader that starts again and again from the beginning': () =>
    put(0) +
    ok(0, 1) +
    put(1) +
    ok(1, 2) +
    many((i) => also('"behind":0', page(i, trim, `${read(1, 0)},${read(2, 1)}`))),
  'one reader that is given one record at a time, in turn': () =>
    put(0) + ok(0, 1) + put(1) + ok(1, 2) + many((i) => also('"behind":0', page(i, trim, read(1 + (i % 2), i % 2)))),
  'one reader that starts LATEST again and again': () =>
    many(
      (i) =>
        put(i) +
        ok(i, i + 1) +
        `{"t":2,"t0":2,"type":"page","reader":"r","chain":${i},"shard":"s","from":{"type":"LATEST","t0":2,"t":2},"records":[${read(i + 1, i)}]}\n`,
    ),
  'one reader that starts AT_TIMESTAMP again and again': () =>
    serial + many((i) => page(i, `"AT_TIMESTAMP","at":${i + 1}`, read(i + 1, i))),
  'one reader that starts AT a number again and again, never where it ended': () =>
    serial + many((i) => page(i, `"AT_SEQUENCE_NUMBER","seq":"${i + 1}"`, read(i + 1, i))),
  'a consumer that starts again at each record': () =>
    serial +
    reader('r', 'subject') +
    many((i) => page(i, '"UNKNOWN"', `${read(i + 1, i)}${i + 1 < count ? `,${read(i + 2, i + 1)}` : ''}`)),
  'readers of one shard': () =>
    serial + many((i) => reader(`r${i}`) + page(i, `"AT_SEQUENCE_NUMBER","seq":"${i + 1}"`, read(i + 1, i), `r${i}`)),
  'consumers of one shard': () =>
    serial + many((i) => reader(`r${i}`, 'subject') + page(i, '"UNKNOWN"', read(i + 1, i), `r${i}`)),
  'records acknowledged at one place': () => many((i) => put(i) + ok(i, 1)) + reader('r') + page(1, trim, read(1, 0)),
  'one key in shards that nothing relates': () => oneShardEach((i) => i + 1),
  'one key through a long line of shards': () => lineage((i) => i - 1) + oneShardEach((i) => 2 * i + 1),
  'one key in all children of one shard': () => lineage(() => 0) + oneShardEach((i) => 2 * i + 1),
  'one key through a long line of splits and merges': () =>
    splitsAndMerges +
    resharded +
    inShards(
      (i) => 2 * i + 1,
      (i) => i % 3 !== 2,
    ),
  'one key in both children of each of many splits': () =>
    splitsAndMerges +
    inShards(
      (i) => 2 * i + 1,
      () => true,
    ),
  'puts without an answer that are read': () =>
    many((i) => put(i)) +
    reader('r') +
    page(
      1,
      trim,
      many((i) => read(i + 1, i), ','),
    ),
  'one record sent and stored again and again': () =>
    many((i) => put(i).replace(/"n":\d+/, '"n":0') + ok(i, i + 1)) +
    reader('r') +
    page(
      1,
      trim,
      many((i) => read(i + 1, 0), ','),
    ),
  'numbers far apart': () => many((i) => put(i).replace(/"n":\d+/, `"n":${i * 1000}`) + ok(i, i + 1)),
};

describe(`${count} of anything are judged in linear time and memory`, () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinesis-order-growth-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.entries(cases))('%s', { timeout: 20_000 }, async (_, make) => {
    const file = join(folder, 'history.ndjson');
    await writeFile(file, head + make() + end);
    const { claims } = await checkHistory(file);
    expect(claims.filter(({ why }) => why.startsWith('the check crashed'))).toEqual([]);
  });

  it('150,000 findings of one key do not crash the judge', { timeout: 30_000 }, async () => {
    const length = 150_000;
    const lines = Array.from({ length }, (_, i) => put(i) + ok(i, length - i)).join('');
    const records = Array.from({ length }, (_, i) => read(i + 1, length - 1 - i)).join(',');
    const file = join(folder, 'history.ndjson');
    await writeFile(file, `${head}${lines}${reader('r')}${page(1, trim, records)}${end}`);
    const { claims } = await checkHistory(file);
    expect(claims.find(({ anomaly }) => anomaly === 'key-reorder')).toMatchObject({
      verdict: 'violated',
      found: length - 1,
    });
  });
});
