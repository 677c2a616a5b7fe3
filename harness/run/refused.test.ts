import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type Deny, denyingEngine } from '../testing/stand-ins/denying-engine.ts';
import type { RunOptions } from './options.ts';
import { run } from './run.ts';

let folder: string;
let target: RunningTarget;
let kinesis: Kinesis;
let runs = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-refused-'));
  target = await kinesalite.start({ region: 'us-east-1', cacheFolder: '.cache' });
  kinesis = createKinesis(target.client);
});
afterAll(async () => {
  kinesis.close();
  await target.stop();
  await rm(folder, { recursive: true });
});

const scenario: ResolvedScenario = {
  name: 'refused',
  why: 'a run that is not let through',
  tags: [],
  needs: [],
  seed: '42',
  stream: { shards: 1, mode: 'PROVISIONED' },
  workload: { keys: 8, recordsPerKey: 500, payload: { type: 'taxiRide' }, partitionKey: { type: 'even' } },
  producers: [{ type: 'putRecord', name: 'p1' }],
  consumers: [{ type: 'getRecords', name: 'c1' }],
  faults: [],
  reshard: [],
  expect: { forbid: [], allow: [], find: [], ignore: [] },
  budget: { loadMs: 20_000, drainMs: 5000, callMs: 3000, reshardMs: 5000 },
};

const runWith = async (deny: Deny, over: Partial<RunOptions> = {}) => {
  runs += 1;
  const engine = await denyingEngine(target.client.endpoint ?? '', deny);
  try {
    return await run({
      scenario,
      target: { ...target, client: { ...target.client, endpoint: engine.endpoint } },
      folder: join(folder, String(runs)),
      run: `r-${runs}`,
      clock: systemClock(),
      keep: false,
      signal: new AbortController().signal,
      ...over,
    });
  } finally {
    await engine.close();
  }
};

const words = 'User: arn:aws:iam::1:user/ci is not authorized to perform this';
const denied = { error: 'AccessDeniedException', message: words };

describe('a run without the rights that it needs', () => {
  test('to make a stream says the call and the words of AWS', async () => {
    await expect(runWith((action) => (action === 'CreateStream' ? denied : undefined))).rejects.toMatchObject({
      code: 'target',
      message: `CreateStream kinesis-order-r-${runs}-refused: AccessDeniedException: ${words}`,
    });
  });

  test.each([
    ['PutRecord', 'PutRecord'],
    ['GetShardIterator', 'c1, reading shardId-000000000000'],
    ['GetRecords', 'c1, reading shardId-000000000000'],
  ])('to %s, taken away in the middle, ends soon, with its history, and leaves no stream', async (denyAction, who) => {
    const clock = systemClock();
    const after = denyAction === 'PutRecord' ? 40 : 0;
    const result = await runWith((action, count) => (action === denyAction && count >= after ? denied : undefined));
    expect(result).toMatchObject({
      reason: 'failed',
      error: {
        code: 'target',
        message: `${who} on stream kinesis-order-r-${runs}-refused is not allowed: AccessDeniedException: ${words}`,
        hint: 'docs/iam.md lists the permissions that each verb needs',
      },
    });
    expect(clock.now()).toBeLessThan(10_000_000);
    const verdict = await checkHistory(result.history);
    expect(verdict).toMatchObject({ complete: false });
    expect(verdict.unknown.join()).toContain('the run failed');
    expect(await kinesis.listStreams()).toEqual([]);
  });
});

test('a stream that is deleted under the run ends it at once, naming what happened, with its history', async () => {
  let deleting: Promise<void> | undefined;
  const result = await runWith(() => undefined, {
    onProgress: ({ acked }) => {
      if (acked >= 50) deleting ??= kinesis.deleteStream(`kinesis-order-r-${runs}-refused`);
    },
  });
  await deleting;
  expect(result).toMatchObject({
    reason: 'failed',
    error: {
      code: 'target',
      message: expect.stringContaining(
        `stream kinesis-order-r-${runs}-refused does not exist any more: it, or its stack, was deleted during the run (ResourceNotFoundException`,
      ) as string,
    },
  });
  const lines = (await readFile(result.history, 'utf8')).trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'end', reason: 'failed' });
  expect(lines.length).toBeLessThan(2000);
});
