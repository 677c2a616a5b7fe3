import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { median } from '../../lib/median.ts';
import { kinesalite } from '../../targets/kinesalite.ts';
import { kinesisLocal } from '../../targets/kinesis-local.ts';
import type { RunningTarget, Target } from '../../targets/target.ts';
import { type Engine, type KeepingRun, keepingRun } from './keeping-run.ts';
import { keepingSummary } from './keeping-summary.ts';
import { liveRun } from './live-run.ts';
import { orderKeeping } from './order-keeping.ts';

/**
 * Legal faults alone never make a claim about the service violated for a client that keeps order. This is the short
 * form; `npm run soak:adversary` runs thousands of seeds.
 */
const engines: readonly (readonly [Engine, Target, number])[] = [
  ['kinesalite', kinesalite, 12],
  ['kinesis-local', kinesisLocal, 3],
];

describe.each(engines)('%s', (name, engine, seeds) => {
  let target: RunningTarget;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keeps-'));
    target = await engine.start({ region: 'us-east-1', cacheFolder: folder });
  });
  afterAll(async () => {
    await target.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('with legal faults only, a client that keeps order has no violation', { timeout: 600_000 }, async () => {
    const runs: KeepingRun[] = [];
    for (let seed = 1; seed <= seeds; seed += 1) {
      const run = await keepingRun(name, seed, { target, folder });
      expect(run, JSON.stringify(run)).toMatchObject({ seed, violated: [], verdict: 'holds' });
      expect(run.acked).toBeGreaterThanOrEqual(200);
      runs.push(run);
    }
    expect(median(runs.map(({ fired }) => Object.keys(fired).length))).toBeGreaterThanOrEqual(3);
    expect(keepingSummary(runs)[0]).toContain(`${seeds} runs: ${seeds} hold, 0 violated, 0 unknown`);
  });
});

test('the same seed draws the same faults for the same puts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keeps-'));
  const target = await kinesalite.start({ region: 'us-east-1', cacheFolder: folder });
  const puts = async (): Promise<readonly unknown[]> => {
    const { fired } = await liveRun(orderKeeping, { target, folder, seed: '11' });
    return fired.flatMap(({ op, detail }) => (op === undefined ? [] : [[op, detail?.['kind']]]));
  };
  const once = await puts();
  expect(once.length).toBeGreaterThan(3);
  expect(await puts()).toEqual(once);
  await target.stop();
  await rm(folder, { recursive: true, force: true });
});
