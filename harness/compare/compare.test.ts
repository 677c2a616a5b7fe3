import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readHistory } from '../history/read-history.ts';
import { HarnessError } from '../lib/error.ts';
import type { PutEvent } from '../model/event.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type Arm, builtInArms } from './arms.ts';
import { planCompare } from './plan-compare.ts';
import { json } from './render/json.ts';
import { type Comparison, parseComparison } from './result.ts';
import { compareAsFar, runCompare } from './run-compare.ts';

let folder = '';
let target: RunningTarget;
let comparison: Comparison;
const named = (name: string): Arm => builtInArms.find((arm) => arm.name === name) ?? failed(name);
const failed = (name: string): never => {
  throw new Error(`there is no arm ${name}`);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-compare-'));
  target = await kinesalite.start({ cacheFolder: '/nowhere' });
  const arms = ['put-record-snfo', 'put-records-10', 'aggregated-100'].map(named);
  const said = { arms, rate: 80, seconds: 0.5, rounds: 1, seed: '1', out: folder };
  const plan = await planCompare(said, () => Promise.resolve(true));
  const signal = new AbortController().signal;
  comparison = await runCompare({ plan, target, signal, onBegin: () => undefined });
}, 60_000);
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true, force: true });
});

const putsOf = async (path: string): Promise<readonly PutEvent[]> => {
  const puts: PutEvent[] = [];
  await readHistory(path, (event) => {
    if (event.type === 'put' && event.role === undefined) puts.push(event);
  });
  return puts;
};

// The second of warm-up is judged and paid for like all that follows; its times are not measured.
test('each arm kept the order, with the calls and units of its way to write', () => {
  const seen = comparison.rows.map(({ arm, order, acked, calls, broken }) => [arm, order.kept, acked, calls, broken]);
  expect(seen.slice(0, 2)).toEqual([
    ['put-record-snfo', true, 40, 120, []],
    ['put-records-10', true, 40, 12, []],
  ]);
  const [plain, , packed] = comparison.rows;
  expect(packed?.order.kept).toBe(true);
  expect(packed?.calls).toBeLessThan(60);
  expect(plain?.units).toBe(120);
  expect(packed?.units).toBeLessThan(60);
});

test('keys, sizes and schedule are the same for each', async () => {
  const schedules = await Promise.all(
    comparison.rows.map(async ({ histories: [path = ''] }) => {
      const records = (await putsOf(path)).flatMap(({ due, entries }) =>
        entries.map(({ key, n, bytes, due: own }) => ({ key, n, bytes, due: own ?? due ?? 0 })),
      );
      const first = Math.min(...records.map(({ due }) => due));
      return records.map((record) => ({ ...record, due: record.due - first })).toSorted((a, b) => a.due - b.due);
    }),
  );
  expect(schedules[0]).toHaveLength(120);
  expect(schedules[0]?.map(({ due }) => due)).toEqual(Array.from({ length: 120 }, (_, index) => index * 12_500));
  expect(schedules[1]).toEqual(schedules[0]);
  expect(schedules[2]).toEqual(schedules[0]);
});

test('the whole of it is read back as it was written', () => {
  expect(parseComparison(json(comparison), 'compare.json')).toEqual(comparison);
  expect(() => parseComparison('{"format":"x"}', 'old.json')).toThrow(/old.json: format/);
});

test('an interruption keeps the arms that were measured, and says what was not run', async () => {
  const arms = ['put-record-snfo', 'put-records-10'].map(named);
  const plan = await planCompare({ arms, rate: 40, seconds: 0.5, rounds: 1, seed: '1', out: folder }, () =>
    Promise.resolve(true),
  );
  const stop = new AbortController();
  let begun = 0;
  const onBegin = (): void => {
    begun += 1;
    if (begun === 2) stop.abort(new HarnessError('interrupted', 'interrupted (SIGINT)'));
  };
  const { comparison: seen, failure } = await compareAsFar({ plan, target, signal: stop.signal, onBegin });
  expect(failure).toMatchObject({ code: 'interrupted' });
  expect(seen.rows.map(({ acked }) => acked)).toEqual([20]);
  const missing = arms.find(({ name }) => name !== seen.rows[0]?.arm)?.name;
  expect(seen.ended?.notRun).toEqual([`${missing}: 0 of 1 round finished`]);
});
