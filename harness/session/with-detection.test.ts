import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { systemClock } from '../lib/clock.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { measuredHistory } from '../testing/generators/measured-history.ts';
import { outOfOrder } from '../testing/generators/two-records.ts';
import { type DetectionMode, DetectionShare, detectionModeOf } from './with-detection.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-detection-'));
});
afterAll(() => rm(folder, { recursive: true }));

const written = async (name: string, lines: readonly unknown[]): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  return path;
};
const judged = async (path: string, mode: DetectionMode, histories = 1): Promise<HistoryVerdict> =>
  new DetectionShare({ mode, clock: systemClock() }, histories).of(await checkHistory(path));

test('a history that holds is measured, and its verdict stays', async () => {
  const path = await written('holds.ndjson', measuredHistory());
  const { detection, ...verdict } = await judged(path, 'bounded');
  expect(detection).toMatchObject({
    seed: '7',
    records: 12,
    kinds: [{ kind: 'lose', tried: 12, detected: 12 }, {}, {}, {}, {}, {}, {}, {}],
  });
  expect(verdict).toEqual(await checkHistory(path));
});

test('the time is shared: of many histories each is tried less', async () => {
  const path = await written('shared.ndjson', measuredHistory());
  const { detection } = await judged(path, 'bounded', 100);
  if (detection === undefined || 'skipped' in detection) throw new Error('it was measured');
  expect(Math.max(...detection.kinds.map(({ tried }) => tried))).toBeLessThan(12);
});

test('one that does not hold has shown what it can show', async () => {
  expect(await judged(await written('bad.ndjson', outOfOrder().end().lines), 'all')).not.toHaveProperty('detection');
});

test('nothing is measured with --no-power', async () => {
  expect(await judged(await written('no.ndjson', measuredHistory()), detectionModeOf(false))).not.toHaveProperty(
    'detection',
  );
});

test('a large one is not read again, unless that is asked for; a huge one never', async () => {
  const path = await written('large.ndjson', measuredHistory());
  const verdict = await checkHistory(path);
  // Only its size is looked at.
  const sized = async (bytes: number, said: boolean | undefined): Promise<unknown> => {
    await truncate(path, bytes);
    return (await new DetectionShare({ mode: detectionModeOf(said), clock: systemClock() }, 1).of(verdict)).detection;
  };
  expect(await sized(20_000_000, undefined)).toEqual({ skipped: 'it would take longer than 1.5 s: --power' });
  expect(await sized(200_000_000, true)).toEqual({ skipped: '200 MB, and no more than 128 are held in memory' });
});
