import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endSubscription } from '../faults/builders.ts';
import { getRecords, putRecord, splitShard, subscribeToShard } from '../index.ts';
import { checkHistory } from '../judging/check-history.ts';
import { systemClock } from '../lib/clock.ts';
import type { HistoryEvent, PageEvent } from '../model/event.ts';
import { resolveScenario } from '../scenario/resolve.ts';
import { vocabulary } from '../session/catalog.ts';
import { defineScenario, type ScenarioInput } from '../session/define-scenario.ts';
import { kinesisLocal } from '../targets/kinesis-local.ts';
import type { RunningTarget } from '../targets/target.ts';
import { run } from './run.ts';

/** kinesis-local is the engine from npm that knows enhanced fan-out. */
let engine: RunningTarget;
let folder: string;

beforeAll(async () => {
  engine = await kinesisLocal.start({ region: 'us-east-1', cacheFolder: resolve('.cache') });
  folder = await mkdtemp(join(tmpdir(), 'fan-out-'));
}, 180_000);
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

let runs = 0;
const runIt = async (more: Partial<ScenarioInput>) => {
  const input = defineScenario({
    name: `fan-out-${++runs}`,
    why: 'what is pushed is what can be polled',
    stream: { shards: 2 },
    workload: { keys: 4, recordsPerKey: 25 },
    producers: [putRecord({ sequenceNumberForOrdering: true, rate: 50 })],
    ...more,
  });
  const scenario = resolveScenario(input, { file: 'x.ts', vocabulary, seed: '1' });
  const signal = new AbortController().signal;
  const of = { scenario, target: engine, folder, run: `r-${scenario.name}`, clock: systemClock(), keep: true, signal };
  const { history } = await run(of);
  const events = (await readFile(history, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryEvent);
  const pages = events.filter((event): event is PageEvent => event.type === 'page');
  const placesOf = (reader: string) =>
    pages
      .filter((page) => page.reader === reader)
      .flatMap(({ shard, records = [] }) => records.map(({ seq }) => `${shard} ${seq}`))
      .sort();
  return { verdict: await checkHistory(history), events, pages, placesOf, stream: `kinesis-order-r-${scenario.name}` };
};

test('live over a split, and behind the load: the same records as by polling', async () => {
  const { verdict, pages, placesOf } = await runIt({
    reshard: [splitShard({ afterAcked: 30 })],
    consumers: [
      subscribeToShard({ name: 'pushed' }),
      subscribeToShard({ name: 'second', final: true }),
      getRecords({ name: 'polled' }),
    ],
  });
  expect([verdict.verdict, verdict.order.kept]).toEqual(['holds', true]);
  expect(placesOf('final').length).toBeGreaterThan(100);
  for (const reader of ['pushed', 'second', 'polled']) expect(placesOf(reader)).toEqual(placesOf('final'));
  expect(pages.some(({ reader, continuation }) => reader === 'pushed' && continuation !== undefined)).toBe(true);
});

test('a subscription that ends is gone on with at its continuation number, and the consumer is taken away', async () => {
  const { verdict, events, placesOf } = await runIt({
    consumers: [subscribeToShard({ name: 'pushed' })],
    faults: [endSubscription({ read: 1, events: 0 })],
  });
  expect(events).toContainEqual(expect.objectContaining({ type: 'fault', fault: 'end-subscription', phase: 'fired' }));
  expect(verdict.verdict).toBe('holds');
  expect(placesOf('pushed')).toEqual(placesOf('final'));
});
