import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killConsumer, mergeShards, pauseConsumer, restartConsumer, splitShard } from '../index.ts';
import { subjectRuns, violatedOf } from '../testing/stand-ins/subject-run.ts';

let runs: Awaited<ReturnType<typeof subjectRuns>>;
beforeAll(async () => {
  runs = await subjectRuns();
});
afterAll(() => runs.close());

const stateOf = (name: string): string => `state=${join(runs.folder, `${name}.json`)}`;

test('killed and started again, it goes on from its checkpoint', async () => {
  const faults = [killConsumer({ of: 'app', afterDelivered: 12 })];
  const { verdict, events } = await runs.ran({ args: [stateOf('killed'), 'limit=3', 'slow=5'], faults });
  expect([verdict.verdict, violatedOf(verdict)]).toEqual(['holds', []]);
  expect(verdict.subjects).toMatchObject([{ owed: 40, delivered: 40 }]);
  const fired = events.filter((event) => event.type === 'fault' && event.phase === 'fired');
  expect(fired).toMatchObject([{ fault: 'kill-consumer', detail: { of: 'app/1', restart: true } }]);
  const starts = events.flatMap((event) => (event.type === 'subject' && event.event === 'start' ? [event] : []));
  expect(new Set(starts.map(({ worker }) => worker))).toEqual(new Set(['app', 'app.2']));
});

test('killed and started again, it forgets where it was: what lay between is lost', async () => {
  const faults = [killConsumer({ of: 'app', afterDelivered: 12 })];
  const { claim, withoutOwes } = await runs.ran({ args: [stateOf('forgot'), 'forget', 'limit=3'], faults });
  expect(claim('subject-loss')).toMatchObject({ verdict: 'violated' });
  expect((await withoutOwes()).verdict).not.toBe('holds');
});

test('checkpoints before it works, and is killed: those records are lost', async () => {
  const faults = [killConsumer({ of: 'app', afterDelivered: 10 })];
  const args = [stateOf('ahead'), 'ahead', 'limit=5', 'hang=10'];
  const { claim, verdict } = await runs.ran({ args, shards: 1, faults });
  expect(claim('checkpoint-ahead')).toMatchObject({ verdict: 'violated' });
  expect(verdict.findings.filter(({ blame }) => blame !== 'consumer')).toEqual([]);
});

test('restarted by a deployment, it loses nothing', async () => {
  const faults = [restartConsumer({ of: 'app/1', afterDelivered: 12 })];
  const { verdict } = await runs.ran({ args: [stateOf('deployed'), 'limit=3'], faults });
  expect(violatedOf(verdict)).toEqual([]);
  expect(verdict.subjects).toMatchObject([{ owed: 40, delivered: 40 }]);
});

test('stands still until another one reads its shard, and goes on: two owners', async () => {
  const faults = [pauseConsumer({ of: 'app/1', afterDelivered: 10, untilOwner: 'app/2' })];
  const args = ['turns', 'limit=2', 'slow=20'];
  const { claim, events } = await runs.ran({ args, shards: 1, instances: 2, faults, doneMs: 3000 });
  expect(claim('two-owners')).toMatchObject({ verdict: 'violated' });
  const fired = events.filter((event) => event.type === 'fault' && event.phase === 'fired');
  expect(fired).toMatchObject([{ fault: 'pause-consumer', detail: { of: 'app/1', until: 'app/2' } }]);
});

test('an act that never came leaves the verdict unknown', async () => {
  const faults = [killConsumer({ of: 'app', afterDelivered: 1000 })];
  const { verdict, events } = await runs.ran({ faults });
  expect(verdict.verdict).toBe('unknown');
  expect(events.filter((event) => event.type === 'fault').at(-1)).toMatchObject({ phase: 'never-fired' });
});

test('an instance that there is not is named before anything runs', async () => {
  const faults = [killConsumer({ of: 'app/3', afterDelivered: 1 })];
  await expect(runs.ran({ instances: 2, faults })).rejects.toThrow(
    'faults[0].of: there is no instance "app/3"; possible: app/1, app/2',
  );
});

test('shards that are split and merged while it reads', async () => {
  const reshard = [splitShard({ afterAcked: 10 }), mergeShards({ afterAcked: 25, shard: 1 })];
  const { verdict } = await runs.ran({ args: ['limit=3'], reshard });
  expect([verdict.verdict, violatedOf(verdict)]).toEqual(['holds', []]);
  expect(verdict.subjects).toMatchObject([{ owed: 40, delivered: 40, neverReadShards: [] }]);
});
