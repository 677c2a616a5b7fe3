// The same file for Vitest, and for Jest with globals.
import { keepOrderMatchers, recordKinesis } from 'kinesis-order/record';
import { createStream, kinesis, publish } from './orders.mjs';

expect.extend(keepOrderMatchers);
beforeAll(createStream);

test('orders arrive in order', async () => {
  const recording = recordKinesis(kinesis, { id: 'json:/version' });
  for (let index = 0; index < 10; index += 1) await publish('order-1');
  await expect(recording).toKeepOrder();
}, 30_000);

test('a version that is overtaken is seen', async () => {
  const recording = recordKinesis(kinesis, { id: 'json:/version' });
  for (const version of [1, 2, 4, 3]) await publish('order-2', version);
  await expect(recording).not.toKeepOrder();
  const { kept, failure } = await recording.verdict();
  expect(kept).toBe(false);
  expect(failure).toMatch(/"order-2" #3/);
}, 30_000);
