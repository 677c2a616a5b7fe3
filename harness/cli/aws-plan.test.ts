import { expect, test } from 'vitest';
import { vocabulary } from '../catalog.ts';
import { loadScenarios } from '../scenario/load.ts';
import { assertConsent, awsPlan } from './aws-plan.ts';

const load = (name: string) =>
  loadScenarios({ patterns: [`scenarios/${name}.scenario.ts`], cwd: process.cwd(), vocabulary, seed: '1' });

test('a run on AWS says how many shards it pays for, those that a split adds among them', async () => {
  const [split] = await load('split-under-load');
  const plan = awsPlan(split === undefined ? [] : [split], 2);
  expect(plan).toMatchObject({ streams: 2, shards: 6 });
  expect(plan.text).toContain('split-under-load: 3 shards');
});

test('where nobody is there to ask, nothing is created on AWS without --yes', async () => {
  const plan = awsPlan(await load('put-records'), 1);
  await expect(assertConsent(plan, false)).rejects.toMatchObject({ code: 'usage', hint: 'say --yes' });
  await expect(assertConsent(plan, true)).resolves.toBeUndefined();
});

test('a stream that is there already is none that is created, and is told', async () => {
  const [first] = await load('put-records');
  if (first === undefined) throw new Error('there is no such scenario');
  const stream = { ...first.scenario.stream, existing: 'orders' };
  const plan = awsPlan([{ ...first, scenario: { ...first.scenario, stream } }], 1);
  expect(plan).toMatchObject({ streams: 0, shards: 0 });
  expect(plan.text).toContain('put-records puts records into the stream orders, which stays');
});
