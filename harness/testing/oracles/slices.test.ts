import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { mergeSlices } from '../../parts/merge-slices.ts';
import { type SliceReport, sliceReportOf } from '../../parts/slice-report.ts';
import { splitHistory } from '../../parts/split.ts';
import { ordinaryHistory } from '../generators/ordinary-history.ts';
import { wideHistory } from '../generators/wide-history.ts';
import { bytesOf } from './follow-bytes.ts';

/** What slices of one history say: its parts, as if each had been driven apart. Slice 1 alone reshards. */
const inSlices = async (
  bytes: Uint8Array,
  count: number,
  judged: (history: HistoryVerdict, index: number) => HistoryVerdict = (history) => history,
): Promise<{ whole: HistoryVerdict; merged: HistoryVerdict }> => {
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-slices-'));
  try {
    const path = join(folder, 'history.ndjson');
    await writeFile(path, bytes);
    const whole = await checkHistory(path);
    const { parts } = await splitHistory(path, { parts: count, folder });
    const reports: SliceReport[] = [];
    for (const [index, part] of parts.entries()) {
      const lines = (await readFile(part.path, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      lines[0] = { ...lines[0], slice: { index: index + 1, count, group: 'g' } };
      const own = index === 0 ? lines : lines.filter(({ type }) => type !== 'reshard');
      // Each slice counts what its own producers kept to themselves.
      const end = own.at(-1);
      if (end.neverSent !== undefined) end.neverSent = shareOf(end.neverSent, index, count);
      if (index > 0) lines[0].scenario = { ...lines[0].scenario, reshard: [] };
      await writeFile(part.path, `${own.map((line) => JSON.stringify(line)).join('\n')}\n`);
      const report = await sliceReportOf(part.path, judged(await checkHistory(part.path), index), {});
      reports.push(JSON.parse(JSON.stringify(report)) as SliceReport);
    }
    return { whole, merged: mergeSlices(reports.reverse()) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const shareOf = (all: number, index: number, count: number): number =>
  Math.floor(all / count) + (index < all % count ? 1 : 0);

/** The same history, of a run that ended with so many records unsent. */
const withUnsent = (lines: readonly object[], neverSent: number): readonly object[] =>
  neverSent === 0 ? lines : [...lines.slice(0, -1), { ...lines.at(-1), neverSent }];

/** Found in each part of a call that was cut: no slice cuts one. */
const ofCalls: ReadonlySet<string> = new Set(['response-misalignment', 'int-nonmonotonic-send', 'int-send-skip']);

/** Without what is of one clock and one file: calls at a time, and the lines of findings. */
const said = ({ verdict, claims, counts, order, power, complete, unknown }: HistoryVerdict) => ({
  verdict,
  unsent: unknown.filter((words) => words.endsWith('never sent')),
  complete,
  counts,
  order,
  power: { ...power, inFlight: 0 },
  claims: claims.map(
    ({ anomaly, verdict: word, expect: wanted, found }) =>
      `${anomaly} ${wanted} ${word} ${ofCalls.has(anomaly) ? found > 0 : found}`,
  ),
});

const expectLaw = async (bytes: Uint8Array, count: number): Promise<void> => {
  const { whole, merged } = await inSlices(bytes, count);
  expect(said(merged)).toEqual(said(whole));
};

/** Without cut runs: where a final reader missed a slice, order is counted by it alone, and here by others. */
const troubles = [{ troubles: false }, { troubles: false, reshards: true }, { troubles: false, odd: 2 }] as const;
const unsent = fc.constantFrom(0, 0, 1, 3);
const wide = fc.record({
  shards: fc.integer({ min: 2, max: 10 }),
  calls: fc.integer({ min: 5, max: 60 }),
  oddEvery: fc.constantFrom(0, 6, 40),
});

describe('merged slices give the same verdict as one driver', () => {
  test.prop([fc.nat(), wide, fc.constantFrom(1, 2, 3, 8), unsent], { numRuns: 60 })(
    'of many shards',
    (seed, shape, count, neverSent) =>
      expectLaw(bytesOf(withUnsent(wideHistory(String(seed), shape), neverSent)), count),
  );

  const counts = fc.constantFrom(1, 2, 3);
  test.prop([fc.nat(), fc.integer({ min: 20, max: 120 }), fc.constantFrom(...troubles), counts, unsent], {
    numRuns: 60,
    examples: [
      // Of the keys that crossed its later reshards nothing was read.
      [859153722, 97, troubles[1], 1, 0],
      // The final reader read nothing of one slice.
      [1593207409, 21, troubles[1], 2, 0],
      [2147483643, 21, troubles[1], 2, 0],
    ],
  })('of any seed', (seed, steps, trouble, count, neverSent) => {
    const lines = ordinaryHistory(String(seed), steps, trouble);
    // A run with consumers under test has no slices.
    fc.pre(!lines.some((line) => line.type === 'reader' && line.role === 'subject'));
    return expectLaw(bytesOf(withUnsent(lines, neverSent)), count);
  });

  test('a claim that is unknown in one slice, for a reason of that slice, is unknown after merging', async () => {
    const bytes = bytesOf(wideHistory('1', { shards: 4, calls: 20, oddEvery: 0 }));
    const why = 'the check crashed: out of luck';
    const crashed = (history: HistoryVerdict, index: number): HistoryVerdict => ({
      ...history,
      claims: history.claims.map((claim) =>
        index === 1 && claim.anomaly === 'duplicate' ? { ...claim, verdict: 'unknown', why } : claim,
      ),
    });
    const { whole, merged } = await inSlices(bytes, 2, crashed);
    expect(whole.verdict).toBe('holds');
    expect([merged.verdict, merged.unknown]).toEqual(['unknown', [`duplicate: ${why}`]]);
    expect(merged.claims.filter(({ verdict }) => verdict === 'unknown')).toHaveLength(1);
  });
});
