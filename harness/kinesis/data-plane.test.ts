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

describe('a put refused with an error that rules out an effect', () => {
  test.each([
    'ProvisionedThroughputExceededException',
    'ResourceNotFoundException',
    'ValidationException',
    'AccessDeniedException',
    'KMSThrottlingException',
    'ExpiredTokenException',
  ])('%s is fail, with the message of the engine', async (error) => {
    const kinesis = await against(answering(400, said(error)));
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'fail', error, message: 'in its own words' });
  });

  test('a refused connection is fail, because nothing was sent', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const kinesis = clientOf(port);
    open.push(kinesis.close);
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'fail', error: 'ECONNREFUSED' });
  });
});

describe('a put that may have had an effect', () => {
  test.each([
    [500, 'InternalFailure'],
    [503, 'ServiceUnavailable'],
    [500, 'ValidationException'],
    [400, 'NobodyHasMetThisException'],
  ])('%i %s is info', async (status, error) => {
    const kinesis = await against(answering(status, said(error)));
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'info', error });
  });

  test('a connection reset is info', async () => {
    const kinesis = await against((request) => request.socket.destroy());
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'info', error: 'ECONNRESET' });
  });

  test('an engine that hangs is info after the request timeout, and gets one request', async () => {
    let asked = 0;
    const kinesis = await against(() => {
      asked += 1;
    }, 200);
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'info', error: 'ETIMEDOUT' });
    expect(asked).toBe(1);
  });
});

describe('an invalid answer', () => {
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

  const record = { SequenceNumber: seq, PartitionKey: 'k', Data: 'AA==' };
  test.each([
    [{ Records: {} }, 'Records is {}, expected a list'],
    [{ Records: [null] }, 'Records[0] is null, expected an object'],
    [
      { Records: [{ ...record, SequenceNumber: 7 }] },
      'Records[0].SequenceNumber is 7, expected a decimal number as text',
    ],
    [{ Records: [{ ...record, PartitionKey: 5 }] }, 'Records[0].PartitionKey is 5, expected text'],
    [{ Records: [], NextShardIterator: 7 }, 'NextShardIterator is 7, expected text'],
    [{ Records: [], MillisBehindLatest: '0' }, 'MillisBehindLatest is "0", expected number'],
    [{ Records: [], ChildShards: 'none' }, 'ChildShards'],
    [{ Records: [], ChildShards: [{ ShardId: 1 }] }, 'ChildShards[0].ShardId is 1, expected text'],
  ])('to GetRecords: %j is a failed read that names the field', async (body, words) => {
    const kinesis = await against(answering(200, JSON.stringify(body)));
    const page = await kinesis.getRecords({ iterator: 'i' });
    expect(page).toMatchObject({ ok: false, error: 'MalformedResponse' });
    expect(page).toHaveProperty('message', expect.stringContaining(words));
  });

  test.each([
    ['ShardIterator', { ShardIterator: 7 }, 'GetShardIterator: ShardIterator is 7, expected text'],
    ['no ShardIterator', {}, 'GetShardIterator: ShardIterator is missing, expected text'],
  ])('to GetShardIterator: %s', async (_, body, message) => {
    const kinesis = await against(answering(200, JSON.stringify(body)));
    const asked = await kinesis.getShardIterator({ stream: 's', shard: 'x', type: 'TRIM_HORIZON' });
    expect(asked).toEqual({ ok: false, error: 'MalformedResponse', message });
  });

  test.each([
    ['a shard that is a number', { ShardId: 5, SequenceNumber: seq }, 'ShardId is 5'],
    ['a sequence number that is a number', { ShardId: 's', SequenceNumber: 5 }, 'SequenceNumber is 5'],
    ['an error that is an object', { ErrorCode: {} }, 'ErrorCode is {}'],
  ])('to PutRecords, %s: info that names call and field', async (_, result, words) => {
    const kinesis = await against(answering(200, JSON.stringify({ Records: [result] })));
    expect(await kinesis.putRecords({ stream: 's', entries: [{ data, key: 'a' }] })).toMatchObject({
      outcome: 'info',
      error: 'MalformedResponse',
      message: expect.stringContaining(`PutRecords: result 1: ${words}`) as string,
    });
  });

  test.each([7, {}, [1]])('an error message that is %j becomes text', async (message) => {
    const kinesis = await against(answering(400, JSON.stringify({ __type: 'ValidationException', message })));
    const outcome = await kinesis.putRecord(put);
    expect(outcome).toMatchObject({ outcome: 'fail', error: 'ValidationException' });
    expect('message' in outcome ? typeof outcome.message : 'string').toBe('string');
  });

  test('a body that never ends is cut off by the timeout, as info', async () => {
    const kinesis = await against((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    }, 200);
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'info', error: 'ETIMEDOUT' });
    await expect(kinesis.describe('s')).rejects.toMatchObject({
      code: 'target',
      message: 'DescribeStreamSummary s was not answered within 300 ms',
    });
  });

  test('a web page instead of JSON is info to a put and a failure to a read', async () => {
    const kinesis = await against(answering(200, '<html>hello</html>', 'text/html'));
    expect(await kinesis.putRecord(put)).toMatchObject({ outcome: 'info' });
    expect(await kinesis.getRecords({ iterator: 'i' })).toMatchObject({ ok: false });
  });

  test('GetRecords without Records is neither an empty page nor the end of a shard', async () => {
    const kinesis = await against(answering(200, '{}'));
    expect(await kinesis.getRecords({ iterator: 'i' })).toMatchObject({ ok: false, error: 'MalformedResponse' });
  });
});

test('the tag of a call is sent as headers, only if there is one', async () => {
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

describe('an invalid control-plane answer is a failure of the target that names call and field', () => {
  const range = { StartingHashKey: '0', EndingHashKey: '9' };
  const shard = { ShardId: 's', HashKeyRange: range, SequenceNumberRange: { StartingSequenceNumber: '1' } };
  test.each([
    [{}, 'Shards is missing, expected a list'],
    [{ Shards: [{ ...shard, ShardId: 5 }] }, 'Shards[0].ShardId is 5, expected text'],
    [{ Shards: [shard, { ...shard, HashKeyRange: null }] }, 'Shards[1].HashKeyRange is missing, expected an object'],
    [{ Shards: [{ ...shard, HashKeyRange: { ...range, EndingHashKey: 'x' } }] }, 'Shards[0].EndingHashKey is "x"'],
    [
      { Shards: [{ ...shard, SequenceNumberRange: { StartingSequenceNumber: 1 } }] },
      'Shards[0].StartingSequenceNumber',
    ],
    [{ Shards: [], NextToken: 'again' }, 'does not end: page 2 has no new items, and announces more'],
  ])('ListShards %j', async (body, words) => {
    const kinesis = await against(answering(200, JSON.stringify(body)));
    await expect(kinesis.listShards('orders')).rejects.toMatchObject({
      code: 'target',
      message: expect.stringContaining('ListShards orders') as string,
    });
    await expect(kinesis.listShards('orders')).rejects.toThrow(words);
  });

  test('ListShards may have an empty page before the last one', async () => {
    let page = 0;
    const kinesis = await against((_, response) => {
      page += 1;
      const body = page === 1 ? { Shards: [], NextToken: 'more' } : { Shards: [shard] };
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    });
    expect(await kinesis.listShards('orders')).toMatchObject([{ shard: 's' }]);
  });

  test.each([
    [{}, 'it is missing, expected an object'],
    [{ StreamDescriptionSummary: { StreamStatus: 5 } }, 'StreamStatus is 5, expected text'],
    [{ StreamDescriptionSummary: { StreamStatus: 'ACTIVE', OpenShardCount: 'two' } }, 'OpenShardCount is "two"'],
  ])('DescribeStreamSummary %j', async (body, words) => {
    const kinesis = await against(answering(200, JSON.stringify(body)));
    await expect(kinesis.describe('orders')).rejects.toThrow(
      `DescribeStreamSummary orders has an invalid answer: ${words}`,
    );
  });

  test.each([
    [{ StreamNames: 'a' }, 'StreamNames'],
    [{ StreamNames: ['a', 5] }, 'StreamNames[1] is 5, expected text'],
    [{ StreamNames: ['a'], HasMoreStreams: true }, 'ListStreams does not end: page 2'],
  ])('ListStreams %j', async (body, words) => {
    const kinesis = await against(answering(200, JSON.stringify(body)));
    await expect(kinesis.listStreams()).rejects.toThrow(words);
  });
});
