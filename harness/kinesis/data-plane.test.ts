import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createKinesis } from './create-kinesis.ts';
import type { Kinesis } from './kinesis.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

const against = async (listener: RequestListener, requestTimeoutMs = 2000): Promise<Kinesis> => {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const kinesis = clientOf((server.address() as AddressInfo).port, requestTimeoutMs);
  open.push(() => {
    kinesis.close();
    server.closeAllConnections();
    server.close();
  });
  return kinesis;
};

const clientOf = (port: number, requestTimeoutMs = 2000): Kinesis =>
  createKinesis({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestTimeoutMs,
  });

const answering =
  (status: number, body: string, type = 'application/x-amz-json-1.1'): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };
const said = (error: string): string => JSON.stringify({ __type: error, message: 'in its own words' });
const data = new Uint8Array([1]);
const put = { stream: 's', data, key: 'k' };
const seq = '49600000000000000000000000000000000000000000000000000001';

describe('a put that was refused for a reason that rules an effect out', () => {
  test.each([
    'ProvisionedThroughputExceededException',
    'ResourceNotFoundException',
    'ValidationException',
    'AccessDeniedException',
    'KMSThrottlingException',
    'ExpiredTokenException',
  ])('%s is fail, with the words of the engine', async (error) => {
    const kinesis = await against(answering(400, said(error)));
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'fail', error, message: 'in its own words' });
  });

  test('a connection refused sent nothing', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const kinesis = clientOf(port);
    open.push(kinesis.close);
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'fail', error: 'ECONNREFUSED' });
  });
});

describe('a put that may have happened', () => {
  test.each([
    [500, 'InternalFailure'],
    [503, 'ServiceUnavailable'],
    [500, 'ValidationException'],
    [400, 'NobodyHasMetThisException'],
  ])('%i %s is info', async (status, error) => {
    const kinesis = await against(answering(status, said(error)));
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'info', error });
  });

  test('a reset is info', async () => {
    const kinesis = await against((request) => request.socket.destroy());
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'info', error: 'ECONNRESET' });
  });

  test('an engine that hangs is info after the request timeout, and is asked once', async () => {
    let asked = 0;
    const kinesis = await against(() => {
      asked += 1;
    }, 200);
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'info', error: 'ETIMEDOUT' });
    expect(asked).toBe(1);
  });
});

describe('an answer that is nonsense', () => {
  test.each([
    ['nothing in it', '{}'],
    ['no number', JSON.stringify({ ShardId: 'shardId-000000000000' })],
    ['a number that is none', JSON.stringify({ ShardId: 'shardId-000000000000', SequenceNumber: 'x1' })],
  ])('to PutRecord, %s: info', async (_, body) => {
    const kinesis = await against(answering(200, body));
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'info', error: 'MalformedResponse' });
  });

  test.each([
    ['fewer results', [{ ShardId: 'a', SequenceNumber: seq }]],
    ['null for a result', [null, null]],
    ['no list', undefined],
  ])('to PutRecords, %s: info', async (_, Records) => {
    const kinesis = await against(answering(200, JSON.stringify({ FailedRecordCount: 0, Records })));
    const entries = [
      { data, key: 'a' },
      { data, key: 'b' },
    ];
    expect(await kinesis.putRecords({ stream: 's', entries })).toMatchObject({ outcome: 'info' });
  });

  test('a web page instead of JSON is info to a put and a failure to a read', async () => {
    const kinesis = await against(answering(200, '<html>hello</html>', 'text/html'));
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'info' });
    expect(await kinesis.getRecords({ iterator: 'i' })).toMatchObject({ ok: false });
  });

  test('GetRecords without Records is no empty page, and no end of a shard', async () => {
    const kinesis = await against(answering(200, '{}'));
    expect(await kinesis.getRecords({ iterator: 'i' })).toMatchObject({ ok: false, error: 'MalformedResponse' });
  });
});

test('the tag of a call goes out as headers, and only when it is given', async () => {
  const seen: unknown[] = [];
  const kinesis = await against((request, response) => {
    const { headers } = request;
    seen.push([headers['x-kinesis-order-op'], headers['x-kinesis-order-producer'], headers['x-kinesis-order-call']]);
    response.end(JSON.stringify({ ShardId: 'shardId-000000000000', SequenceNumber: seq }));
  });
  await kinesis.putRecord(put, { tag: { op: 7, producer: 'p 1', call: 3 } });
  await kinesis.putRecord(put);
  await kinesis.putRecord(put, { tag: { op: 8, producer: 'p2', call: 4 } });
  expect(seen).toEqual([
    ['7', 'p%201', '3'],
    [undefined, undefined, undefined],
    ['8', 'p2', '4'],
  ]);
});
