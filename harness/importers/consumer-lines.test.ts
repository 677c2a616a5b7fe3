import { describe, expect, test } from 'vitest';
import { importing, type Judged } from '../testing/imported.ts';
import { importLineFor } from './recognise.ts';

const { file, imported } = importing();

const shard = 'shardId-000000000000';
const seq = (n: number): string =>
  `496800000000000000000000000000000000000000000000000000${String(n).padStart(2, '0')}`;
const hand = { worker: 'w1', shard };
const data = (n: number): string => Buffer.from(JSON.stringify({ version: n })).toString('base64');
const deliver = (batch: string, ...records: readonly (readonly [place: number, n: number])[]) => ({
  type: 'deliver',
  ...hand,
  batch,
  records: records.map(([place, n]) => ({ seq: seq(place), key: 'a', data: data(n) })),
});

const begin = '2026-11-29T07:00:';
const logged = (...lines: readonly object[]): string =>
  lines.map((line, index) => `${begin}${String(index).padStart(2, '0')}.000Z INFO ${JSON.stringify(line)}\n`).join('');
const plain = (...lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

const outcome = ({ verdict }: Judged, anomaly: string): string | undefined =>
  verdict.claims.find((claim) => claim.anomaly === anomaly)?.verdict;

describe('the lines of a consumer under test, kept in a log', () => {
  const start = { type: 'start', ...hand, at: 'TRIM_HORIZON' };

  test('become deliveries and reports, with a done batch split into records', async () => {
    const path = await file(
      logged(start, deliver('b1', [1, 5], [2, 6]), { type: 'done', ...hand, batch: 'b1' }, { type: 'end', ...hand }),
    );
    const { lines, head, records } = await imported([{ format: 'jsonl', path, isPut: false }]);
    expect(records).toBe(2);
    expect(head.import).toMatchObject({ lacks: [] });
    expect(lines.slice(1, -2)).toMatchObject([
      { type: 'reader', role: 'subject' },
      { type: 'subject', event: 'start', at: 'TRIM_HORIZON', worker: 'w1', t: 0 },
      { type: 'page', chain: 1, from: { type: 'TRIM_HORIZON', t: 0 }, t: 1e6, records: [{ n: 5 }, { n: 6 }] },
      { type: 'subject', event: 'done', seq: seq(1), t: 2e6 },
      { type: 'subject', event: 'done', seq: seq(2) },
      { type: 'subject', event: 'end', t: 3e6 },
    ]);
  });

  test('say in which lines of the log they stand', async () => {
    const path = await file(logged(start, deliver('b1', [1, 5], [2, 6]), deliver('b2', [3, 9])));
    const { lines } = await imported([{ format: 'jsonl', path, isPut: false }]);
    expect(lines.filter(({ type }) => type === 'page')).toMatchObject([
      { file: 0, lines: '2*2' },
      { file: 0, lines: '3' },
    ]);
  });

  test('an order that is broken is found, and one that is kept holds', async () => {
    const kept = await file(logged(start, deliver('b1', [1, 5], [2, 6]), deliver('b2', [3, 9])));
    const broken = await file(logged(start, deliver('b1', [1, 5], [2, 7]), deliver('b2', [3, 6])));
    const [good, bad] = [
      await imported([{ format: 'jsonl', path: kept, isPut: false }]),
      await imported([{ format: 'jsonl', path: broken, isPut: false }]),
    ];
    expect(good.verdict.verdict).toBe('holds');
    expect(bad.verdict.order).toMatchObject({ kept: false, inversions: 1 });
  });

  test('a delivery at or before the last checkpoint is a violation', async () => {
    const checkpoint = { type: 'checkpoint', ...hand, seq: seq(2) };
    const again = await file(logged(start, deliver('b1', [1, 5], [2, 6]), checkpoint, start, deliver('b2', [2, 6])));
    const judged = await imported([{ format: 'jsonl', path: again, isPut: false }]);
    expect(outcome(judged, 'subject-duplicate')).toBe('violated');
    const findings = judged.verdict.findings.filter(({ anomaly }) => anomaly === 'subject-duplicate');
    expect(findings).toMatchObject([{ kind: 'checkpointed' }]);
  });

  test('without times, only the order of the lines is used', async () => {
    const path = await file(plain(start, deliver('b1', [1, 5], [2, 6])));
    const { head, lines, verdict } = await imported([{ format: 'jsonl', path, isPut: false }]);
    expect(head).toMatchObject({ clock: 'none', import: { lacks: ['time'] } });
    expect(lines.find(({ type }) => type === 'page')).toMatchObject({ from: { type: 'TRIM_HORIZON' } });
    expect(lines.find(({ type }) => type === 'page')).not.toHaveProperty('t0');
    expect(verdict.verdict).toBe('holds');
  });

  test('a counter may be in the record instead of the payload', async () => {
    const records = [1, 2].map((n) => ({ seq: seq(n), key: 'a', n: 3 - n }));
    const path = await file(plain({ type: 'deliver', ...hand, records }));
    const { verdict } = await imported([{ format: 'jsonl', path, isPut: false }]);
    expect(verdict.order).toMatchObject({ kept: false, inversions: 1 });
  });

  test('with the log of the puts, a retried batch is not a second reading of the stream', async () => {
    const at = (second: number) => `${begin}${String(second).padStart(2, '0')}.500Z`;
    const put = (place: number, n: number) => ({
      time: at(0),
      key: 'a',
      shard,
      version: n,
      sequenceNumber: seq(place),
    });
    const puts = await file(plain(put(1, 5), put(2, 6)));
    const path = await file(
      logged(
        { type: 'end', ...hand },
        start,
        deliver('b1', [1, 5], [2, 6]),
        { type: 'failed', ...hand, batch: 'b1' },
        deliver('b2', [1, 5], [2, 6]),
      ),
    );
    const judged = await imported([
      { format: 'jsonl', path: puts, isPut: true },
      { format: 'jsonl', path, isPut: false },
    ]);
    expect(outcome(judged, 're-delivery')).not.toBe('violated');
    expect(judged.verdict.findings.filter(({ blame }) => blame?.startsWith('service'))).toEqual([]);
    expect(judged.verdict.counts).toMatchObject({ acked: 2, read: 2 });
  });

  test('a line that is cut off is counted, with its number and the reason', async () => {
    const bad = { type: 'deliver', ...hand, records: [{ seq: 12, key: 'a' }] };
    const path = await file(plain(start, bad, deliver('b1', [1, 5])));
    const { words } = await imported([{ format: 'jsonl', path, isPut: false }]);
    expect(words.join('\n')).toMatch(/1 broken lines? .*line 2: deliver: records\[0\]\.seq: expected a decimal number/);
  });

  test('check prints the import command', async () => {
    const path = await file(plain(start, deliver('b1', [1, 5], [2, 6])), 'said.log');
    expect(await importLineFor(path)).toMatch(/^kinesis-order import jsonl \S*said\.log --id json:\/version --out/);
  });
});

test('a counter that is found by its last word in a long file is found in a short one', async () => {
  const given = (batch: string, ...counters: readonly number[]) => ({
    ...deliver(batch),
    records: counters.map((n) => ({
      seq: seq(n),
      key: 'a',
      data: Buffer.from(JSON.stringify({ orderVersion: n })).toString('base64'),
    })),
  });
  const files = [await file(plain(given('b1', 1, 2, 3, 4))), await file(plain(given('b2', 5)))];
  const { verdict } = await imported(files.map((path) => ({ format: 'jsonl', path, isPut: false }) as const));
  expect(verdict.order).toMatchObject({ kept: true, pairs: 4 });
});
