import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adversary } from '../../faults/adversary.ts';
import { command, getRecords, putRecord, putRecords, splitShard } from '../../index.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import type { ScenarioInput } from '../../session/define-scenario.ts';
import { kinesalite } from '../../targets/kinesalite.ts';
import type { RunningTarget } from '../../targets/target.ts';
import { liveRun } from './live-run.ts';

/** Clients that do not keep order: the adversary breaks each within 20 seeds. */
const seedsMax = 20;
let target: RunningTarget;
let folder: string;

beforeAll(async () => {
  target = await kinesalite.start({ region: 'us-east-1', cacheFolder: '/nowhere' });
  folder = await mkdtemp(join(tmpdir(), 'breaks-'));
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true });
});

type Scene = Omit<ScenarioInput, 'name' | 'why'>;
type IsBroken = (verdict: HistoryVerdict) => boolean;

const consumer = fileURLToPath(new URL('../stand-ins/consumer.mjs', import.meta.url));
const reads = (...args: string[]): NonNullable<Scene['consumers']> => [
  command({
    name: 'app',
    role: 'subject',
    run: [process.execPath, consumer, 'stream={stream}', 'limit=3', ...args],
    owes: 'TRIM_HORIZON',
    doneMs: 4000,
    gracefulShutdown: { signal: 'SIGTERM', timeoutMs: 500 },
  }),
];

const workload = { keys: 4, recordsPerKey: 20 };
const written: Scene = {
  stream: { shards: 2 },
  workload,
  producers: [putRecord({ retry: 'resend', attempts: 100, rate: 100 })],
  faults: [adversary({ intensity: 0.2 })],
};
const split: Scene = { ...written, stream: { shards: 1 }, reshard: [splitShard({ afterAcked: 30 })] };
/** Records come as quickly as pages do: a reader whose page is held back has the end of the parent still before it. */
const quickSplit: Scene = {
  ...split,
  producers: [putRecord({ retry: 'resend', attempts: 100, rate: 500 })],
  faults: [adversary({ intensity: 0.3 })],
};
const writes = (producer: NonNullable<Scene['producers']>[number], expectations: Scene['expect'] = {}): Scene => ({
  ...written,
  producers: [producer],
  consumers: [getRecords()],
  expect: expectations,
});

const isViolated =
  (claim: string): IsBroken =>
  ({ claims }) =>
    claims.some(({ anomaly, verdict }) => anomaly === claim && verdict === 'violated');
const isOutOfOrder: IsBroken = ({ order }) => order?.kept === false;

const breakable: readonly (readonly [string, Scene, IsBroken])[] = [
  ['failed entries sent again', writes(putRecords({ batch: 5, retry: 'failed-entries' })), isOutOfOrder],
  [
    'a retry after a lost answer',
    writes(putRecord({ retry: 'resend', attempts: 100 }), { forbid: ['duplicate'] }),
    isViolated('duplicate'),
  ],
  ['a pool of threads', writes(putRecord({ inFlight: 8, retry: 'resend', attempts: 100 })), isOutOfOrder],
  ['LATEST after an expired iterator', { ...written, consumers: reads('renew=LATEST') }, isViolated('subject-loss')],
  [
    'a child read before its parent',
    { ...quickSplit, consumers: reads('renew=AFTER', 'eager', 'look=5') },
    isViolated('child-before-parent'),
  ],
  [
    'a checkpoint before work',
    { ...written, consumers: reads('renew=AFTER', 'ahead') },
    isViolated('checkpoint-ahead'),
  ],
];

/** The first seed that breaks it. */
const firstBroken = async (scene: Scene, isBroken: IsBroken): Promise<number | undefined> => {
  for (let seed = 1; seed <= seedsMax; seed += 1) {
    const { verdict } = await liveRun(scene, { target, folder, seed: String(seed) });
    if (isBroken(verdict)) return seed;
  }
  return undefined;
};

describe('within 20 seeds, the adversary breaks', () => {
  test.each(breakable)('%s', async (_, scene, isBroken) => {
    expect(await firstBroken(scene, isBroken)).toBeLessThanOrEqual(seedsMax);
  });
});

test('the adversary does not break the same consumer if it resumes after the records that it handled', async () => {
  for (const seed of ['1', '2', '3']) {
    const { verdict } = await liveRun({ ...split, consumers: reads('renew=AFTER') }, { target, folder, seed });
    expect(verdict.claims.filter((claim) => claim.verdict === 'violated')).toEqual([]);
  }
});
