import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaultInput } from '../../faults/registry.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { loadScenarios } from '../../scenario/load.ts';
import { vocabulary } from '../../session/catalog.ts';
import { runAndJudge } from '../../session/run-and-judge.ts';
import { kinesalite } from '../../targets/kinesalite.ts';
import { kinesisLocal } from '../../targets/kinesis-local.ts';
import type { RunningTarget } from '../../targets/target.ts';
import { deepSeed, engineRuns, isDeep } from '../generators/runs.ts';
import { type CheckEngineOptions, checkEngine, EngineError } from './check-engine.ts';
import { allPositions } from './commands.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-model-'));
});
afterAll(() => rm(folder, { recursive: true }));

const runs = engineRuns(5, 200);
const maxCommands = engineRuns(8, 12);
/** Lists differ in length, and a busy machine takes its time. */
const timeout = isDeep ? 6 * 3_600_000 : 180_000;
/** The fast engine is enough to show that the lies are found; the deep test asks both. */
const liars = isDeep ? ['kinesalite', 'kinesis-local'] : ['kinesalite'];

describe.each([
  // kinesalite never ends an AT_TIMESTAMP on an empty shard (conformance: at-timestamp-on-an-empty-shard).
  ['kinesalite', kinesalite, allPositions.filter((position) => position !== 'AT_TIMESTAMP')],
  ['kinesis-local', kinesisLocal, allPositions],
] as const)('%s', (name, engine, positions) => {
  let target: RunningTarget;
  beforeAll(async () => {
    target = await engine.start({ region: 'us-east-1', cacheFolder: '.cache' });
  });
  afterAll(() => target.stop());

  test('keeps its order under any list of commands, except for known deviations', { timeout }, () =>
    checkEngine({ target, folder, runs, maxCommands, positions, ...deepSeed() }),
  );

  if (!liars.includes(name)) return;

  describe('behind a proxy with faults that AWS rules out', () => {
    test.each([
      ['lose-record', /: (lost-write|premature-shard-end): /],
      ['duplicate-record', /: duplicate: /],
      ['reorder-record', /: (ack-mismatch|key-reorder): /],
    ] as const)('%s is caught, shrunk, saved and replayed', { timeout }, async (type, finding) => {
      const caught = await caughtBy({
        target,
        folder,
        runs: 50,
        maxCommands: 5,
        positions,
        faults: [{ type, call: 2 }],
      });
      expect(caught.message).toMatch(finding);
      expect(caught.message).toMatch(
        /smallest commands found .*\n {2}again with seed -?\d+, path "[\d:]+"\n {2}replay: npx /,
      );
      const { scenario, problems, verdict, seed } = caught.counterexample;
      expect([scenario.reshard, scenario.consumers].flat().length).toBeLessThan(2);
      const history = await replayed(target, caught.file, seed);
      expect(history.verdict).toBe(verdict);
      const violated = history.claims.filter((claim) => claim.verdict === 'violated').map(({ anomaly }) => anomaly);
      for (const anomaly of violated) expect(problems.join('\n')).toContain(`${anomaly}: `);
      expect(violated).not.toEqual([]);
    });
  });

  test('a record that is acknowledged and stored later is a reorder by the service', async () => {
    const history = await replayed(target, await saved({ type: 'reorder-record', call: 2 }), 1);
    expect(history.findings.filter(({ anomaly }) => anomaly === 'key-reorder')).toMatchObject([
      { kind: null, blame: 'service-write', expect: 'forbid' },
    ]);
  });
});

const caughtBy = async (options: CheckEngineOptions): Promise<EngineError> => {
  const caught = await checkEngine(options).catch((thrown: unknown) => thrown);
  if (caught instanceof EngineError) return caught;
  throw caught ?? new Error('the lie was not found');
};

/** Three records of one key, one by one, behind a fault. */
const saved = async (fault: FaultInput): Promise<string> => {
  const file = join(folder, 'three-puts.scenario.json');
  const workload = { keys: 1, recordsPerKey: 3 };
  const scenario = { name: 'three-puts', why: 'a lie', workload, producers: [{ type: 'scripted', calls: [1, 1, 1] }] };
  await writeFile(file, JSON.stringify({ ...scenario, faults: [fault] }));
  return file;
};

/** As `kinesis-order run FILE --seed SEED` does. */
const replayed = async (target: RunningTarget, file: string, seed: number): Promise<HistoryVerdict> => {
  const [loaded] = await loadScenarios({ patterns: [file], cwd: folder, vocabulary, seed: String(seed) });
  if (loaded === undefined) throw new Error(`${file} holds no scenario`);
  const how = { target, replayArgs: '', folder, run: `r-${seed}`, keep: false, strict: false };
  const { history, run } = await runAndJudge(loaded, { ...how, signal: new AbortController().signal });
  if (history === undefined) throw new Error(run.error);
  return history;
};
