import { describe, expect, test } from 'vitest';
import { importing } from '../testing/imported.ts';
import { claimOf, type Row, rowsOf } from '../testing/imported-rows.ts';

const { file, imported } = importing();

const given = (consumer: string, seqs: readonly number[]): readonly Row[] =>
  seqs.map((seq) => [0, seq, 'k', seq, { consumer }]);
const by = (field: string, rows: readonly Row[]): string => rowsOf(rows).replaceAll('"consumer"', `"${field}"`);
const interleaved = (one: readonly Row[], other: readonly Row[]): readonly Row[] =>
  one.flatMap((row, index) => [row, ...other.slice(index, index + 1)]);

const whole = interleaved(given('billing', [1, 2, 3, 4]), given('search', [1, 2, 3, 4]));
const gap = interleaved(given('billing', [1, 2, 3, 4]), given('search', [1, 2, 4]));

const dump = async (text: string) => imported([{ format: 'jsonl', path: await file(text), isPut: false }]);
const readers = (lines: readonly Record<string, unknown>[]): readonly unknown[] =>
  lines.filter(({ type }) => type === 'reader').map(({ reader }) => reader);

describe('several applications in one dump', () => {
  test.each(['consumer', 'application', 'app', 'group', 'consumerGroup'])('the field %s names them', async (field) => {
    const { verdict, lines } = await dump(by(field, whole));
    expect(readers(lines)).toEqual(['billing', 'search']);
    expect(verdict.verdict).toBe('holds');
    expect(claimOf(verdict, 'subject-duplicate')?.found).toBe(0);
  });

  test.each(['worker', 'instance', 'host', 'pod'])('the field %s names workers of one', async (field) => {
    const rows = given('w1', [1, 2]).concat(given('w2', [3, 4]));
    const { lines } = await dump(by(field, rows));
    expect(readers(lines)).toEqual(['consumer']);
    expect(lines.filter(({ type }) => type === 'page').map(({ worker }) => worker)).toEqual(['w1', 'w2']);
  });

  test('a record that one of them missed is reported, and the verdict is not "holds"', async () => {
    const { verdict, words } = await dump(by('consumer', gap));
    expect(words.join('\n')).toMatch(/search did not get "k" #3 \(\d+3 of shardId-0+\), which billing got/);
    expect(verdict.verdict).toBe('unknown');
    expect(verdict.unknown.join('\n')).toContain('search did not get "k" #3');
  });

  test('records before the first or after the last record of one are not missed', async () => {
    const rows = interleaved(given('billing', [1, 2, 3, 4]), given('search', [2, 3]));
    const { verdict, words } = await dump(by('consumer', rows));
    expect(words.join('\n')).not.toContain('did not get');
    expect(verdict.verdict).toBe('holds');
  });

  test('one file per application: read one after the other, and compared', async () => {
    const files = await Promise.all(
      [given('x', [1, 2, 3, 4]), given('x', [1, 2, 4])].map((rows) => file(by('other', rows))),
    );
    const { words, lines } = await imported(
      files.map((path, index) => ({ format: 'jsonl', path, isPut: false, reader: `app-${index}` }) as const),
    );
    expect(readers(lines)).toEqual(['app-0', 'app-1']);
    expect(words.join('\n')).toContain('app-1 did not get "k" #3');
  });

  test('a record redelivered to one, after all got it, is not missed by the others', async () => {
    const again = [...whole, ...given('billing', [3, 4])];
    const { words, lines } = await dump(by('consumer', again));
    expect(words.join('\n')).not.toContain('did not get');
    expect(lines.at(-1)).toMatchObject({ type: 'end', reason: 'completed' });
  });

  test('with puts, a gap of one application is not reported for another', async () => {
    const puts = rowsOf([1, 2, 3, 4].map((seq) => [0, seq, 'k', seq]));
    const { verdict } = await imported([
      { format: 'jsonl', path: await file(puts), isPut: true },
      { format: 'jsonl', path: await file(by('consumer', gap)), isPut: false },
    ]);
    expect(verdict.claims.filter((claim) => claim.verdict === 'violated')).toEqual([]);
    expect(verdict.unknown.join('\n')).toContain('search did not get "k" #3');
  });

  test('a KCL log must name its application if there are several', async () => {
    const log = '2026-11-24 09:00:00,000 DEBUG Initializing shard shardId-000000000000 with TRIM_HORIZON\n';
    const files = [
      { format: 'jsonl', path: await file(by('consumer', whole)), isPut: false },
      { format: 'kcl-log', path: await file(log, 'kcl-a.log'), isPut: false },
    ] as const;
    await expect(imported(files)).rejects.toThrow('kcl-a.log does not name its application');
  });
});

describe('several applications in a dump without sequence numbers', () => {
  const given = (consumer: string, ...counters: readonly number[]): readonly string[] =>
    counters.map((counter) => JSON.stringify({ key: 'k', consumer, counter }));

  test('the order of one does not excuse that of another', async () => {
    const lines = [...given('billing', 11), ...given('search', 13, 11)];
    const { verdict } = await dump(lines.join('\n'));
    expect(verdict.findings).toMatchObject([{ anomaly: 'subject-reorder', key: 'k' }]);
  });

  test('the same if each has its own file', async () => {
    const billing = await file(given('x', 1, 2, 3, 4).join('\n').replaceAll('consumer', 'other'));
    const search = await file(given('x', 1, 3, 2, 4).join('\n').replaceAll('consumer', 'other'));
    const { verdict } = await imported([
      { format: 'jsonl', path: billing, isPut: false, reader: 'billing' },
      { format: 'jsonl', path: search, isPut: false, reader: 'search' },
    ]);
    expect(verdict.findings).toMatchObject([{ anomaly: 'subject-reorder', key: 'k' }]);
  });

  test('the same in objects of Firehose, which each of them cuts at another record', async () => {
    const object = (...counters: readonly number[]) =>
      file(counters.map((seq) => JSON.stringify({ orderId: 'a', seq })).join(''));
    const files = [
      { path: await object(1, 2), reader: 'billing' },
      { path: await object(3, 4, 5), reader: 'billing' },
      { path: await object(1, 2, 4, 3), reader: 'search' },
      { path: await object(5), reader: 'search' },
    ];
    const { verdict } = await imported(files.map((one) => ({ format: 'firehose', isPut: false, ...one }) as const));
    expect(verdict.findings).toMatchObject([{ anomaly: 'subject-reorder' }]);
  });

  test('in order for each, whichever comes first: kept', async () => {
    const lines = [...given('billing', 1, 2), ...given('search', 1, 2, 3), ...given('billing', 3, 3, 4)];
    expect((await dump(lines.join('\n'))).verdict).toMatchObject({ verdict: 'holds', order: { kept: true } });
  });
});
