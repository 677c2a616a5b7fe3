import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinesalite } from '../../targets/kinesalite.ts';
import { kinesisLocal } from '../../targets/kinesis-local.ts';
import type { RunningTarget, Target } from '../../targets/target.ts';
import { liveRun } from './live-run.ts';
import { orderKeeping, orderKeepingOverSplit } from './order-keeping.ts';

/**
 * Legal faults alone never make a claim about the service violated for a client that keeps order. ADVERSARY_RUNS runs
 * more than the short form does, ADVERSARY_FROM begins at another seed.
 */
const asked = Number(process.env['ADVERSARY_RUNS'] ?? 0);
const first = Number(process.env['ADVERSARY_FROM'] ?? 1);

const engines: readonly (readonly [string, Target, typeof orderKeeping, number])[] = [
  ['kinesalite', kinesalite, orderKeeping, 12],
  ['kinesis-local, over a split', kinesisLocal, orderKeepingOverSplit, 3],
];

describe.each(engines)('%s', (_, engine, scene, short) => {
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

  test('legal faults alone break no promise to a client that keeps order', { timeout: 24 * 3_600_000 }, async () => {
    const runs = asked > 0 ? asked : short;
    const kinds: number[] = [];
    for (let seed = first; seed < first + runs; seed += 1) {
      const { verdict, fired, history } = await liveRun(scene, { target, folder, seed: String(seed) });
      const violated = verdict.claims.filter((claim) => claim.verdict === 'violated').map(({ anomaly }) => anomaly);
      expect({ seed, violated, verdict: verdict.verdict }).toEqual({ seed, violated: [], verdict: 'holds' });
      expect(verdict.counts.acked).toBeGreaterThanOrEqual(200);
      kinds.push(new Set(fired.map(({ detail }) => detail?.['kind'])).size);
      await rm(history);
    }
    expect(kinds.toSorted((a, b) => a - b)[Math.floor(kinds.length / 2)]).toBeGreaterThanOrEqual(3);
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
