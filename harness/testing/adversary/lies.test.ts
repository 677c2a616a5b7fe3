import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultInput, lies } from '../../faults/registry.ts';
import { getRecords, putRecord, putRecords, splitShard } from '../../index.ts';
import type { AnomalyId } from '../../model/anomaly.ts';
import type { ScenarioInput } from '../../session/define-scenario.ts';
import { kinesalite } from '../../targets/kinesalite.ts';
import type { RunningTarget } from '../../targets/target.ts';
import { liveRun } from './live-run.ts';

/** Each lie, told by the gateway before a live engine, against each claim that must see it. */
let target: RunningTarget;
let folder: string;

beforeAll(async () => {
  target = await kinesalite.start({ region: 'us-east-1', cacheFolder: '/nowhere' });
  folder = await mkdtemp(join(tmpdir(), 'lies-'));
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true });
});

type Scene = Omit<ScenarioInput, 'name' | 'why'>;

const serial: Scene = {
  stream: { shards: 2 },
  workload: { keys: 4, recordsPerKey: 8 },
  producers: [putRecord({ sequenceNumberForOrdering: true })],
  consumers: [getRecords({ name: 'mine', limit: 6 })],
};
const batches: Scene = { ...serial, producers: [putRecords({ batch: 4 })] };
// kinesalite refuses numbers of a parent shard for SequenceNumberForOrdering: none is sent across a reshard.
const resharded: Scene = {
  ...serial,
  producers: [putRecord()],
  workload: { keys: 6, recordsPerKey: 10 },
  reshard: [splitShard({ afterAcked: 20 })],
};
const slow: Scene = {
  ...serial,
  workload: { keys: 2, recordsPerKey: 35 },
  producers: [putRecord({ rate: 10 })],
  expect: { forbid: ['bookmark-broken'] },
};
const late: Scene = { ...serial, consumers: [getRecords({ name: 'mine', startAfterAcked: 24 })] };
const restarting: Scene = { ...serial, consumers: [getRecords({ name: 'mine', restartAfter: 3 })] };

const put: Readonly<Record<string, unknown>> = { call: 6 };
/** A lie needs a line here: the scenario in which its claim must find it. */
const scenes: Readonly<Record<string, readonly [Scene, Readonly<Record<string, unknown>>]>> = {
  'lose-record': [serial, put],
  'duplicate-record': [serial, put],
  'reorder-record': [serial, put],
  'store-refused': [serial, put],
  'wrong-place': [serial, put],
  'low-number': [serial, put],
  'misalign-results': [batches, { call: 2 }],
  'corrupt-record': [serial, put],
  'wrong-key': [serial, put],
  'invent-record': [serial, put],
  'wrong-shard': [serial, put],
  'ack-closed': [resharded, { call: 50 }],
  'unsorted-page': [late, { read: 1 }],
  'page-back': [late, { read: 1 }],
  'repeat-record': [serial, { read: 1 }],
  'skip-record': [late, { read: 1 }],
  'after-inclusive': [restarting, {}],
  'end-shard': [serial, { read: 1 }],
  'false-tip': [slow, { read: 1, reads: 10_000 }],
  'hole-in-list': [resharded, { list: 1 }],
  'overlap-in-list': [resharded, { list: 1 }],
  'open-parent': [resharded, { list: 1 }],
  'orphan-child': [resharded, { list: 1 }],
  'low-child': [resharded, { list: 1 }],
};

const pairs = lies.flatMap(({ type, planted = [] }) =>
  planted.map((claim): readonly [string, AnomalyId] => [type, claim]),
);

test('each lie has a scenario', () => {
  expect(Object.keys(scenes).sort()).toEqual(lies.map(({ type }) => type).sort());
});

test.each(pairs)('%s is found as %s', async (name, claim) => {
  const [scene, options] = scenes[name] ?? [serial, put];
  const fault = { type: name, ...options } as FaultInput;
  const { verdict, fired } = await liveRun({ ...scene, faults: [fault] }, { target, folder });
  const found = verdict.claims.find(({ anomaly }) => anomaly === claim);
  expect({ fired: fired.length > 0, verdict: verdict.verdict, claim: found?.verdict }).toEqual({
    fired: true,
    verdict: 'violated',
    claim: 'violated',
  });
});

test.each([
  ['serial', serial],
  ['batches', batches],
  ['resharded', resharded],
  ['restarting', restarting],
])('without a lie, %s has no violation', async (_, scene) => {
  const { verdict } = await liveRun(scene, { target, folder });
  expect([verdict.verdict, verdict.claims.filter((claim) => claim.verdict === 'violated')]).toEqual(['holds', []]);
});
