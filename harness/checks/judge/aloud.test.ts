import { expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import type { Head } from '../../model/event.ts';
import { linesOf } from '../../testing/cases/contract/order-lines.ts';

const aloud = async (history: string, head: Partial<Head> = {}): Promise<readonly string[]> =>
  (await checkHistory(linesOf(['topo whole', 'reader final final', ...history.split(' | ')], head))).aloud;

const resent = 'put 1 a0 | info 1 | a0>10 | a1>30 | read 10=a0 20=a0 30=a1';
const copied = 'put 1 a0 | info 1 | a0>10 | a1>30 | read 10=a0 20=a0 30=a1 40=a1';

test('findings that are allowed for their kind name it', async () => {
  expect(await aloud(resent)).toContain(
    'duplicate holds; 1 finding allowed, since findings of kind retry are allowed by default: forbid with expect.forbid',
  );
});

test('a claim that is violated does not hold beside what is allowed', async () => {
  expect(await aloud(copied)).toContain(
    'duplicate: 1 finding allowed, since findings of kind retry are allowed by default: forbid with expect.forbid',
  );
});

test('what is allowed by default says why, and not that it is allowed because it is', async () => {
  expect(await aloud('put 1 a0 b0 | put 2 c0 | ack 1 10 30 | ack 2 20 | a1>40 | read 10=a0 20=c0 30=b0 40=a1')).toEqual(
    ['int-send-skip holds; 1 finding allowed, since they break no firm promise of AWS: forbid with expect.forbid'],
  );
});

test('what the scenario allows says so', async () => {
  expect(await aloud(copied, { scenario: { expect: { allow: ['duplicate'] } } })).toContain(
    'duplicate holds; 2 findings allowed, because the scenario says allow: forbid with expect.forbid',
  );
});

test('an order that no call promised names the calls', async () => {
  const [one] = await aloud('put 1 a0 a1 | ack 1 20 10 | read 10=a1 20=a0', {
    scenario: { expect: { ignore: ['int-nonmonotonic-send'] } },
  });
  expect(one).toBe(
    'key-reorder holds; 1 finding allowed, because keys were written by PutRecords or aggregates (P4), which promises no order: forbid with expect.forbid',
  );
});

test('where some keys were promised an order, those that were not are told apart', async () => {
  const said = await aloud('put 1 a0 a1 | ack 1 20 10 | b0>30 | b1>40 | read 10=a1 20=a0 30=b0 40=b1', {
    scenario: { expect: { ignore: ['int-nonmonotonic-send'] } },
  });
  expect(said).toEqual([
    'key-reorder holds; 1 finding allowed, because their keys were written by calls that promise no order: forbid with expect.forbid',
  ]);
});

test('a record given again to another iterator says so', async () => {
  expect(await aloud('a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 20=a1 chain:2 from:TRIM')).toEqual([
    're-delivery holds; 2 findings allowed, because the reader began again with another iterator: forbid with expect.forbid',
  ]);
});

test('keys promise nothing where the stream distributes records by itself', async () => {
  const head = { stream: { distribution: 'AUTO' }, scenario: { expect: { ignore: ['key-reorder'] } } } as const;
  expect(await aloud('a0>20 | a1>10 | read 10=a1 20=a0', head)).toContain(
    'nonmonotonic-send: 1 finding allowed, because the stream distributes records by itself (RecordDistributionStrategy AUTO): forbid with expect.forbid',
  );
});
