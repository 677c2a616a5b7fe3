import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCodeOfRun } from '../cli/exit-codes.ts';
import { failureText } from '../report/failure-text.ts';
import { renderOne } from '../report/terminal/render-one.ts';
import { renderSummary } from '../report/terminal.ts';
import { resolveScenario } from '../scenario/resolve.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type Deny, denyingEngine } from '../testing/stand-ins/denying-engine.ts';
import { vocabulary } from './catalog.ts';
import { type Outcome, runAndJudge, type SuiteOptions } from './run-and-judge.ts';

let folder = '';
let target: RunningTarget;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-suite-'));
  target = await kinesalite.start({ cacheFolder: '/nowhere' });
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A record is stored twice soon after the beginning, and a reader sees both copies long before the end. */
const input = {
  name: 'doubled',
  why: 'a violation that is proved early',
  workload: { keys: 4, recordsPerKey: 2_000 },
  producers: [{ type: 'putRecord' }],
  consumers: [{ type: 'getRecords' }],
  faults: [{ type: 'duplicate-record', call: 3 }],
  budget: { loadMs: 30_000 },
} as const;

const doubled = async (deny: Deny, over: Partial<SuiteOptions> = {}): Promise<Outcome> => {
  const engine = await denyingEngine(target.client.endpoint ?? '', deny);
  const scenario = resolveScenario(input, { file: 'doubled', vocabulary, seed: '1' });
  try {
    return await runAndJudge(
      { file: 'doubled.scenario.json', scenario },
      {
        target: { ...target, client: { ...target.client, endpoint: engine.endpoint } },
        folder,
        run: 'r-1',
        replayArgs: '',
        keep: false,
        strict: false,
        signal: new AbortController().signal,
        ...over,
      },
    );
  } finally {
    await engine.close();
  }
};

test('a violation that is proved stays one when the engine dies afterwards: 1, and the first line names both', async () => {
  const denial = { error: 'AccessDeniedException', message: 'not any more' };
  const outcome = await doubled((action, count) => (action === 'PutRecord' && count >= 100 ? denial : undefined));
  expect(outcome.history).toMatchObject({ verdict: 'violated', complete: false });
  expect(exitCodeOfRun([outcome])).toBe(1);
  const first = /^✘ doubled {2}order kept; promises broken: duplicate; run failed: .*AccessDeniedException/;
  expect(renderOne(outcome, { color: false })).toMatch(first);
  expect(renderSummary([outcome], { color: false })).toMatch(
    /✘ order kept; promises broken: duplicate; run failed: .*AccessDenied/,
  );
  expect(failureText(outcome)?.split('\n')[0]).toMatch(/^doubled: order kept; promises broken: duplicate; run failed/);
});

test('a violation that is proved is shown when the run is interrupted afterwards, and the code is 130', async () => {
  const stop = new AbortController();
  let puts = 0;
  const count: Deny = (action) => {
    if (action === 'PutRecord') puts += 1;
    if (puts === 100) stop.abort();
    return undefined;
  };
  const outcome = await doubled(count, { signal: stop.signal });
  expect(outcome.history?.verdict).toBe('violated');
  expect(exitCodeOfRun([outcome])).toBe(130);
  expect(renderOne(outcome, { color: false })).toMatch(
    /^✘ doubled {2}order kept; promises broken: duplicate.*; interrupted/,
  );
});

test('interrupted before anything is recorded: nothing is judged, and the line that replays it is told', async () => {
  const outcome = await doubled(() => undefined, {
    signal: AbortSignal.abort(),
    replayArgs: ' --forbid duplicate',
  });
  expect(outcome).toMatchObject({
    history: undefined,
    run: { interrupted: 'interrupted before anything was recorded' },
  });
  expect(outcome.run.replay).toMatch(/ --forbid duplicate$/);
});
