import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventSourceMapping, putRecord, splitShard } from '../../index.ts';
import { checkHistory } from '../../judging/check-history.ts';
import { systemClock } from '../../lib/clock.ts';
import { run } from '../../run/run.ts';
import { loadScenarios } from '../../scenario/load.ts';
import { resolveScenario } from '../../scenario/resolve.ts';
import type { ResolvedScenario } from '../../scenario/resolved.ts';
import { vocabulary } from '../../session/catalog.ts';
import { defineScenario } from '../../session/define-scenario.ts';
import { kinesalite } from '../../targets/kinesalite.ts';
import type { RunningTarget } from '../../targets/target.ts';

/** The scenarios of examples/lambda, as they stand, with the handlers that lie beside them. */
const examples = resolve('examples', 'lambda');
let folder: string;
let target: RunningTarget;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-lambda-'));
  target = await kinesalite.start({ cacheFolder: '.cache' });
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true, force: true });
});

const ran = async (scenario: ResolvedScenario) => {
  const signal = new AbortController().signal;
  const id = `r-${scenario.name}`;
  const result = await run({
    scenario,
    target,
    folder: join(folder, id),
    run: id,
    clock: systemClock(),
    keep: false,
    signal,
  });
  const verdict = await checkHistory(result.history);
  const claim = (anomaly: string) => verdict.claims.find((one) => one.anomaly === anomaly);
  return {
    ...verdict,
    result,
    notes: (result.findings ?? []).join('; '),
    violated: verdict.claims.filter((one) => one.verdict === 'violated').map(({ anomaly }) => anomaly),
    claim,
    history: await readFile(result.history, 'utf8'),
  };
};

const example = async (name: string): Promise<ResolvedScenario> => {
  const patterns = [join(examples, `${name}.scenario.ts`)];
  const [loaded] = await loadScenarios({ patterns, cwd: process.cwd(), vocabulary, seed: '1' });
  if (loaded === undefined) throw new Error(`there is no example ${name}`);
  return loaded.scenario;
};

describe('the example handlers', () => {
  test('a good handler with factor 4 holds across a split and a merge, and gets all records', async () => {
    const { violated, verdict, subjects, power, notes } = await ran(await example('orders'));
    expect([notes, violated, verdict]).toEqual(['', [], 'holds']);
    expect(subjects).toMatchObject([{ group: 'orders-fn', owed: 120, delivered: 120, neverReadShards: [] }]);
    expect(power['keysAcrossReshard']).toBeGreaterThan(0);
  });

  test('poison records with partial responses hold, and all others are handled once', async () => {
    const { violated, verdict, claim } = await ran(await example('poison'));
    expect([violated, verdict]).toEqual([[], 'holds']);
    expect(claim('subject-discard')).toMatchObject({ verdict: 'holds', found: 8 });
    expect(claim('effect-duplicate')).toMatchObject({ verdict: 'holds', found: 0 });
  });

  test('a handler that continues after a failure applies later records twice', async () => {
    const { violated, claim } = await ran(await example('goes-on'));
    expect(violated).toContain('effect-duplicate');
    expect(violated.filter((anomaly) => !anomaly.startsWith('effect-'))).toEqual([]);
    expect(claim('effect-duplicate')?.found).toBeGreaterThan(0);
  });

  test('a handler that throws until retries are exhausted loses whole batches', async () => {
    const { violated, claim, findings } = await ran(await example('throws'));
    expect(violated).toContain('subject-discard');
    expect(claim('subject-discard')?.found).toBeGreaterThan(8);
    expect(findings.find(({ anomaly }) => anomaly === 'subject-discard')?.blame).toBe('consumer');
  });
});

const broken = (options: object, more: object = {}): ResolvedScenario => {
  const handler = '../../harness/testing/stand-ins/handlers/handlers.mjs#sync';
  const scenario = defineScenario({
    name: 'broken',
    why: 'a handler that cannot work',
    workload: { keys: 2, recordsPerKey: 4 },
    producers: [putRecord()],
    consumers: [eventSourceMapping({ name: 'fn', handler, batchSize: 2, ...options })],
    ...more,
  });
  return resolveScenario(scenario, { file: 'x', vocabulary, seed: '1', folder: examples });
};
const handlers = '../../harness/testing/stand-ins/handlers';

describe('a handler that cannot work', () => {
  test.each([
    [{ handler: './gone.mjs' }, 'gone.mjs: there is no such file'],
    [{ handler: `${handlers}/handlers.mjs#gone` }, 'it exports no function gone'],
    [
      { handler: { command: ['kinesis-order-no-such-program'] } },
      'there is no command "kinesis-order-no-such-program"',
    ],
  ])('%j ends the run with the reason, before anything is written', async (options, words) => {
    const { result, history } = await ran(broken(options));
    expect(result.error).toMatchObject({ code: 'usage', message: expect.stringContaining(words) as string });
    expect(history).not.toContain('"type":"put"');
  });

  test.each([
    ['never', 'Task timed out after 0.03 seconds'],
    ['exits', 'the handler ended its process, exit code 3'],
    ['throws', 'RangeError: no such order'],
  ])('one that %s fails each batch, and discarded records are reported with the reason', async (name, words) => {
    const options = { handler: `${handlers}/handlers.mjs#${name}`, timeoutMs: 30, retries: 1 };
    const { claim, history, subjects } = await ran(broken(options));
    expect(claim('subject-discard')).toMatchObject({ verdict: 'violated', found: 8 });
    expect(subjects).toMatchObject([{ owed: 0, redelivered: 8 }]);
    expect(history).toContain(`2 records: ${words}`);
  });

  test('one that always fails, with endless retries, is stopped at the deadline, and the verdict is unknown', async () => {
    const options = { handler: `${handlers}/handlers.mjs#throws`, doneMs: 300 };
    const { claim, notes, verdict } = await ran(broken(options));
    expect(notes).toMatch(/^fn had not handled everything within \d+ ms \(doneMs\).*RangeError: no such order$/);
    expect([claim('subject-loss')?.verdict, verdict]).toEqual(['unknown', 'unknown']);
  });

  test('a program that never answers is stopped, and the run ends with its last output', async () => {
    const run = [process.execPath, '../../harness/testing/stand-ins/handlers/program.mjs', 'dies'] as const;
    const { result, claim } = await ran(broken({ handler: { command: run } }));
    expect(result.error).toMatchObject({ code: 'command', message: expect.stringContaining('out of luck') as string });
    expect(claim('subject-loss')?.verdict).toBe('unknown');
  });

  test('child shards wait for a parent that is never finished', async () => {
    const options = { handler: `${handlers}/handlers.mjs#throws`, doneMs: 300 };
    const { history, claim } = await ran(broken(options, { reshard: [splitShard({ afterAcked: 4 })] }));
    const given = history
      .split('\n')
      .filter((line) => line.includes('"reader":"fn",') && line.includes('"type":"page"'));
    expect(given.length).toBeGreaterThan(0);
    expect(given.every((line) => line.includes('"shard":"shardId-000000000000"'))).toBe(true);
    expect(claim('subject-loss')?.verdict).toBe('unknown');
  });
});
