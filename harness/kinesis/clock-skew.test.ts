import { afterEach, describe, expect, test } from 'vitest';
import { type CannedEngine, cannedEngine } from '../testing/stand-ins/canned-engine.ts';
import { createKinesis } from './create-kinesis.ts';
import type { Kinesis } from './kinesis.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** An engine that refuses every call, by a clock that is ten minutes ahead of ours. */
const ahead = async (error: string): Promise<{ readonly kinesis: Kinesis; readonly engine: CannedEngine }> => {
  const engine = await cannedEngine((response) => {
    response.writeHead(400, {
      'content-type': 'application/x-amz-json-1.1',
      date: new Date(Date.now() + 600_000).toUTCString(),
    });
    response.end(JSON.stringify({ __type: error, message: 'in its own words' }));
  });
  const kinesis = createKinesis({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestTimeoutMs: 700,
  });
  open.push(engine.close, () => kinesis.close());
  return { kinesis, engine };
};

describe('an engine whose clock is ten minutes ahead', () => {
  test('is not asked again whether a stream is gone once it has said so', async () => {
    const { kinesis, engine } = await ahead('ResourceNotFoundException');
    await kinesis.waitGone('orders', 1000);
    expect(engine.requests).toHaveLength(1);
  });

  test('that denies a call is reported in its own words', async () => {
    const { kinesis } = await ahead('AccessDeniedException');
    await expect(kinesis.listShards('orders')).rejects.toThrow(
      'ListShards orders: AccessDeniedException: in its own words',
    );
  });

  test('and that refuses the time of a signature is asked again', async () => {
    const { kinesis, engine } = await ahead('InvalidSignatureException');
    await expect(kinesis.describe('orders')).rejects.toThrow();
    expect(engine.requests.length).toBeGreaterThan(1);
  });
});
