import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { faults } from '../faults/registry.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { CallTag, Kinesis } from '../kinesis/kinesis.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import type { ArmedByName, Fired } from './fault-chain.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { emulator } from './upstream/emulator.ts';

const stream = 'faulted';
const shard = 'shardId-000000000000';
let engine: RunningTarget;
let direct: Kinesis;
let open: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  engine = await kinesalite.start({ region: 'us-east-1', cacheFolder: '/nowhere' });
  direct = createKinesis(engine.client);
  await direct.createStream({ name: stream, shards: 1, mode: 'PROVISIONED', tags: {} });
  await direct.waitActive(stream, 5000);
});
afterAll(async () => {
  direct.close();
  await engine.stop();
});
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

const armed = (fault: keyof typeof faults, options: unknown, id = 1): ArmedByName => {
  const variant = faults[fault];
  return { id, fault, arm: variant.make(variant.options.parse(options) as never) };
};

const through = async (
  list: readonly ArmedByName[],
  { upstream = engine.client.endpoint ?? '', requestTimeoutMs = 5000 } = {},
): Promise<{ gateway: Gateway; endpoint: string; kinesis: Kinesis; fired: Fired[] }> => {
  const fired: Fired[] = [];
  const gateway = await startGateway({
    upstream: emulator(upstream),
    faults: list,
    onFired: (firing) => fired.push(firing),
  });
  const { endpoint } = await gateway.listen('test');
  const kinesis = createKinesis({ ...engine.client, endpoint, requestTimeoutMs });
  open.push(gateway.close, kinesis.close);
  return { gateway, endpoint, kinesis, fired };
};

const tag = (call: number, producer = 'p1'): CallTag => ({ op: 100 + call, producer, call });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entries = (...texts: string[]) => texts.map((text) => ({ data: bytes(text), key: text }));

const stored = async (from: string): Promise<readonly string[]> => {
  const at = await direct.getShardIterator({ stream, shard, type: 'AFTER_SEQUENCE_NUMBER', seq: from });
  if (!at.ok) throw new Error(at.message);
  const page = await direct.getRecords({ iterator: at.iterator });
  if (!page.ok) throw new Error(page.message);
  return page.records.map(({ data }) => new TextDecoder().decode(data));
};

/** A place from which a test reads only what it wrote itself. */
const mark = async (): Promise<string> => {
  const answer = await direct.putRecord({ stream, data: bytes('mark'), key: 'mark' });
  if (answer.outcome !== 'ok' || answer.results[0] === undefined || !('seq' in answer.results[0]))
    throw new Error('no mark');
  return answer.results[0].seq;
};

describe('fail-record', () => {
  test('does not store the named entries, and answers the others at their own index', async () => {
    const from = await mark();
    const { kinesis, fired } = await through([armed('fail-record', { call: 2, entries: [0, 2] })]);
    const first = await kinesis.putRecords({ stream, entries: entries('a', 'b') }, { tag: tag(1) });
    expect(first).toMatchObject({ outcome: 'ok', results: [{ shard }, { shard }] });
    const second = await kinesis.putRecords({ stream, entries: entries('c', 'd', 'e') }, { tag: tag(2) });
    const code = 'ProvisionedThroughputExceededException';
    expect(second).toMatchObject({ outcome: 'ok', results: [{ error: code }, { shard }, { error: code }] });
    expect(await stored(from)).toEqual(['a', 'b', 'd']);
    expect(fired).toEqual([{ id: 1, fault: 'fail-record', op: 102, detail: { entries: [0, 2], code } }]);
  });

  test('does not send a call to the engine if all its entries fail', async () => {
    const from = await mark();
    const { kinesis } = await through([armed('fail-record', { call: 1, entries: [0, 1], code: 'InternalFailure' })]);
    const answer = await kinesis.putRecords({ stream, entries: entries('a', 'b') }, { tag: tag(1) });
    expect(answer).toMatchObject({
      outcome: 'ok',
      results: [{ error: 'InternalFailure' }, { error: 'InternalFailure' }],
    });
    expect(await stored(from)).toEqual([]);
  });

  test('two faults on one call both fire, and each entry is answered at its own index', async () => {
    const from = await mark();
    const { kinesis, fired } = await through([
      armed('fail-record', { call: 1, entries: [0] }, 1),
      armed('fail-record', { call: 1, entries: [1], code: 'InternalFailure' }, 2),
    ]);
    await kinesis.putRecords({ stream, entries: entries('a', 'b', 'c') }, { tag: tag(1) });
    expect(new Set(fired.map(({ id }) => id))).toEqual(new Set([1, 2]));
    expect(await stored(from)).toHaveLength(1);
  });

  test('does not fire for the same call index of another producer', async () => {
    const { kinesis, fired } = await through([armed('fail-record', { producer: 'p2', call: 1, entries: [0] })]);
    const answer = await kinesis.putRecords({ stream, entries: entries('a') }, { tag: tag(1, 'p1') });
    expect(answer).toMatchObject({ outcome: 'ok', results: [{ shard }] });
    expect(fired).toEqual([]);
  });
});

test('drop-response: the outcome is unknown to the producer, and the record is stored', async () => {
  const from = await mark();
  const { kinesis, fired } = await through([armed('drop-response', { call: 1 })]);
  const answer = await kinesis.putRecord({ stream, data: bytes('kept'), key: 'k' }, { tag: tag(1) });
  expect(answer).toMatchObject({ outcome: 'info' });
  expect(await stored(from)).toEqual(['kept']);
  expect(fired).toEqual([{ id: 1, fault: 'drop-response', op: 101 }]);
});

describe('delay', () => {
  const slow = (text: string): { stream: string; data: Uint8Array; key: string } => ({
    stream,
    data: bytes(text),
    key: 'k',
  });

  test('a held call is stored after the later calls that it waits for', async () => {
    const from = await mark();
    const { kinesis } = await through([armed('delay', { call: 1, laterCalls: 2 })]);
    const held = kinesis.putRecord(slow('1'), { tag: tag(1) });
    await kinesis.putRecord(slow('2'), { tag: tag(2) });
    await kinesis.putRecord(slow('3'), { tag: tag(3) });
    expect(await held).toMatchObject({ outcome: 'ok' });
    expect(await stored(from)).toEqual(['2', '3', '1']);
  });

  test('heal waits until a held call is answered, even if its producer has given up', async () => {
    let answered = 0;
    const server = createServer((request, response) => {
      request.resume().on('end', () =>
        setTimeout(() => {
          answered += 1;
          response.end(JSON.stringify({ ShardId: shard, SequenceNumber: '1' }));
        }, 150),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => void server.close());
    const upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { kinesis, gateway } = await through([armed('delay', { call: 1 })], { upstream, requestTimeoutMs: 100 });
    expect(await kinesis.putRecord(slow('late'), { tag: tag(1) })).toMatchObject({ outcome: 'info' });
    await gateway.heal();
    expect(answered).toBe(1);
  });
});

describe('calls that no fault changes', () => {
  test('reads are forwarded unchanged', async () => {
    const from = await mark();
    await direct.putRecord({ stream, data: bytes('read me'), key: 'k' });
    const { kinesis } = await through([armed('drop-response', { call: 1 })]);
    const at = await kinesis.getShardIterator({ stream, shard, type: 'AFTER_SEQUENCE_NUMBER', seq: from });
    const page = at.ok ? await kinesis.getRecords({ iterator: at.iterator }) : at;
    expect(page).toMatchObject({ ok: true, records: [{ data: bytes('read me') }] });
  });

  test('an error of the engine is forwarded unchanged', async () => {
    const { kinesis } = await through([armed('drop-response', { call: 1 })]);
    const answer = await kinesis.putRecord({ stream: 'nowhere', data: bytes('x'), key: 'k' }, { tag: tag(1) });
    expect(answer).toMatchObject({ outcome: 'fail', error: 'ResourceNotFoundException' });
  });

  /** An engine that keeps the requests it got, and gives a scripted answer. */
  const scripted = async (status: number, headers: Readonly<Record<string, string>>, body: Buffer) => {
    const seen: Buffer[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push(Buffer.concat(chunks));
        response.writeHead(status, headers).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => void server.close());
    return { seen, upstream: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };

  const put = async (endpoint: string, body: Uint8Array, api = 'PutRecords', call = 1) => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'x-amz-target': `Kinesis_20131202.${api}`,
        'x-kinesis-order-call': String(call),
        'accept-encoding': 'gzip',
      },
      body,
    });
    return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
  };

  test.each([
    ['without faults', [] as ArmedByName[]],
    [
      'with faults on other calls',
      [armed('fail-record', { call: 7, entries: [0] }), armed('drop-response', { call: 8 }, 2)],
    ],
    ['with a fault on an entry that it does not have', [armed('fail-record', { call: 1, entries: [9] })]],
  ])('a put %s is forwarded byte for byte, and so is its answer', async (_, list) => {
    const said = Buffer.from('{ "Records" : [{"ShardId":"s","SequenceNumber":"1"}],\n"FailedRecordCount":0.0 }');
    const { seen, upstream } = await scripted(200, { 'x-amz-crc32': '1234', 'x-amzn-requestid': 'r' }, said);
    const { endpoint, fired } = await through(list, { upstream });
    const sent = Buffer.from('{ "Records" : [{"Data":"eA==", "PartitionKey":"\\u0061"}],\t"StreamName":"s" }');
    const answer = await put(endpoint, sent);
    expect([seen, answer.body, fired]).toEqual([[sent], said, []]);
    expect([answer.headers.get('x-amz-crc32'), answer.headers.get('x-amzn-requestid')]).toEqual(['1234', 'r']);
  });

  test('a compressed answer stays compressed, with its content-encoding', async () => {
    const { upstream } = await scripted(200, { 'content-encoding': 'gzip' }, gzipSync('{"SequenceNumber":"1"}'));
    const { endpoint } = await through([armed('drop-response', { call: 7 })], { upstream });
    expect((await put(endpoint, Buffer.from('{}'), 'PutRecord')).body.toString()).toBe('{"SequenceNumber":"1"}');
  });

  test('an answer that is not JSON is forwarded unchanged, even if a fault is armed for the call', async () => {
    const page = Buffer.from('<html>Bad gateway</html>');
    for (const status of [502, 200]) {
      const { upstream } = await scripted(status, { 'content-type': 'text/html' }, page);
      const { endpoint, kinesis } = await through([armed('fail-record', { call: 1, entries: [0] })], { upstream });
      const two = Buffer.from('{"Records":[{"Data":"","PartitionKey":"a"},{"Data":"","PartitionKey":"b"}]}');
      expect(await put(endpoint, two)).toMatchObject({ status, body: page });
      expect(await kinesis.putRecords({ stream, entries: entries('a', 'b') }, { tag: tag(2) })).toMatchObject({
        outcome: 'info',
      });
    }
  });

  test('a put that is not JSON is forwarded unchanged, and counts as a call', async () => {
    const { seen, upstream } = await scripted(200, {}, Buffer.from('{"SequenceNumber":"1"}'));
    const { endpoint, fired } = await through([armed('delay', { call: 1 })], { upstream });
    const cbor = Buffer.from('a16a53747265616d4e616d656173', 'hex');
    const held = put(endpoint, Buffer.from('{}'), 'PutRecord', 1);
    await expect.poll(() => fired).toHaveLength(1);
    await put(endpoint, cbor, 'PutRecord', 2);
    expect((await held).status).toBe(200);
    expect(seen).toEqual([cbor, Buffer.from('{}')]);
  });

  test('after heal, a fault that has not fired no longer fires', async () => {
    const from = await mark();
    const { kinesis, gateway, fired } = await through([
      armed('fail-record', { call: 1, entries: [0] }),
      armed('drop-response', { call: 2 }, 2),
    ]);
    await gateway.heal();
    const first = await kinesis.putRecords({ stream, entries: entries('a') }, { tag: tag(1) });
    const second = await kinesis.putRecord({ stream, data: bytes('b'), key: 'b' }, { tag: tag(2) });
    expect([first, second]).toMatchObject([{ results: [{ shard }] }, { results: [{ shard }] }]);
    expect(await stored(from)).toEqual(['a', 'b']);
    expect(fired).toEqual([]);
  });

  test('an engine that breaks its connection breaks the client’s; the gateway makes up no answer', async () => {
    const server: Server = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => void server.close());
    const upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { kinesis } = await through([], { upstream });
    expect(await kinesis.putRecord({ stream, data: bytes('x'), key: 'k' })).toMatchObject({ outcome: 'info' });
  });
});

test.each([
  ['fail-record', { call: 0, entries: [0] }],
  ['fail-record', { call: 1, entries: [] }],
  ['fail-record', { call: 1, entries: [0], code: 'Oops' }],
  ['drop-response', { call: 1, calls: 2 }],
  ['delay', { call: 1, laterCalls: 0 }],
] as const)('%s refuses %j', (fault, options) => {
  expect(faults[fault].options.safeParse(options).success).toBe(false);
});
