import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { autoDistribution, getRecords, putRecord, putRecordsAggregated } from '../index.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { liveRun } from '../testing/adversary/live-run.ts';

let target: RunningTarget;
let folder: string;

beforeAll(async () => {
  target = await kinesalite.start({ region: 'us-east-1', cacheFolder: '/nowhere' });
  folder = await mkdtemp(join(tmpdir(), 'auto-'));
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true });
});

test('from one put on keys lead nowhere: that is told, and nobody is accused of it', async () => {
  const { events, fired, verdict } = await liveRun(
    {
      stream: { shards: 4 },
      workload: { keys: 1, recordsPerKey: 40 },
      producers: [putRecord()],
      consumers: [getRecords()],
      faults: [autoDistribution({ call: 11 })],
    },
    { target, folder },
  );
  const shards = events.flatMap((event) =>
    event.type === 'ack' ? (event.results ?? []).flatMap((result) => ('shard' in result ? [result.shard] : [])) : [],
  );
  expect(new Set(shards.slice(0, 10)).size).toBe(1);
  expect(new Set(shards.slice(10, 40)).size).toBeGreaterThan(2);
  expect(fired.length).toBe(30);
  expect(events[0]).toMatchObject({ stream: { distribution: 'AUTO' } });
  const violated = verdict.claims.filter((claim) => claim.verdict === 'violated').map(({ anomaly }) => anomaly);
  expect([verdict.verdict, violated]).toEqual(['unknown', []]);
  expect(verdict.claims.find(({ anomaly }) => anomaly === 'lost-write')?.verdict).toBe('holds');
});

test('a number for ordering is refused, as AWS refuses it', async () => {
  const { events } = await liveRun(
    {
      stream: { shards: 2 },
      workload: { keys: 1, recordsPerKey: 6 },
      producers: [putRecord({ sequenceNumberForOrdering: true })],
      consumers: [getRecords()],
      faults: [autoDistribution({ call: 4 })],
    },
    { target, folder },
  );
  const errors = events.flatMap((event) => (event.type === 'ack' && 'error' in event ? [event.error] : []));
  expect(errors).toEqual(Array(3).fill('InvalidArgumentException'));
});

test('aggregates land off the shard that was predicted, and a reader with the rule of the KCL drops them: undeliverable', async () => {
  const { verdict } = await liveRun(
    {
      stream: { shards: 4 },
      workload: { keys: 8, recordsPerKey: 20 },
      producers: [putRecordsAggregated({ aggregateCount: 5 })],
      consumers: [getRecords()],
      faults: [autoDistribution()],
    },
    { target, folder },
  );
  const found = verdict.claims.find(({ anomaly }) => anomaly === 'undeliverable');
  expect(found?.verdict).toBe('violated');
  expect(verdict.findings.find(({ anomaly }) => anomaly === 'undeliverable')?.blame).toBe('producer');
});

test('the same without the switch: nothing is undeliverable', async () => {
  const { verdict } = await liveRun(
    {
      stream: { shards: 4 },
      workload: { keys: 8, recordsPerKey: 20 },
      producers: [putRecordsAggregated({ aggregateCount: 5 })],
      consumers: [getRecords()],
    },
    { target, folder },
  );
  expect(verdict.claims.find(({ anomaly }) => anomaly === 'undeliverable')?.verdict).toBe('holds');
});
