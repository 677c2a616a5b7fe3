import { expect, test } from 'vitest';
import { loadScenarios } from '../scenario/load.ts';
import { assertConsent, awsPlan, unattended } from './aws-plan.ts';
import { vocabulary } from './catalog.ts';

const once = { repeat: 1, keep: false } as const;

const load = (name: string) =>
  loadScenarios({ patterns: [`scenarios/${name}.scenario.ts`], cwd: process.cwd(), vocabulary, seed: '1' });

test('a run on AWS says how many shards it pays for, those that a split adds among them', async () => {
  const [split] = await load('split-under-load');
  const plan = awsPlan(split === undefined ? [] : [split], { repeat: 2, keep: false, region: 'eu-west-1' });
  expect(plan).toMatchObject({ streams: 2, shards: 6 });
  expect(plan.text).toContain('split-under-load: 2 × 3 shards');
  expect(plan.text).toContain(
    'On AWS (eu-west-1) this creates 2 streams, with 6 provisioned shards in all, and deletes them',
  );
});

test('where nobody is there to ask, nothing is created on AWS without --yes', async () => {
  const plan = awsPlan(await load('put-records'), once);
  await expect(assertConsent(plan, false, unattended)).rejects.toMatchObject({ code: 'usage', hint: 'say --yes' });
  await expect(assertConsent(plan, true, unattended)).resolves.toBeUndefined();
});

test('a stream that is there already is none that is created, and is told', async () => {
  const [first] = await load('put-records');
  if (first === undefined) throw new Error('there is no such scenario');
  const stream = { ...first.scenario.stream, existing: 'orders' };
  const plan = awsPlan([{ ...first, scenario: { ...first.scenario, stream } }], once);
  expect(plan).toMatchObject({ streams: 0, shards: 0 });
  expect(plan.text).toContain('put-records puts records into the stream orders, which stays');
});

test('an on-demand stream costs by the hour, and what is kept goes on costing', async () => {
  const [first] = await load('put-records');
  if (first === undefined) throw new Error('there is no such scenario');
  const stream = { ...first.scenario.stream, mode: 'ON_DEMAND' as const };
  const plan = awsPlan([{ ...first, scenario: { ...first.scenario, stream } }], { repeat: 3, keep: true });
  expect(plan).toMatchObject({ streams: 3, shards: 0 });
  expect(plan.dollars).toBeCloseTo(0.12, 3);
  expect(plan.text).toContain('leaves them there (--keep)');
  expect(plan.text).toContain('goes on costing about 0.12 USD an hour');
});

test('what is run as often as its answers ask for is listed and priced as the most it can be', async () => {
  const [first] = await load('put-records');
  if (first === undefined) throw new Error('there is no such scenario');
  const { scenario } = first;
  const without = awsPlan([first], { repeat: 2, keep: false });
  const atMost = [{ name: 'the sweep', scenario, streams: 10, records: 1_000_000 }];
  const plan = awsPlan([first], { repeat: 2, keep: false, atMost });
  expect(plan.streams).toBe(without.streams + 10);
  expect(plan.dollars).toBeCloseTo(without.dollars + 10 * scenario.stream.shards * 0.015 + 0.014, 6);
  expect(plan.text).toContain(`creates at most ${plan.streams} streams`);
  expect(plan.text).toContain(`  put-records: 2 × ${scenario.stream.shards} shard`);
  expect(plan.text).toContain(`  the sweep: at most 10 × ${scenario.stream.shards} shard`);
  expect(plan.text).toMatch(/1,000,000 records\n/);
});
