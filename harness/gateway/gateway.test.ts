import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  type KinesisClientConfig,
  ListShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type ObservedGateway, observedGateway } from '../testing/stand-ins/observed-gateway.ts';
import { createAuthority } from './front/authority.ts';
import type { GatewayOptions } from './gateway.ts';
import { emulator } from './upstream/emulator.ts';

const stream = 'passed';
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

const start = async (options: Partial<GatewayOptions> = {}): Promise<ObservedGateway> => {
  const started = await observedGateway({ upstream: emulator(engine.client.endpoint ?? ''), authority, ...options });
  open.push(started.gateway.close);
  return started;
};

const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'kinesis-order-gateway-'));
  open.push(() => rm(made, { recursive: true }));
  return made;
};

const client = (config: KinesisClientConfig): KinesisClient => {
  const made = new KinesisClient({
    region: 'eu-west-3',
    credentials: { accessKeyId: 'AKIDAPP', secretAccessKey: 'never observed', sessionToken: 'never observed either' },
    maxAttempts: 1,
    ...config,
  });
  open.push(() => made.destroy());
  return made;
};

const Data = Buffer.from('hello');

/** Every way in which a client of this SDK reaches the gateway. */
const ways: Readonly<Record<string, (started: ObservedGateway) => Promise<KinesisClientConfig>>> = {
  'HTTP/1.1': async ({ listener }) => ({ endpoint: listener.endpoint, requestHandler: new NodeHttpHandler() }),
  "HTTP/2 with prior knowledge (the SDK's default)": async ({ listener }) => ({ endpoint: listener.endpoint }),
  'HTTP/1.1 over TLS': async ({ listener, gateway }) => {
    const { caFile } = await gateway.writeCa(await folder());
    const httpsAgent = new Agent({ ca: await readFile(caFile) });
    return { endpoint: listener.tlsEndpoint, requestHandler: new NodeHttpHandler({ httpsAgent }) };
  },
};

describe.each(Object.entries(ways))('over %s', (_, way) => {
  test('the observer sees a put decoded, with its scope and answer, and without secrets', async () => {
    const started = await start();
    const { observed, troubles, requests } = started;
    const sdk = client(await way(started));
    const output = await sdk.send(new PutRecordCommand({ StreamName: stream, PartitionKey: 'k', Data }));
    expect(observed).toHaveLength(1);
    expect(observed[0]?.call).toMatchObject({
      id: 1,
      port: 'app',
      operation: 'PutRecord',
      input: { StreamName: stream, PartitionKey: 'k', Data },
      scope: { region: 'eu-west-3', accessKeyId: 'AKIDAPP' },
      attempt: 1,
      tag: undefined,
    });
    expect(observed[0]?.call.invocationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(observed[0]?.answers).toMatchObject([
      { kind: 'ok', status: 200, output: { ShardId: shard, SequenceNumber: output.SequenceNumber } },
    ]);
    expect(JSON.stringify(observed)).not.toMatch(/never observed|Signature/);
    expect([troubles, requests]).toEqual([[], ['app']]);
  });

  test('the observer sees the blobs and times of a page, and the code and message of an error', async () => {
    const started = await start();
    const { observed } = started;
    const sdk = client(await way(started));
    const put = await sdk.send(new PutRecordCommand({ StreamName: stream, PartitionKey: 'k', Data }));
    const { ShardIterator } = await sdk.send(
      new GetShardIteratorCommand({
        StreamName: stream,
        ShardId: shard,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: put.SequenceNumber,
      }),
    );
    const page = await sdk.send(new GetRecordsCommand({ ShardIterator }));
    expect(observed[2]?.answers[0]).toMatchObject({
      kind: 'ok',
      output: { Records: [{ Data, ApproximateArrivalTimestamp: page.Records?.[0]?.ApproximateArrivalTimestamp }] },
    });
    await expect(sdk.send(new ListShardsCommand({ StreamName: 'nowhere' }))).rejects.toThrow('not found');
    expect(observed[3]?.answers).toMatchObject([{ kind: 'error', status: 400, code: 'ResourceNotFoundException' }]);
  });

  test('of 100 concurrent calls, the observer sees each once, and each client gets its own answer', async () => {
    const started = await start();
    const sdk = client(await way(started));
    const keys = Array.from({ length: 100 }, (__, index) => `k${index}`);
    const outputs = await Promise.all(
      keys.map((PartitionKey) => sdk.send(new PutRecordCommand({ StreamName: stream, PartitionKey, Data }))),
    );
    const seen = started.observed.map(({ call, answers }) => [call.input['PartitionKey'], answers]);
    expect(new Map(seen as [])).toEqual(
      new Map(
        keys.map((key, index) => [
          key,
          [
            expect.objectContaining({
              output: expect.objectContaining({ SequenceNumber: outputs[index]?.SequenceNumber }),
            }),
          ],
        ]),
      ),
    );
  });

  test('a call with 4 MB is forwarded', async () => {
    const started = await start();
    const sdk = client(await way(started));
    const Records = Array.from({ length: 5 }, (__, index) => ({
      PartitionKey: `k${index}`,
      Data: Buffer.alloc(800_000, index),
    }));
    const output = await sdk.send(new PutRecordsCommand({ StreamName: stream, Records }));
    expect(output.FailedRecordCount).toBe(0);
    const observed = started.observed[0]?.call.input['Records'] as typeof Records;
    expect(observed.every((record, index) => Records[index]?.Data.equals(record.Data))).toBe(true);
  });
});

describe('the certificate authority of a run', () => {
  test('issues certificates for this machine and for any name that a client asks for, also over HTTP/2', async () => {
    const { gateway, listener } = await start();
    const { bundleFile } = await gateway.writeCa(await folder());
    const ca = await readFile(bundleFile);
    for (const servername of ['localhost', 'kinesis.us-east-1.amazonaws.com', 'gateway']) {
      const socket = connectTls({
        port: listener.port,
        host: '127.0.0.1',
        servername,
        ca,
        ALPNProtocols: ['h2', 'http/1.1'],
      });
      await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
      expect([socket.authorized, socket.alpnProtocol]).toEqual([true, 'h2']);
      socket.destroy();
    }
  });

  test.each([
    ['negotiated', ['h2']],
    ['with prior knowledge', undefined],
  ])('serves HTTP/2 over TLS, %s', async (_, ALPNProtocols) => {
    const { gateway, listener, observed, troubles } = await start();
    const { caFile } = await gateway.writeCa(await folder());
    const ca = await readFile(caFile);
    const tls = { host: '127.0.0.1', port: listener.port, ca, ...(ALPNProtocols && { ALPNProtocols }) };
    const session = connectHttp2(listener.tlsEndpoint, { createConnection: () => connectTls(tls) });
    open.push(() => session.destroy());
    const request = session.request({
      ':method': 'POST',
      'x-amz-target': 'Kinesis_20131202.PutRecord',
      'content-type': 'application/x-amz-json-1.1',
    });
    request.end(JSON.stringify({ StreamName: stream, PartitionKey: 'k', Data: 'eA==' }));
    await new Promise((resolve) => request.on('end', resolve).resume());
    expect(observed[0]?.call).toMatchObject({ input: { Data: Buffer.from('x') } });
    expect(troubles).toEqual([]);
  });

  test('a client that does not trust it fails, and the gateway reports it', async () => {
    const { listener, troubles } = await start();
    const sdk = client({ endpoint: listener.tlsEndpoint, requestHandler: new NodeHttpHandler() });
    await expect(sdk.send(new ListShardsCommand({ StreamName: stream }))).rejects.toThrow(/certificate/);
    await expect.poll(() => troubles).toMatchObject([{ side: 'client', port: 'app' }]);
  });
});

describe('listeners', () => {
  test('each have a port, and share the upstream', async () => {
    const { gateway, observed } = await start();
    const other = await gateway.listen('other');
    const sdk = client({ endpoint: other.endpoint });
    await sdk.send(new ListShardsCommand({ StreamName: stream }));
    expect(observed.map(({ call }) => call.port)).toEqual(['other']);
  });

  test('a second one on the same port is refused, naming the port', async () => {
    const { gateway, listener } = await start();
    const second = gateway.listen('second', { port: listener.port });
    await expect(second).rejects.toBeInstanceOf(HarnessError);
    await expect(second).rejects.toMatchObject({
      code: 'usage',
      message: `the gateway cannot listen on 127.0.0.1 port ${listener.port}: another program listens there`,
    });
  });

  test('an address of another machine is refused, naming the address', async () => {
    const { gateway } = await start();
    await expect(gateway.listen('x', { host: '192.0.2.1' })).rejects.toThrow('192.0.2.1 port 0');
  });

  test('an endpoint that is not a URL is refused', () => {
    expect(() => emulator('localhost:4567')).toThrow('"localhost:4567" is not an http or https address');
  });
});
