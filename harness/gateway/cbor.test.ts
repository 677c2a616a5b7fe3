import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { faults } from '../faults/registry.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import { cannedEngine } from '../testing/stand-ins/canned-engine.ts';
import { type ObservedGateway, observedGateway } from '../testing/stand-ins/observed-gateway.ts';
import type { ArmedByName } from './fault-chain.ts';
import { emulator } from './upstream/emulator.ts';

let open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

const through = async (endpoint: string, armed: readonly ArmedByName[] = []): Promise<ObservedGateway> => {
  const started = await observedGateway({ upstream: emulator(endpoint), faults: armed });
  open.push(started.gateway.close);
  return started;
};

const text = (value: string): string => {
  const bytes = Buffer.from(value);
  const head = bytes.length < 24 ? [0x60 + bytes.length] : [0x78, bytes.length];
  return Buffer.concat([Buffer.from(head), bytes]).toString('hex');
};

/** As the AWS SDK for Java writes it: maps and lists of indefinite length. */
const putRecord = Buffer.from(
  `bf${text('StreamName')}${text('s')}${text('PartitionKey')}${text('k')}${text('Data')}4568656c6c6fff`,
  'hex',
);
const entry = (key: string): string => `bf${text('PartitionKey')}${text(key)}${text('Data')}5f426865436c6c6fffff`;
const putRecords = Buffer.from(
  `bf${text('StreamName')}${text('s')}${text('Records')}9f${entry('a')}${entry('b')}${entry('c')}ffff`,
  'hex',
);

const cborType = 'application/x-amz-cbor-1.1';
const send = async (endpoint: string, operation: string, body: Uint8Array, headers: Record<string, string> = {}) => {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'x-amz-target': `Kinesis_20131202.${operation}`,
      'content-type': cborType,
      authorization:
        'AWS4-HMAC-SHA256 Credential=a/20261123/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=00',
      'x-amz-date': '20261123T000000Z',
      ...headers,
    },
    body,
  });
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
};

describe('CBOR 1.1', () => {
  test('a put with indefinite lengths is decoded, and forwarded byte for byte', async () => {
    // {"ShardId":"s","SequenceNumber":"1"}
    const said = Buffer.from(`a2${text('ShardId')}${text('s')}${text('SequenceNumber')}${text('1')}`, 'hex');
    const engine = await cannedEngine((response) => response.writeHead(200, { 'content-type': cborType }).end(said));
    open.push(engine.close);
    const { listener, observed } = await through(engine.endpoint);
    const answer = await send(listener.endpoint, 'PutRecord', putRecord);
    expect([engine.requests[0]?.body, answer.body]).toEqual([putRecord, said]);
    expect(observed[0]?.call.input).toEqual({ StreamName: 's', PartitionKey: 'k', Data: Buffer.from('hello') });
    expect(observed[0]?.answers).toMatchObject([{ kind: 'ok', output: { ShardId: 's', SequenceNumber: '1' } }]);
  });

  test.each([
    ['milliseconds with a tag, as the SDK for Java', `c11b000001a1b0000000`, new Date(0x1a1b0000000)],
    ['seconds with a tag, as Smithy', `c1fb41dac00000000000`, new Date(0x6b000000 * 1000)],
    ['seconds without a tag', `1a6b000000`, new Date(0x6b000000 * 1000)],
  ])('a timestamp in %s is decoded', async (_, time, expected) => {
    const engine = await cannedEngine((response) => response.writeHead(200, { 'content-type': cborType }).end());
    open.push(engine.close);
    const { listener, observed } = await through(engine.endpoint);
    await send(listener.endpoint, 'GetShardIterator', Buffer.from(`bf${text('Timestamp')}${time}ff`, 'hex'));
    expect(observed[0]?.call.input).toEqual({ Timestamp: expected });
  });

  test('a blob that an engine encoded as base64 text is decoded', async () => {
    const said = Buffer.from(`a1${text('Records')}81a1${text('Data')}${text('aGVsbG8=')}`, 'hex');
    const engine = await cannedEngine((response) => response.writeHead(200, { 'content-type': cborType }).end(said));
    open.push(engine.close);
    const { listener, observed } = await through(engine.endpoint);
    await send(listener.endpoint, 'GetRecords', Buffer.from('a0', 'hex'));
    expect(observed[0]?.answers).toMatchObject([{ output: { Records: [{ Data: Buffer.from('hello') }] } }]);
  });

  test('a blob that an engine encoded as the JSON of a Buffer is decoded; the client gets the engine’s bytes', async () => {
    const map = `a2${text('type')}${text('Buffer')}${text('data')}8518681865186c186c186f`;
    const said = Buffer.from(`a1${text('Records')}81a1${text('Data')}${map}`, 'hex');
    const engine = await cannedEngine((response) => response.writeHead(200, { 'content-type': cborType }).end(said));
    open.push(engine.close);
    const { listener, observed } = await through(engine.endpoint);
    expect((await send(listener.endpoint, 'GetRecords', Buffer.from('a0', 'hex'))).body).toEqual(said);
    expect(observed[0]?.answers).toMatchObject([{ output: { Records: [{ Data: Buffer.from('hello') }] } }]);
  });

  test('a compressed request and answer are decoded, and forwarded unchanged', async () => {
    const said = gzipSync(Buffer.from(`a1${text('SequenceNumber')}${text('7')}`, 'hex'));
    const engine = await cannedEngine((response) =>
      response.writeHead(200, { 'content-type': cborType, 'content-encoding': 'gzip' }).end(said),
    );
    open.push(engine.close);
    const { listener, observed } = await through(engine.endpoint);
    const packed = gzipSync(putRecord);
    await send(listener.endpoint, 'PutRecord', packed, { 'content-encoding': 'gzip' });
    expect(engine.requests[0]?.body).toEqual(packed);
    expect(observed[0]).toMatchObject({
      call: { bytes: packed.length, input: { PartitionKey: 'k' } },
      answers: [{ output: { SequenceNumber: '7' } }],
    });
  });

  test('an error is decoded with its code and message', async () => {
    const said = Buffer.from(
      `a2${text('__type')}${text('ResourceNotFoundException')}${text('message')}${text('gone')}`,
      'hex',
    );
    const engine = await cannedEngine((response) => response.writeHead(400, { 'content-type': cborType }).end(said));
    open.push(engine.close);
    const { listener, observed } = await through(engine.endpoint);
    await send(listener.endpoint, 'PutRecord', putRecord);
    expect(observed[0]?.answers).toMatchObject([
      { kind: 'error', status: 400, code: 'ResourceNotFoundException', message: 'gone' },
    ]);
  });

  test('Smithy RPC v2 is recognised by its path', async () => {
    const engine = await cannedEngine((response) =>
      response.writeHead(200, { 'content-type': 'application/cbor' }).end(),
    );
    open.push(engine.close);
    const { listener, observed } = await through(engine.endpoint);
    await fetch(`${listener.endpoint}/service/Kinesis_20131202/operation/PutRecord`, {
      method: 'POST',
      headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
      body: putRecord,
    });
    expect(observed[0]?.call).toMatchObject({ operation: 'PutRecord', input: { PartitionKey: 'k' } });
  });

  test.each([
    ['cut short', putRecord.subarray(0, 20)],
    ['of a list too long for any memory', Buffer.from('9bffffffffffffffff', 'hex')],
    ['nested without end', Buffer.alloc(100_000, 0x81)],
    ['that is JSON', Buffer.from('{"StreamName":"s"}')],
  ])('a body %s is forwarded unchanged; the observer sees an empty input', async (_, body) => {
    const engine = await cannedEngine((response) => response.writeHead(400).end());
    open.push(engine.close);
    const { listener, observed, troubles } = await through(engine.endpoint);
    expect(await send(listener.endpoint, 'PutRecord', body)).toMatchObject({ status: 400 });
    expect(engine.requests[0]?.body).toEqual(body);
    expect([observed[0]?.call.input, troubles]).toEqual([{}, []]);
  });
});

test('a fault changes a CBOR call in its own protocol, on a real engine', async () => {
  const engine = await kinesalite.start({ region: 'us-east-1', cacheFolder: '/nowhere' });
  const direct = createKinesis(engine.client);
  open.push(engine.stop, direct.close);
  await direct.createStream({ name: 's', shards: 1, mode: 'PROVISIONED', tags: {} });
  await direct.waitActive('s', 5000);
  const arm = faults['fail-record'].make({ call: 2, entries: [0, 2] });
  const { listener, observed } = await through(engine.client.endpoint ?? '', [{ id: 1, fault: 'fail-record', arm }]);
  await send(listener.endpoint, 'PutRecords', putRecords);
  const answer = await send(listener.endpoint, 'PutRecords', putRecords);
  expect(answer).toMatchObject({ status: 200 });
  expect([answer.headers.get('content-type'), answer.headers.get('x-amz-crc32')]).toEqual([cborType, null]);
  const output = {
    FailedRecordCount: 2,
    Records: [{ ErrorCode: expect.any(String) }, { ShardId: expect.any(String) }, { ErrorCode: expect.any(String) }],
  };
  expect(observed[1]?.answers).toMatchObject([{ kind: 'ok', output }]);
  const at = await direct.getShardIterator({ stream: 's', shard: 'shardId-000000000000', type: 'TRIM_HORIZON' });
  const page = at.ok ? await direct.getRecords({ iterator: at.iterator }) : at;
  const records = 'records' in page ? page.records.map(({ key, data }) => [key, Buffer.from(data).toString()]) : page;
  expect(records).toEqual([
    ['a', 'hello'],
    ['b', 'hello'],
    ['c', 'hello'],
    ['b', 'hello'],
  ]);
});

test('records that were put in JSON and in CBOR are decoded, whichever of the two reads them from kinesalite', async () => {
  const engine = await kinesalite.start({ region: 'us-east-1', cacheFolder: '/nowhere' });
  const direct = createKinesis(engine.client);
  open.push(engine.stop, direct.close);
  await direct.createStream({ name: 's', shards: 1, mode: 'PROVISIONED', tags: {} });
  await direct.waitActive('s', 5000);
  await direct.putRecord({ stream: 's', data: Buffer.from('hello'), key: 'k' });
  await send(engine.client.endpoint ?? '', 'PutRecord', putRecord);
  const at = await direct.getShardIterator({ stream: 's', shard: 'shardId-000000000000', type: 'TRIM_HORIZON' });
  const length = Buffer.byteLength(at.ok ? at.iterator : '')
    .toString(16)
    .padStart(4, '0');
  const iterator = `79${length}${Buffer.from(at.ok ? at.iterator : '').toString('hex')}`;
  const { listener, observed } = await through(engine.client.endpoint ?? '');
  await send(listener.endpoint, 'GetRecords', Buffer.from(`a1${text('ShardIterator')}${iterator}`, 'hex'));
  const json = Buffer.from(JSON.stringify({ ShardIterator: at.ok ? at.iterator : '' }));
  await send(listener.endpoint, 'GetRecords', json, { 'content-type': 'application/x-amz-json-1.1' });
  const record = { PartitionKey: 'k', Data: Buffer.from('hello'), ApproximateArrivalTimestamp: expect.any(Date) };
  const page = { kind: 'ok', output: { Records: [record, record] } };
  expect(observed.map(({ answers }) => answers)).toMatchObject([[page], [page]]);
});
