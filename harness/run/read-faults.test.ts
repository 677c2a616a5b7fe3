import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropRead } from '../faults/builders.ts';
import { getRecords, putRecord } from '../index.ts';
import { checkHistory } from '../judging/check-history.ts';
import { systemClock } from '../lib/clock.ts';
import type { HistoryEvent } from '../model/event.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { resolveScenario } from '../scenario/resolve.ts';
import { vocabulary } from '../session/catalog.ts';
import { defineScenario, type ScenarioInput } from '../session/define-scenario.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { run } from './run.ts';

let engine: RunningTarget;
let folder: string;

beforeAll(async () => {
  engine = await kinesalite.start({ region: 'us-east-1', cacheFolder: '/nowhere' });
  folder = await mkdtemp(join(tmpdir(), 'read-faults-'));
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

let runs = 0;
const runIt = async (
  more: Partial<ScenarioInput>,
): Promise<{ readonly verdict: HistoryVerdict; readonly events: readonly HistoryEvent[] }> => {
  const input = defineScenario({
    name: `reads-${++runs}`,
    why: 'a read-side fault, on a live engine',
    stream: { shards: 2 },
    workload: { keys: 4, recordsPerKey: 25 },
    producers: [putRecord({ sequenceNumberForOrdering: true })],
    consumers: [getRecords({ name: 'mine', limit: 5 })],
    ...more,
  });
  const scenario = resolveScenario(input, { file: 'x.ts', vocabulary, seed: '1' });
  const signal = new AbortController().signal;
  const of = { scenario, target: engine, folder, run: `r-${scenario.name}`, clock: systemClock(), keep: false, signal };
  const { history } = await run(of);
  const text = await readFile(history, 'utf8');
  const events = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryEvent);
  return { verdict: await checkHistory(history), events };
};

const firings = (events: readonly HistoryEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'fault' && event.phase === 'fired' ? [event.detail] : []));

test('a lost page is fired once, is in the history, and the reader goes on where it was', async () => {
  const { verdict, events } = await runIt({ faults: [dropRead({ read: 3 })] });
  expect(firings(events)).toEqual([expect.objectContaining({ reader: 'mine', read: 3 })]);
  expect(events).toContainEqual(expect.objectContaining({ type: 'page', reader: 'mine', error: expect.any(String) }));
  expect([verdict.verdict, verdict.counts.acked, verdict.counts.unseen]).toEqual(['holds', 100, 0]);
});

test('reads of one shard are counted for themselves', async () => {
  const shard = 'shardId-000000000001';
  const { events } = await runIt({ faults: [dropRead({ shard, read: 2 })] });
  expect(firings(events)).toEqual([expect.objectContaining({ shard, shardRead: 2 })]);
});

test('a fault that no read met leaves the verdict unknown', async () => {
  const { verdict, events } = await runIt({ faults: [dropRead({ read: 100_000 })] });
  expect(events).toContainEqual(expect.objectContaining({ type: 'fault', fault: 'drop-read', phase: 'never-fired' }));
  expect(verdict.verdict).toBe('unknown');
});

test.each([
  ['no live reader', { consumers: [] }, { read: 1 }, 'faults[0].reader: the scenario has no consumer'],
  ['a reader that is not there', {}, { read: 1, reader: 'other' }, 'there is no consumer "other"; possible: mine'],
])('%s is a usage error before anything is created', async (_, more, options, words) => {
  await expect(runIt({ ...more, faults: [dropRead(options)] })).rejects.toThrow(words);
});
