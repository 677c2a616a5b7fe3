import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fn, getRecords, putRecord, splitShard } from '../index.ts';
import type { HistoryEvent } from '../model/event.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { liveRun } from '../testing/adversary/live-run.ts';

let target: RunningTarget;
let folder: string;

beforeAll(async () => {
  target = await kinesalite.start({ region: 'us-east-1', cacheFolder: '/nowhere' });
  folder = await mkdtemp(join(tmpdir(), 'shapes-'));
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true });
});

const putsIn = (events: readonly HistoryEvent[]) =>
  events.flatMap((event) => (event.type === 'put' && event.role === undefined ? event.entries : []));
const acksIn = (events: readonly HistoryEvent[]): readonly string[] =>
  events.flatMap((event) =>
    event.type === 'ack' ? (event.results ?? []).flatMap((result) => ('seq' in result ? [result.seq] : [])) : [],
  );

test('each record has an ExplicitHashKey of its own by the seed, and the order of its key is void, not broken', async () => {
  const scene = {
    stream: { shards: 2 },
    workload: { keys: 2, recordsPerKey: 10, explicitHashKey: { type: 'seeded' as const } },
    producers: [putRecord()],
    consumers: [getRecords()],
  };
  const [one, again, other] = [
    await liveRun(scene, { target, folder, seed: '5' }),
    await liveRun(scene, { target, folder, seed: '5' }),
    await liveRun(scene, { target, folder, seed: '6' }),
  ];
  const hashes = [one, again, other].map(({ events }) => putsIn(events).map(({ hash }) => hash));
  expect(new Set(hashes[0]).size).toBe(20);
  expect(hashes[1]).toEqual(hashes[0]);
  expect(hashes[2]).not.toEqual(hashes[0]);
  expect(one.verdict.claims.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
});

test('a function gives each record its ExplicitHashKey, or none', async () => {
  const module = join(folder, 'hashes.mjs');
  await writeFile(
    module,
    'export const hashOf = ({ n }) => (n % 3 === 0 ? undefined : n % 2 === 0 ? 0 : 2n ** 128n - 1n);',
  );
  const { events, verdict } = await liveRun(
    {
      stream: { shards: 2 },
      workload: { keys: 2, recordsPerKey: 6, explicitHashKey: fn(`${module}#hashOf`) },
      producers: [putRecord()],
      consumers: [getRecords()],
    },
    { target, folder },
  );
  const last = String(2n ** 128n - 1n);
  const expected = [undefined, last, '0', undefined, '0', last];
  expect(putsIn(events).map(({ n, hash }) => [n, hash])).toEqual(
    expected.flatMap((hash, n) => [
      [n, hash],
      [n, hash],
    ]),
  );
  expect(verdict.claims.filter((claim) => claim.verdict === 'violated')).toEqual([]);
});

test.each([
  ['-1', 'it answered -1, not a decimal number'],
  ['2n ** 128n', 'not a decimal number from 0 to 2^128-1'],
])('a function that answers %s is named, with the record', async (answer, words) => {
  const module = join(folder, `bad-${answer.length}.mjs`);
  await writeFile(module, `export default () => ${answer};`);
  const workload = { keys: 1, recordsPerKey: 2, explicitHashKey: fn(module) };
  const { events } = await liveRun({ workload, producers: [putRecord()] }, { target, folder });
  expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'failed', error: expect.stringContaining(words) });
});

test('a module that is not there is told before anything is created', async () => {
  const workload = { explicitHashKey: fn('./nowhere.mjs#hashOf') };
  const run = liveRun({ workload, producers: [putRecord()] }, { target, folder });
  await expect(run).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('nowhere.mjs') });
});

test('SequenceNumberForOrdering can be chained over all keys, and promises nothing across them', async () => {
  const { events, verdict } = await liveRun(
    {
      stream: { shards: 1 },
      workload: { keys: 3, recordsPerKey: 4 },
      producers: [putRecord({ sequenceNumberForOrdering: 'all-keys' })],
      consumers: [getRecords()],
    },
    { target, folder },
  );
  expect(putsIn(events).map(({ after }) => after)).toEqual([undefined, ...acksIn(events).slice(0, 11)]);
  expect(verdict.verdict).toBe('holds');
});

test('the shard to split is named', async () => {
  const shard = 'shardId-000000000001';
  const { events } = await liveRun(
    {
      stream: { shards: 2 },
      workload: { keys: 6, recordsPerKey: 6 },
      producers: [putRecord()],
      reshard: [splitShard({ afterAcked: 10, shard })],
    },
    { target, folder },
  );
  expect(events).toContainEqual(expect.objectContaining({ type: 'reshard', phase: 'invoke', shards: [shard] }));
});
