import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request as overHttp } from 'node:http';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { request as overHttps, Agent as TlsAgent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cbor } from '@smithy/core/cbor';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { faults } from '../faults/registry.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type ToldGateway, toldGateway } from '../testing/stand-ins/told-gateway.ts';
import type { Fired } from './fault-chain.ts';
import { createAuthority } from './front/authority.ts';
import { emulator } from './upstream/emulator.ts';

const stream = 'everywhere';
const shard = 'shardId-000000000000';
let engine: RunningTarget;
let direct: Kinesis;
let open: (() => unknown)[] = [];
const authority = createAuthority();

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

/** A client of somebody else: it tells nobody who it is. `undefined`: its connection broke. */
type Answer = { readonly status: number; readonly body: Buffer } | undefined;
type Send = (headers: Record<string, string>, body: Buffer) => Promise<Answer>;

const overHttp1 = (endpoint: string, ca?: Buffer): Send => {
  const agent = ca === undefined ? new Agent({ keepAlive: true }) : new TlsAgent({ keepAlive: true, ca });
  open.push(() => agent.destroy());
  return (headers, body) =>
    new Promise((resolve) => {
      const request = (ca === undefined ? overHttp : overHttps)(
        endpoint,
        { agent, method: 'POST', headers },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts) }));
        },
      );
      request.on('error', () => resolve(undefined));
      request.end(body);
    });
};

const overHttp2 = (endpoint: string, ca?: Buffer): Send => {
  let session: ClientHttp2Session | undefined;
  open.push(() => session?.destroy());
  return async (headers, body) => {
    if (session === undefined || session.destroyed) session = connectHttp2(endpoint, ca === undefined ? {} : { ca });
    session.on('error', () => undefined);
    const request = session.request({ ':method': 'POST', ...headers });
    request.end(body);
    const parts: Buffer[] = [];
    let status: number | undefined;
    request.on('response', (head) => (status = head[':status']));
    request.on('data', (part: Buffer) => parts.push(part)).on('error', () => undefined);
    await new Promise((resolve) => request.once('close', resolve));
    // Of a dropped answer the whole session ends.
    if (status === undefined) expect(session.destroyed).toBe(true);
    return status === undefined ? undefined : { status, body: Buffer.concat(parts) };
  };
};

type Shape = Record<string, unknown>;
const protocols = {
  JSON: {
    type: 'application/x-amz-json-1.1',
    encode: (shape: Shape) => Buffer.from(JSON.stringify(shape, (_, value: unknown) => base64(value))),
    decode: (body: Buffer) => JSON.parse(body.toString()) as Shape,
  },
  CBOR: {
    type: 'application/x-amz-cbor-1.1',
    encode: (shape: Shape) => Buffer.from(cbor.serialize(shape)),
    decode: (body: Buffer) => cbor.deserialize(body) as Shape,
  },
};
const base64 = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'
    ? Buffer.from((value as unknown as { data: number[] }).data).toString('base64')
    : value;

type Call = (operation: string, input: Shape) => Promise<Shape | undefined>;
const caller =
  (send: Send, { type, encode, decode }: (typeof protocols)['JSON']): Call =>
  async (operation, input) => {
    const answer = await send(
      {
        'content-type': type,
        'x-amz-target': `Kinesis_20131202.${operation}`,
        authorization:
          'AWS4-HMAC-SHA256 Credential=a/20261123/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20261123T000000Z',
      },
      encode({ StreamName: stream, ...input }),
    );
    return answer === undefined ? undefined : decode(answer.body);
  };

const caOf = async ({ gateway }: ToldGateway): Promise<Buffer> => {
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-gateway-'));
  open.push(() => rm(folder, { recursive: true }));
  return readFile((await gateway.writeCa(folder)).caFile);
};

const ways: Readonly<Record<string, (started: ToldGateway) => Promise<Call>>> = {
  'JSON over HTTP/1.1': async ({ listener }) => caller(overHttp1(listener.endpoint), protocols.JSON),
  'JSON over HTTP/2': async ({ listener }) => caller(overHttp2(listener.endpoint), protocols.JSON),
  'JSON over TLS': async (started) =>
    caller(overHttp1(started.listener.tlsEndpoint, await caOf(started)), protocols.JSON),
  'CBOR over HTTP/1.1': async ({ listener }) => caller(overHttp1(listener.endpoint), protocols.CBOR),
  'CBOR over HTTP/2 and TLS': async (started) =>
    caller(overHttp2(started.listener.tlsEndpoint, await caOf(started)), protocols.CBOR),
};

/** A place from which a test reads only what it wrote itself. */
const mark = async (): Promise<string> => {
  const answer = await direct.putRecord({ stream, data: Buffer.from('mark'), key: 'mark' });
  return answer.outcome === 'ok' && answer.results[0] !== undefined && 'seq' in answer.results[0]
    ? answer.results[0].seq
    : '';
};
const stored = async (from: string): Promise<readonly string[]> => {
  const at = await direct.getShardIterator({ stream, shard, type: 'AFTER_SEQUENCE_NUMBER', seq: from });
  const page = at.ok ? await direct.getRecords({ iterator: at.iterator }) : at;
  return 'records' in page ? page.records.map(({ data }) => Buffer.from(data).toString()) : [];
};

const put = (call: Call, text: string): Promise<Shape | undefined> =>
  call('PutRecord', { PartitionKey: 'k', Data: Buffer.from(text) });
const puts = (call: Call, ...texts: string[]): Promise<Shape | undefined> =>
  call('PutRecords', { Records: texts.map((text) => ({ PartitionKey: 'k', Data: Buffer.from(text) })) });
const acked = { ShardId: shard, SequenceNumber: expect.any(String) };

describe.each(Object.entries(ways))('%s', (_, way) => {
  const start = async (fault: keyof typeof faults, options: object) => {
    const fired: Fired[] = [];
    const variant = faults[fault];
    const arm = variant.make(variant.options.parse(options) as never);
    const started = await toldGateway({
      upstream: emulator(engine.client.endpoint ?? ''),
      faults: [{ id: 1, fault, arm }],
      onFired: (one) => void fired.push(one),
      authority,
    });
    open.push(started.gateway.close);
    return { ...started, fired, call: await way(started), from: await mark() };
  };

  test('fail-record', async () => {
    const { call, from, fired, told } = await start('fail-record', { call: 2, entries: [0] });
    expect(await put(call, '1')).toMatchObject(acked);
    const output = { FailedRecordCount: 1, Records: [{ ErrorCode: 'ProvisionedThroughputExceededException' }, acked] };
    expect(await puts(call, '2', '3')).toMatchObject(output);
    expect(await stored(from)).toEqual(['1', '3']);
    expect([fired.length, told[1]?.answers]).toMatchObject([1, [{ kind: 'ok', output }]]);
  });

  test('drop-response', async () => {
    const { call, from, fired, told } = await start('drop-response', { call: 2, producer: 'app' });
    expect(await put(call, '1')).toMatchObject(acked);
    expect(await put(call, '2')).toBeUndefined();
    expect(await put(call, '2')).toMatchObject(acked);
    expect(await stored(from)).toEqual(['1', '2', '2']);
    expect([fired.length, told.map(({ answers }) => answers[0]?.kind)]).toEqual([1, ['ok', 'lost', 'ok']]);
  });

  test('delay', async () => {
    const { call, from, fired, gateway } = await start('delay', { call: 2, lose: true });
    await put(call, '1');
    expect(await put(call, '2')).toBeUndefined();
    expect(await put(call, '3')).toMatchObject(acked);
    await gateway.heal();
    expect(await stored(from)).toEqual(['1', '3', '2']);
    expect(fired).toHaveLength(1);
  });

  test('lose-record', async () => {
    const { call, from, fired, told } = await start('lose-record', { call: 2 });
    await put(call, '1');
    expect(await puts(call, '2', '3')).toMatchObject({ Records: [acked, acked] });
    expect(await stored(from)).toEqual(['1', '3']);
    expect([fired.length, told[1]?.answers[0]?.kind]).toEqual([1, 'ok']);
  });

  test('duplicate-record', async () => {
    const { call, from } = await start('duplicate-record', { call: 1 });
    expect(await put(call, '1')).toMatchObject(acked);
    expect(await stored(from)).toEqual(['1', '1']);
  });

  test('reorder-record', async () => {
    const { call, from, gateway } = await start('reorder-record', { call: 2 });
    for (const text of ['1', '2', '3']) expect(await put(call, text)).toMatchObject(acked);
    await gateway.heal();
    expect(await stored(from)).toEqual(['1', '3', '2']);
  });
});

test('puts of each listener are counted apart, reads are not puts, and retries count', async () => {
  const fired: Fired[] = [];
  const variant = faults['drop-response'];
  const arm = variant.make(variant.options.parse({ call: 2, producer: 'other' }) as never);
  const started = await toldGateway({
    upstream: emulator(engine.client.endpoint ?? ''),
    faults: [{ id: 1, fault: 'drop-response', arm }],
    onFired: (one) => void fired.push(one),
  });
  open.push(started.gateway.close);
  const other = await started.gateway.listen('other');
  const [mine, theirs] = [started.listener, other].map(({ endpoint }) => caller(overHttp1(endpoint), protocols.JSON));
  if (mine === undefined || theirs === undefined) throw new Error('no listener');
  for (let n = 0; n < 3; n += 1) expect(await put(mine, 'x')).toMatchObject(acked);
  await theirs('ListShards', {});
  await theirs('GetRecords', { StreamName: undefined, ShardIterator: 'none' });
  expect(await put(theirs, 'x')).toMatchObject(acked);
  expect(await put(theirs, 'x')).toBeUndefined();
  expect(fired).toHaveLength(1);
});
