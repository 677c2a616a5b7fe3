// Run it with: node --test orders.node-test.mjs
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { assertKeepsOrder, recordKinesis } from 'kinesis-order/record';
import { createStream, kinesis, publish } from './orders.mjs';

before(createStream);

test('orders arrive in order', async () => {
  const recording = recordKinesis(kinesis, { id: 'json:/version' });
  for (let index = 0; index < 10; index += 1) await publish('order-3');
  await assertKeepsOrder(recording);
});

test('a version that is overtaken is seen', async () => {
  const recording = recordKinesis(kinesis, { id: 'json:/version' });
  for (const version of [1, 2, 4, 3]) await publish('order-4', version);
  await assert.rejects(assertKeepsOrder(recording), /"order-4" #3/);
});
