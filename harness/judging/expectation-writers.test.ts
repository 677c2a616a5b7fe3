import { expect, test } from 'vitest';
import type { Head } from '../model/event.ts';
import { outOfOrder } from '../testing/generators/two-records.ts';
import { checkHistory } from './check-history.ts';

const allowing = (head: Partial<Head>) =>
  outOfOrder({ ...head, scenario: { expect: { allow: ['key-reorder'] } } }).end().lines;
const aloudOf = async (head: Partial<Head>): Promise<string | undefined> =>
  (await checkHistory(allowing(head))).aloud.find((text) => text.startsWith('key-reorder'));

test.each([
  [{}, 'the scenario'],
  [{ recorder: 'import' as const, question: 'pipeline' as const }, 'the import'],
  [{ recorder: 'proxy' as const }, 'the recording'],
])('%j: what its head allows, %s says', async (head, who) => {
  expect(await aloudOf(head)).toContain(`1 finding allowed, because ${who} says allow: forbid`);
  const { claims } = await checkHistory(allowing(head));
  expect(claims.find(({ anomaly }) => anomaly === 'key-reorder')?.why).toBe(`${who} says allow`);
});

test('what a baseline allows names its ticket and its last day', async () => {
  const { aloud } = await checkHistory(outOfOrder().end().lines, {
    expect: { allow: ['key-reorder'] },
    because: { 'key-reorder': 'the baseline (TICKET-1, until 2027-03-31)' },
  });
  expect(aloud).toEqual([
    'key-reorder holds; 1 finding allowed, because the baseline (TICKET-1, until 2027-03-31) says allow: forbid with expect.forbid',
  ]);
});

test('names of others stay as they are', async () => {
  const head = { recorder: 'import' as const, question: 'pipeline' as const };
  const { findings } = await checkHistory(outOfOrder({ ...head, run: 'the scenario says allow' }).end().lines);
  expect(findings.length).toBeGreaterThan(0);
});
