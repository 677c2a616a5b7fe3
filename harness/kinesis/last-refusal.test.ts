import { afterEach, expect, test } from 'vitest';
import { cannedEngine } from '../testing/stand-ins/canned-engine.ts';
import { hangs, refuses } from '../testing/stand-ins/lies.ts';
import { createKinesis } from './create-kinesis.ts';
import type { Kinesis } from './kinesis.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

const against = async (take: typeof hangs): Promise<Kinesis> => {
  const call = { action: 'ListShards', count: 0, path: '/', input: {} };
  const engine = await cannedEngine((response) => take(response, call));
  const kinesis = createKinesis({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestTimeoutMs: 400,
  });
  open.push(engine.close, () => kinesis.close());
  return kinesis;
};

test('a call that the engine refuses until the deadline is not told as unanswered', async () => {
  const kinesis = await against(refuses('LimitExceededException'));
  await expect(kinesis.listShards('orders')).rejects.toMatchObject({
    code: 'target',
    message: 'ListShards orders was refused again and again for 600 ms: LimitExceededException: in its own words',
    hint: 'the engine answers, and refuses this call: check its limits and its log',
  });
});

test('a call without an answer is', async () => {
  await expect((await against(hangs)).listShards('orders')).rejects.toThrow(/ListShards orders.*(600 ms|400 ms)/);
});
