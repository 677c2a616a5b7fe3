import type { ServerResponse } from 'node:http';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, describe, expect, test } from 'vitest';
import { faults } from '../faults/registry.ts';
import type { CallObserver } from '../tap/call.ts';
import { cannedEngine } from '../testing/stand-ins/canned-engine.ts';
import { type GatewayOptions, type Listener, startGateway } from './gateway.ts';
import { emulator } from './upstream/emulator.ts';

let open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

const place = (response: ServerResponse): unknown =>
  response
    .setHeader('content-type', 'application/x-amz-json-1.1')
    .end('{"ShardId":"shardId-000000000000","SequenceNumber":"1"}');

type Logged = { readonly listener: Listener; readonly log: readonly string[] };

/** What the gateway does, and what it tells, in one order. */
const logged = async (options: Partial<GatewayOptions> = {}, observer: Partial<CallObserver> = {}): Promise<Logged> => {
  const log: string[] = [];
  const engine = await cannedEngine((response, { body }) => {
    log.push(`engine ${(JSON.parse(body.toString()) as { readonly PartitionKey: string }).PartitionKey}`);
    place(response);
  });
  const upstream = emulator(engine.endpoint);
  const gateway = await startGateway({
    upstream: {
      ...upstream,
      outbound: (request) => {
        log.push('sent on');
        return upstream.outbound(request);
      },
    },
    observer: {
      ...observer,
      sent: ({ input }) => {
        const key = String(input['PartitionKey']);
        log.push(`seen ${key}`);
        return { answered: ({ kind }) => void log.push(`${kind} ${key}`) };
      },
    },
    ...options,
  });
  open.push(engine.close, gateway.close);
  return { listener: await gateway.listen('app'), log };
};

const clients: Readonly<Record<string, (endpoint: string) => KinesisClient>> = {
  'HTTP/1.1': (endpoint) => clientOf(endpoint, { requestHandler: new NodeHttpHandler() }),
  'HTTP/2': (endpoint) => clientOf(endpoint),
};

const clientOf = (endpoint: string, more: { readonly requestHandler?: NodeHttpHandler } = {}): KinesisClient => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const made = new KinesisClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1, ...more });
  open.push(() => made.destroy());
  return made;
};

const put = (client: KinesisClient, key: string): Promise<unknown> =>
  client.send(new PutRecordCommand({ StreamName: 's', PartitionKey: key, Data: Buffer.from('x') }));

describe.each(Object.entries(clients))('%s', (_, clientAt) => {
  test('the observer sees a call right after it was forwarded, before the engine receives it', async () => {
    const { listener, log } = await logged();
    const client = clientAt(listener.endpoint);
    for (const key of ['a', 'b', 'c']) await put(client, key);
    const of = (key: string) => ['sent on', `seen ${key}`, `engine ${key}`, `ok ${key}`];
    expect(log).toEqual(['a', 'b', 'c'].flatMap(of));
  });

  test('the observer sees an answer before the client’s next call, with many clients at once', async () => {
    const { listener, log } = await logged();
    const names = Array.from({ length: 8 }, (__, index) => `k${index}`);
    await Promise.all(
      names.map(async (key) => {
        const client = clientAt(listener.endpoint);
        for (let n = 0; n < 12; n += 1) await put(client, key);
      }),
    );
    for (const key of names) {
      const entries = log.filter((line) => line.endsWith(` ${key}`) && !line.startsWith('engine'));
      expect(entries).toEqual(Array.from({ length: 12 }, () => [`seen ${key}`, `ok ${key}`]).flat());
    }
  });

  test('the observer sees a call before it is forwarded if a fault is armed', async () => {
    const arm = faults['drop-response'].make({ call: 9 });
    const { listener, log } = await logged({ faults: [{ id: 1, fault: 'drop-response', arm }] });
    await put(clientAt(listener.endpoint), 'a');
    expect(log).toEqual(['seen a', 'sent on', 'engine a', 'ok a']);
  });

  test('a call is not forwarded before the observer’s `before` has resolved', async () => {
    const waiting: string[] = [];
    const { listener, log } = await logged(
      {},
      {
        before: async ({ input }) => {
          waiting.push(String(input['PartitionKey']), ...log);
          await new Promise((resolve) => setImmediate(resolve));
          return undefined;
        },
      },
    );
    await put(clientAt(listener.endpoint), 'a');
    expect(waiting).toEqual(['a']);
    expect(log).toEqual(['sent on', 'seen a', 'engine a', 'ok a']);
  });
});
