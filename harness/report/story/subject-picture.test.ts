import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reportSources } from '../../cli/report-sources.ts';
import { checkHistory } from '../../judging/check-history.ts';
import type { AnomalyId } from '../../model/anomaly.ts';
import { drawingSource, witnessDrawing } from '../drawing/witness-drawing.ts';
import { findingPicture } from './finding-picture.ts';
import type { RecordPicture } from './picture.ts';

const folder = 'harness/testing/cases/subjects';

const drawn = async (
  name: string,
  anomaly: AnomalyId,
): Promise<{ picture: RecordPicture; lines: readonly string[] }> => {
  return drawnFrom(`${folder}/${name}.ndjson`, anomaly);
};

const drawnFrom = async (
  path: string,
  anomaly: AnomalyId,
): Promise<{ picture: RecordPicture; lines: readonly string[] }> => {
  const verdict = await checkHistory(path);
  const finding = verdict.findings.find((one) => one.anomaly === anomaly);
  if (finding === undefined) throw new Error(`${path} has no ${anomaly}`);
  const source = await drawingSource(verdict, [finding], reportSources());
  const picture = findingPicture(source, finding);
  if (picture?.kind !== 'records') throw new Error(`${anomaly} of ${path} is not drawn`);
  return { picture, lines: witnessDrawing(source, finding, { width: 110 }) };
};

const row = (lines: readonly string[], title: string): string =>
  lines
    .find((line) => line.startsWith(title))
    ?.slice(title.length)
    .trim()
    .replaceAll(/\s+/g, ' ') ?? '';

/** What the row of a track says, by hand from the history. */
test.each([
  ['c-acked-complete-and-unknown-outcome', 'subject-loss', 'read by app', '0 1 2 -3-'],
  ['c-acked-head', 'subject-loss', 'read by app', '-0- 1 2 3'],
  ['d-allowed-by-scenario', 'subject-reorder', 'read by app', '0 2 1 3'],
  ['a-failover-again-from-the-checkpoint', 'subject-duplicate', 'read by app', '0 1 2 3 4 3² 4² 5 6'],
  ['a-failover-again-from-the-checkpoint', 'subject-duplicate', 'checkpoint', '|2'],
  ['e-ahead-and-lost', 'checkpoint-ahead', 'read by app', '0 1 -2- 4 5'],
  ['e-ahead-and-lost', 'checkpoint-ahead', 'checkpoint', '|3'],
  ['e-back-and-forth', 'checkpoint-back', 'checkpoint', '|3 |1'],
  ['d-two-workers-one-shard', 'two-owners', 'read by app', '0 2 3 1'],
  ['d-effect-child-before-parent', 'effect-reorder', 'done by app', '0 2 1 3'],
  ['d-effect-dump', 'effect-duplicate', 'done by app', '0 2 1 3 3²'],
  ['f-fetched-for-the-group', 'fetched-not-delivered', 'read by i2', '-2- 3 4'],
  ['b-discard-to-without-delivery', 'subject-discard', 'gave up by app', '×2'],
  ['f-claim-above-what-was-read', 'subject-claim', 'stored', '1 2 3 -4-'],
  ['d-child-before-parent', 'child-before-parent', 'read by app', '0 2 3 1'],
  ['b-kcl-drops-a-stray-no-owes', 'stray-sub-record', 'stored', '1 0 1² 2'],
  ['f-stray-after-a-split', 'undeliverable', 'acknowledged', '0 1 2 3'],
] as const)('%s: %s is drawn, %s', async (name, anomaly, title, marks) => {
  const { picture, lines } = await drawn(name, anomaly);
  expect(row(lines, title)).toBe(marks);
  expect(picture.records.some(({ role }) => role === 'late')).toBe(true);
});

test('who took a shard over stands above what it was given', async () => {
  const { lines } = await drawn('d-two-workers-one-shard', 'two-owners');
  expect(lines[0]).toBe('Worker w1 of consumer app went on with shard 0 after worker w2 had taken it over');
  expect(lines.some((line) => /line 13 w1 +line 14 w2 +line 15 w1/.test(line))).toBe(true);
});

/** What a consumer without named workers received, a page each, behind so many empty lines. */
const dumpOf = (numbers: readonly number[], empty: number): string =>
  [
    '{"type":"head","format":"kinesis-order-history","version":1,"run":"r","recorded":["pages"],"clock":"none"}',
    '{"t":1,"type":"reader","reader":"app","role":"subject"}',
    ...Array.from({ length: empty }, () => ''),
    ...numbers.map((n, at) => {
      const records = [{ seq: String(at + 1), key: 'k', n }];
      const from = at === 0 ? { from: { type: 'UNKNOWN' } } : {};
      return JSON.stringify({ t: at + 2, type: 'page', reader: 'app', chain: 0, shard: 's', ...from, records });
    }),
    '{"t":9,"type":"end","reason":"completed"}',
  ].join('\n');

test('line numbers of five digits stand above each delivery', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kinesis-order-'));
  try {
    const path = join(dir, 'long.ndjson');
    writeFileSync(path, dumpOf([1, 0, 2], 20_000));
    const { lines } = await drawnFrom(path, 'key-reorder');
    expect(lines.some((line) => /line 20003 +line 20004 +line 20005/.test(line))).toBe(true);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
