import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import { findLeftovers, removeLeftovers } from '../provision/clean.ts';
import { run } from '../run/run.ts';
import type { ResolvedScenario, ResolvedStream } from '../scenario/resolved.ts';
import { kinesisLocal } from '../targets/kinesis-local.ts';
import type { RunningTarget } from '../targets/target.ts';
import { denyingEngine } from '../testing/stand-ins/denying-engine.ts';
import type { LyingEngine } from '../testing/stand-ins/lying-engine.ts';
import { policyOf, verbs } from './rights.ts';

const verb = (name: string) => {
  const found = verbs.find(({ verb: known }) => known === name);
  if (found === undefined) throw new Error(`there is no verb ${name}`);
  return found;
};
const allowed = (name: string): readonly string[] =>
  policyOf(verb(name))
    .Statement.flatMap(({ Action }) => Action)
    .sort();

describe('the rights of a verb, against the calls that the code holds', () => {
  const callsIn = async (folder: string): Promise<readonly string[]> => {
    const path = new URL(`../${folder}/`, import.meta.url);
    const files = (await readdir(path)).filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^raw\.ts$/.test(file));
    const texts = await Promise.all(files.map((file) => readFile(new URL(file, path), 'utf8')));
    return texts.flatMap((text) => [...text.matchAll(/new (\w+)Command\(/g)].map(([, call = '']) => call));
  };

  test.each([
    ['kinesis', 'kinesis', ['kinesis:DescribeLimits']],
    ['cloudformation', 'provision', ['cloudformation:TagResource']],
  ])('%s: no call without a right, and no right without a call', async (service, folder, more) => {
    const calls = (await callsIn(folder)).map((call) => `${service}:${call}`);
    const rights = ['run', 'run, subscribeToShard', 'clean']
      .flatMap(allowed)
      .filter((right) => right.startsWith(service));
    expect([...new Set(rights)].sort()).toEqual([...new Set([...calls, ...more])].sort());
  });

  test('rights on everything are only those that take no resource', () => {
    for (const known of verbs) {
      const everything = policyOf(known).Statement.filter(({ Resource }) => Resource === '*');
      for (const action of everything.flatMap(({ Action }) => Action)) expect(action).toMatch(/:(List|DescribeLimits)/);
    }
  });
});

describe('the rights of a verb, against what is sent', () => {
  let target: RunningTarget;
  let engine: LyingEngine;
  let folder: string;
  const sent = new Set<string>();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinesis-order-rights-'));
    target = await kinesisLocal.start({ region: 'us-east-1', cacheFolder: '.cache' });
    engine = await denyingEngine(target.client.endpoint ?? '', (action) => {
      // The look at the target's clock is no call of the API.
      if (action !== '') sent.add(`kinesis:${action}`);
      return undefined;
    });
  });
  afterAll(async () => {
    await engine.close();
    await target.stop();
    await rm(folder, { recursive: true });
  });

  const scenarioOf = (stream: Partial<ResolvedStream>): ResolvedScenario => ({
    name: 'rights',
    why: 'every call that a run makes',
    tags: [],
    needs: [],
    seed: '1',
    stream: { shards: 1, mode: 'PROVISIONED', ...stream },
    workload: { keys: 4, recordsPerKey: 10, payload: { type: 'taxiRide' }, partitionKey: { type: 'even' } },
    producers: [
      { type: 'putRecord', name: 'p1' },
      { type: 'putRecords', name: 'p2', batch: 4, retry: 'failed-entries' },
    ],
    consumers: [{ type: 'getRecords', name: 'c1' }],
    faults: [],
    reshard: [],
    expect: { forbid: [], allow: [], find: [], ignore: [] },
    budget: { loadMs: 20_000, drainMs: 10_000, callMs: 5000, reshardMs: 10_000 },
  });
  const client = () => ({ ...target.client, endpoint: engine.endpoint });
  const ran = async (scenario: ResolvedScenario, keep = false): Promise<readonly string[]> => {
    sent.clear();
    const { signal } = new AbortController();
    const through = { ...target, client: client() };
    const result = await run({ scenario, target: through, folder, run: 'r-1', clock: systemClock(), keep, signal });
    expect(result.error?.message).toBeUndefined();
    return [...sent].sort();
  };

  test('a run makes every call that it has the right to, and no other', async () => {
    const reshard = [
      { action: 'SplitShard', afterAcked: 10, shard: 0 },
      { action: 'MergeShards', afterAcked: 30, shard: 0 },
      { action: 'UpdateShardCount', afterAcked: 50, target: 2 },
    ] as const;
    const stream = { retentionHours: 48, maxRecordSizeKiB: 2048, encryptionKey: 'alias/own', tags: { team: 'rides' } };
    const calls = await ran({ ...scenarioOf(stream), reshard });
    // Only an engine that forgets what CreateStream said of them is asked for these again.
    const again = ['kinesis:AddTagsToStream', 'kinesis:UpdateMaxRecordSize'];
    expect([...new Set([...calls, ...again])].sort()).toEqual(allowed('run --provision api'));
  });

  test('a stream that is there already is neither made, changed nor deleted', async () => {
    const kinesis = createKinesis(target.client);
    await kinesis.createStream({ name: 'orders', shards: 1, mode: 'PROVISIONED', tags: {} });
    await kinesis.waitActive('orders', 5000);
    kinesis.close();
    expect(await ran(scenarioOf({ existing: 'orders' }))).toEqual(allowed('run, stream.existing'));
  });

  test('clean looks, and removes', async () => {
    await ran(scenarioOf({}), true);
    sent.clear();
    const kinesis = createKinesis(client());
    await removeLeftovers(kinesis, await findLeftovers(kinesis), 10_000);
    kinesis.close();
    expect([...sent].sort()).toEqual(allowed('clean').filter((right) => right.startsWith('kinesis:')));
  });
});
