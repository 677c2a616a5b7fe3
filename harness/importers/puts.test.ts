import { describe, expect, test } from 'vitest';
import { measureDetection } from '../detection/measure.ts';
import type { HistoryLine } from '../judging/check-history.ts';
import { type Asked, importing, type Judged } from '../testing/imported.ts';
import { claimOf, type Row, rowsOf } from '../testing/imported-rows.ts';

const { file, imported } = importing();

const reads = (...rows: readonly Row[]): string => rowsOf(rows);
const seqOf = (seq: number): string =>
  `4966000000000000000000000000000000000000000000000000${String(seq).padStart(4, '0')}`;
const put = (time: string, n: number, end: string, key = 'customer=k'): string =>
  `${time} INFO Publisher - put ${key} version=${n} ${end}`;
const ok = (seq: number): string => `shard=shardId-000000000000 seq=${seqOf(seq)}`;

const both = async (puts: readonly string[], dump: string, asked: Asked = {}): Promise<Judged> =>
  imported(
    [
      { format: 'log', path: await file(`${puts.join('\n')}\n`, 'puts.log'), isPut: true },
      { format: 'jsonl', path: await file(dump, 'reads.jsonl'), isPut: false },
    ],
    asked,
  );
const acks = ({ lines }: Judged): readonly unknown[] =>
  lines.filter(({ type }) => type === 'ack').map(({ outcome, error }) => [outcome, error]);
const at = (second: number, hour = '09'): string => `2026-11-24 ${hour}:00:0${second},000`;

describe('the key of puts and reads', () => {
  test('a field of the puts with the values of the reads’ key is the key', async () => {
    const judged = await both([put(at(0), 1, ok(1)), put(at(0), 2, ok(2))], reads([0, 1, 'k', 1], [0, 2, 'k', 2]));
    expect(judged.found[0]?.mapping?.key?.text).toBe('.customer');
    expect(judged.verdict.counts).toMatchObject({ acked: 2, read: 2, unseen: 0 });
    expect(judged.verdict.verdict).toBe('holds');
  });

  test('puts without a key and reads with one are refused, naming the flag and the fields', async () => {
    const thrown = await both([put(at(0), 1, ok(1), 'buyer=k')], reads([0, 1, 'k', 1])).catch(
      (error: unknown) => error,
    );
    expect(thrown).toMatchObject({
      message: expect.stringMatching(/puts\.log has no key, and the other side has one/),
    });
    expect((thrown as { hint: string }).hint).toMatch(/--map puts\.key=…; fields found: .*\.buyer/);
    const named = await both([put(at(0), 1, ok(1), 'buyer=k')], reads([0, 1, 'k', 1]), { map: ['puts.key=.buyer'] });
    expect(named.verdict.counts).toMatchObject({ acked: 1, read: 1 });
  });

  test('puts with a key and reads without one are refused too', async () => {
    const dump = JSON.stringify({ sequenceNumber: seqOf(1), shardId: 'shardId-000000000000', counter: 1 });
    await expect(both([put(at(0), 1, ok(1), 'key=k')], dump)).rejects.toMatchObject({
      message: expect.stringMatching(/reads\.jsonl has no key/),
      hint: expect.stringContaining('--map reads.key=…'),
    });
  });

  test('without a key, customer is what must be in order on both sides', async () => {
    const dump = JSON.stringify({
      sequenceNumber: seqOf(1),
      shardId: 'shardId-000000000000',
      counter: 1,
      customer: 'k',
    });
    const judged = await both([put(at(0), 1, ok(1))], dump);
    expect(judged.found.map(({ mapping }) => mapping?.flow?.text)).toEqual(['.customer', '.customer']);
  });
});

describe('failed puts', () => {
  test.each([
    ['error=ProvisionedThroughputExceededException', 'fail', 'ProvisionedThroughputExceededException'],
    ['failed: com.amazonaws.ThrottlingException', 'fail', 'com.amazonaws.ThrottlingException'],
    ['error=ReadTimeout', 'info', 'ReadTimeout'],
    ['failed with ReadTimeout', 'info', 'ReadTimeout'],
    ['error=InternalFailure', 'info', 'InternalFailure'],
  ])('%s', async (end, outcome, error) => {
    const early = Array.from({ length: 600 }, (_, n) => put(at(0), n + 1, ok(n + 1)));
    const judged = await both([...early, put(at(1), 601, end), put(at(2), 601, ok(601))], reads([0, 601, 'k', 601]));
    expect(acks(judged).slice(-2)).toEqual([
      [outcome, error],
      ['ok', undefined],
    ]);
  });

  test('a record that was stored did not fail, whatever its line says', async () => {
    const judged = await both([put(at(0), 1, `${ok(1)} error=none`)], reads([0, 1, 'k', 1]));
    expect(acks(judged)).toEqual([['ok', undefined]]);
  });

  test('two copies from a retry after a timeout are found, although the head has no expectation for them', async () => {
    const puts = [put(at(0), 1, 'error=ReadTimeout'), put(at(1), 1, ok(5))];
    const judged = await both(puts, reads([0, 4, 'k', 1], [0, 5, 'k', 1]));
    expect(JSON.stringify(judged.head.scenario)).not.toContain('duplicate');
    const found = judged.verdict.findings.find(({ anomaly }) => anomaly === 'duplicate');
    expect(found).toMatchObject({ kind: 'retry' });
    expect(found?.sentence).toContain('ReadTimeout');
  });

  test('a missing name of the call is reported, not silently assumed', async () => {
    const judged = await both([put(at(0), 1, ok(1))], reads([0, 1, 'k', 1]));
    expect(judged.words.join('\n')).toContain('1 put does not name its call (PutRecord or PutRecords)');
    expect(judged.head.import?.lacks).toContain('call');
    expect(judged.verdict.aloud.join('\n')).toContain('taken as PutRecords, which promises no order');
  });
});

describe('zones', () => {
  const three = (hour: string): readonly string[] => [1, 2, 3].map((n) => put(at(n, hour), n, ok(n)));
  const dump = reads([0, 1, 'k', 1], [0, 2, 'k', 2], [0, 3, 'k', 3]);

  test('puts in local time: the message names the offset and the flag, and the flag corrects the times', async () => {
    const blind = await both(three('10'), dump);
    expect(blind.words.join('\n')).toMatch(/puts are 01:00 after their reads .*--zone puts=\+01:00/);
    expect(blind.words.join('\n')).toMatch(/times without a zone are read as UTC, in puts\.log/);
    const told = await both(three('10'), dump, { zone: ['puts=+01:00'] });
    expect(told.words.join('\n')).not.toContain('--zone');
    expect(told.lines.find(({ type }) => type === 'put')?.['t']).toBeLessThan(5_000_000);
  });

  test('a clock difference of a second is not taken for a time zone', async () => {
    expect((await both(three('09'), dump)).words.join('\n')).not.toContain('(median)');
  });
});

describe('detection power of an import', () => {
  test('a swap is detected, although all puts are logged after their reads', async () => {
    const numbers = Array.from({ length: 9 }, (_, n) => n + 1);
    const puts = numbers.map((n) => put(`2026-11-24 09:00:${30 + n},000`, n, ok(n)));
    const { lines } = await both(puts, reads(...numbers.map((n): Row => [0, n, 'k', n])));
    const { kinds } = await measureDetection(lines as readonly HistoryLine[], { budget: 100_000 });
    expect(kinds.find(({ kind }) => kind === 'swap')).toMatchObject({ places: 8, tried: 8, detected: 8 });
  });
});

describe('clocks of two machines', () => {
  const puts = [4, 5, 6].map((second, n) => put(at(second), n + 1, ok(n + 1)));
  const dump = reads([0, 1, 'k', 1], [0, 2, 'k', 2], [0, 3, 'k', 3]);

  test('puts that are logged after their reads: said, with the flag', async () => {
    expect((await both(puts, dump)).words.join('\n')).toMatch(
      /3 puts are logged after their reads, by up to 4000 ms: .*--clock-skew 4s says so/,
    );
  });

  test('nothing is said of a difference that was named, or where puts lie before their reads', async () => {
    expect((await both(puts, dump, { skewMs: 4000 })).words.join('\n')).not.toContain('after their reads');
    const early = [0, 1, 2].map((second, n) => put(at(second), n + 1, ok(n + 1)));
    expect((await both(early, dump)).words.join('\n')).not.toContain('after their reads');
  });
});

describe('counters that are times', () => {
  const time = 1_795_510_899_010;
  const bytes = (text: string): object => ({ data: Buffer.from(text).toString('base64') });
  const dump = async (rows: readonly Row[]): Promise<Judged> =>
    imported([{ format: 'jsonl', path: await file(rowsOf(rows)), isPut: false }]);

  test('two records with the same time and different bytes are two records, not a duplicate', async () => {
    const judged = await dump([
      [0, 1, 'k', time, bytes('one')],
      [0, 2, 'k', time, bytes('two')],
      [0, 3, 'k', time + 5, bytes('three')],
    ]);
    expect(judged.verdict.counts.read).toBe(3);
    expect(claimOf(judged.verdict, 'duplicate')?.found).toBe(0);
    expect(claimOf(judged.verdict, 'subject-duplicate')?.found).toBe(0);
    expect(judged.words.join('\n')).toContain('1 record has the same key and counter as another record');
  });

  test('the same bytes at another place are a duplicate; the same place is a redelivery', async () => {
    const copy = await dump([
      [0, 1, 'k', time, bytes('one')],
      [0, 2, 'k', time, bytes('one')],
    ]);
    expect(claimOf(copy.verdict, 'duplicate')?.found).toBe(1);
    const again = await dump([
      [0, 1, 'k', time, bytes('one')],
      [0, 2, 'k', time, bytes('two')],
      [0, 2, 'k', time, bytes('two')],
    ]);
    expect(claimOf(again.verdict, 'duplicate')?.found).toBe(0);
    expect(claimOf(again.verdict, 'subject-duplicate')?.found).toBe(1);
  });

  test('two puts with the same time at two places are two records, in either order of the logs', async () => {
    const puts = [...[1, 2].map((seq) => put(at(seq), time, ok(seq))), put(at(3), time + 5, ok(3))];
    const rows = reads(
      [0, 1, 'k', time, bytes('one')],
      [0, 2, 'k', time, bytes('two')],
      [0, 3, 'k', time + 5, bytes('three')],
    );
    for (const zone of ['+00:00', '-01:00', '+01:00']) {
      const judged = await both(puts, rows, { zone: [`puts=${zone}`] });
      expect(judged.verdict.counts).toMatchObject({ acked: 3, read: 3, unseen: 0 });
      expect(judged.verdict.verdict).toBe('holds');
    }
  });
});

describe('reads without a place, and puts with one', () => {
  const lacking = (...fields: readonly string[]): string =>
    reads([0, 1, 'k', 1], [0, 2, 'k', 2])
      .split('\n')
      .map((line) => JSON.stringify(JSON.parse(line), (name, value) => (fields.includes(name) ? undefined : value)))
      .join('\n');

  test.each([
    ['sequence numbers', ['sequenceNumber']],
    ['shards', ['shardId']],
    ['sequence numbers', ['sequenceNumber', 'shardId']],
  ])('no %s: a place counted by the importer is no proof against the acknowledged one', async (what, fields) => {
    const { verdict } = await both([put(at(0), 1, ok(1)), put(at(0), 2, ok(2))], lacking(...fields));
    expect(verdict.verdict).not.toBe('violated');
    const claim = claimOf(verdict, 'ack-mismatch');
    expect(claim).toMatchObject({ verdict: 'not-applicable' });
    expect(claim?.why).toContain(`the reads name no ${what}`);
  });
});
