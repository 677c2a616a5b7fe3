import type { IncomingHttpHeaders } from 'node:http';
import {
  KinesisClient,
  type KinesisClientConfig,
  ListShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, describe, expect, test } from 'vitest';
import { faults } from '../faults/registry.ts';
import { awsSigning } from '../kinesis/aws-signing.ts';
import { type CannedRequest, cannedEngine } from '../testing/stand-ins/canned-engine.ts';
import { type ObservedGateway, observedGateway } from '../testing/stand-ins/observed-gateway.ts';
import { signatureFault } from '../testing/stand-ins/verify-sigv4.ts';
import type { ArmedByName } from './fault-chain.ts';
import { aws } from './upstream/aws.ts';
import { emulator } from './upstream/emulator.ts';

/** AWS itself is not tried here: a server that verifies signatures as AWS publishes it stands in. */
const harness = {
  accessKeyId: 'AKIDHARNESS',
  secretAccessKey: 'secret of the harness',
  sessionToken: 'token of the harness',
};
const app = { accessKeyId: 'AKIDAPP', secretAccessKey: 'secret of the app', sessionToken: 'token of the app' };

let open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

/** What AWS would answer: a place, or the error of a wrong signature. */
const service = async (region = 'eu-west-3') => {
  const engine = await cannedEngine((response, request) => {
    const isOwnHost = request.headers.host === `127.0.0.1:${response.socket?.localPort}`;
    const fault = isOwnHost ? signatureFault(request, harness, region, new Date()) : 'the host is another';
    response.writeHead(fault === undefined ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
    const records = (request.body.toString('latin1').match(/PartitionKey/g) ?? []).map(() => ({
      ShardId: 's',
      SequenceNumber: '1',
    }));
    const place = { ShardId: 's', SequenceNumber: '1', FailedRecordCount: 0, Records: records };
    response.end(JSON.stringify(fault === undefined ? place : { __type: 'InvalidSignatureException', message: fault }));
  });
  open.push(engine.close);
  return engine;
};

const through = async (endpoint: string, armed: readonly ArmedByName[] = []): Promise<ObservedGateway> => {
  const signing = { region: 'us-east-1', credentials: () => Promise.resolve(harness), endpointOf: () => endpoint };
  const started = await observedGateway({ upstream: aws(signing), faults: armed });
  open.push(started.gateway.close);
  return started;
};

const client = (endpoint: string, config: KinesisClientConfig = {}): KinesisClient => {
  const made = new KinesisClient({ endpoint, region: 'eu-west-3', credentials: app, maxAttempts: 1, ...config });
  open.push(() => made.destroy());
  return made;
};

const Data = Buffer.from('hello');
const put = new PutRecordCommand({ StreamName: 'orders', PartitionKey: 'a key', Data });

const secrets = (requests: readonly CannedRequest[]): string =>
  JSON.stringify(requests.map(({ rawHeaders, body }) => [rawHeaders, body.toString('latin1')]));

describe('a call for AWS is signed again', () => {
  test.each([
    ['HTTP/1.1', () => new NodeHttpHandler()],
    ['HTTP/2', () => undefined],
  ])("over %s: with the harness's credentials, for the client's region and the service's host", async (_, handler) => {
    const engine = await service();
    const { listener, observed } = await through(engine.endpoint);
    const requestHandler = handler();
    await client(listener.endpoint, requestHandler === undefined ? {} : { requestHandler }).send(put);
    const headers: IncomingHttpHeaders | undefined = engine.requests[0]?.headers;
    expect(headers?.host).toBe(new URL(engine.endpoint).host);
    expect(secrets(engine.requests)).not.toMatch(/AKIDAPP|of the app/);
    expect(observed).toMatchObject([
      { call: { scope: { region: 'eu-west-3', accessKeyId: 'AKIDAPP' } }, answers: [{ kind: 'ok' }] },
    ]);
  });

  test('after a fault has changed it', async () => {
    const engine = await service();
    const arm = faults['fail-record'].make({ call: 1, entries: [0] });
    const { listener, observed } = await through(engine.endpoint, [{ id: 1, fault: 'fail-record', arm }]);
    const Records = ['a', 'b'].map((PartitionKey) => ({ PartitionKey, Data }));
    const output = await client(listener.endpoint).send(new PutRecordsCommand({ StreamName: 'orders', Records }));
    expect(output.Records).toMatchObject([{ ErrorCode: expect.any(String) }, { SequenceNumber: '1' }]);
    expect(observed[0]?.answers).toMatchObject([{ kind: 'ok', output: { FailedRecordCount: 1 } }]);
  });

  test('if it is chunked CBOR with a query and no signature: for the region of the harness', async () => {
    const engine = await service('us-east-1');
    const { listener } = await through(engine.endpoint);
    const answer = await fetch(`${listener.endpoint}/?b=2&a=1`, {
      method: 'POST',
      headers: { 'x-amz-target': 'Kinesis_20131202.PutRecord', 'content-type': 'application/x-amz-cbor-1.1' },
      body: new ReadableStream({
        start: (controller) => {
          controller.enqueue(Buffer.from('bf', 'hex'));
          controller.enqueue(Buffer.from('ff', 'hex'));
          controller.close();
        },
      }),
      duplex: 'half',
    } as RequestInit);
    expect([answer.status, await answer.json()]).toMatchObject([200, { ShardId: 's' }]);
    expect(engine.requests[0]?.body).toEqual(Buffer.from('bfff', 'hex'));
  });

  test('without credentials, no call is sent, and the gateway reports a failure of its own', async () => {
    const engine = await service();
    const signing = {
      region: 'us-east-1',
      credentials: () => Promise.reject(new Error('no credentials')),
      endpointOf: () => engine.endpoint,
    };
    const { gateway, listener, observed, troubles } = await observedGateway({ upstream: aws(signing) });
    open.push(gateway.close);
    await expect(client(listener.endpoint).send(put)).rejects.toThrow();
    expect([engine.requests, troubles]).toMatchObject([[], [{ side: 'gateway', message: 'no credentials' }]]);
    expect(observed[0]?.answers).toEqual([{ kind: 'lost', message: 'no credentials', isSent: false }]);
  });
});

test('the test’s signature check refuses a call that is not signed again, and one for another region', async () => {
  const engine = await service();
  const { gateway, listener } = await observedGateway({ upstream: emulator(engine.endpoint) });
  open.push(gateway.close);
  await expect(client(listener.endpoint).send(put)).rejects.toThrow('the host is another');
  const stolen = client(listener.endpoint, { credentials: harness, requestHandler: new NodeHttpHandler() });
  await expect(stolen.send(put)).rejects.toThrow('the host is another');
  const signed = await through(engine.endpoint);
  const direct = client(engine.endpoint, { requestHandler: new NodeHttpHandler() });
  await expect(direct.send(put)).rejects.toThrow('credential');
  const wrong = { ...harness, secretAccessKey: 'a guess' };
  const guessed = client(engine.endpoint, { credentials: wrong, requestHandler: new NodeHttpHandler() });
  await expect(guessed.send(put)).rejects.toThrow('the signature is another');
  const elsewhere = client(signed.listener.endpoint, { region: 'us-west-2' });
  await expect(elsewhere.send(new ListShardsCommand({ StreamName: 'orders' }))).rejects.toThrow('is not of');
});

test('the endpoint of a region is the one of the SDK, in every partition', () => {
  const { endpointOf } = awsSigning({ region: 'eu-west-1', credentials: app });
  expect(['us-east-1', 'cn-north-1', 'us-gov-west-1'].map(endpointOf)).toEqual([
    'https://kinesis.us-east-1.amazonaws.com',
    'https://kinesis.cn-north-1.amazonaws.com.cn',
    'https://kinesis.us-gov-west-1.amazonaws.com',
  ]);
});
