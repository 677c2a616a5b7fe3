import type { ServerResponse } from 'node:http';
import { type ClientHttp2Stream, connect, constants } from 'node:http2';
import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  type KinesisClientConfig,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
  SubscribeToShardCommand,
} from '@aws-sdk/client-kinesis';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { faults } from '../faults/registry.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import { kinesisLocal } from '../targets/kinesis-local.ts';
import { cannedEngine } from '../testing/stand-ins/canned-engine.ts';
import { type ObservedGateway, observedGateway } from '../testing/stand-ins/observed-gateway.ts';
import { emulator } from './upstream/emulator.ts';

let open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

const through = async (endpoint: string): Promise<ObservedGateway> => {
  const started = await observedGateway({ upstream: emulator(endpoint) });
  open.push(started.gateway.close);
  return started;
};

const client = (endpoint: string, credentials: KinesisClientConfig['credentials']): KinesisClient => {
  const made = new KinesisClient({
    endpoint,
    region: 'us-east-1',
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 1,
  });
  open.push(() => made.destroy());
  return made;
};

test("the SDK's default client (HTTP/2) subscribes to an engine whose own HTTP/2 is broken", async () => {
  const engine = await kinesisLocal.start({ region: 'us-east-1', cacheFolder: '/nowhere' });
  const direct = createKinesis(engine.client);
  open.push(engine.stop, direct.close);
  await direct.createStream({ name: 'fan', shards: 1, mode: 'PROVISIONED', tags: {} });
  await direct.waitActive('fan', 10_000);
  const { gateway, listener, observed, troubles } = await through(engine.client.endpoint ?? '');
  const sdk = client(listener.endpoint, engine.client.credentials);
  const { StreamDescriptionSummary } = await sdk.send(new DescribeStreamSummaryCommand({ StreamName: 'fan' }));
  const { Consumer } = await sdk.send(
    new RegisterStreamConsumerCommand({ StreamARN: StreamDescriptionSummary?.StreamARN, ConsumerName: 'c' }),
  );
  const Data = Buffer.from('hello');
  const put = await sdk.send(new PutRecordCommand({ StreamName: 'fan', PartitionKey: 'k', Data }));
  const subscribe = new SubscribeToShardCommand({
    ConsumerARN: Consumer?.ConsumerARN,
    ShardId: put.ShardId,
    StartingPosition: { Type: 'TRIM_HORIZON' },
  });
  // A new consumer of this engine is not usable at once.
  const subscribed = await vi.waitFor(() => sdk.send(subscribe), { timeout: 10_000, interval: 200 });
  for await (const { SubscribeToShardEvent } of subscribed.EventStream ?? []) {
    const [record] = SubscribeToShardEvent?.Records ?? [];
    if (record === undefined) continue;
    expect(record.SequenceNumber).toBe(put.SequenceNumber);
    break;
  }
  const last = observed.at(-1);
  expect(last?.call.operation).toBe('SubscribeToShard');
  expect(last?.answers).toMatchObject([{ kind: 'ok', output: {} }]);
  const event = last?.events.find((one) => JSON.stringify(one).includes(put.SequenceNumber ?? '?'));
  expect(event).toMatchObject({
    SubscribeToShardEvent: {
      ContinuationSequenceNumber: expect.any(String),
      Records: [{ Data, PartitionKey: 'k', ApproximateArrivalTimestamp: expect.any(Date) }],
    },
  });
  // This SDK's client keeps reading an abandoned stream until its connection breaks.
  await gateway.close();
  expect(last?.ended).toBe(1);
  expect(troubles.filter(({ side }) => side !== 'client')).toEqual([]);
});

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')),
  (value) => Buffer.from(value, 'utf8'),
);
const frame = (headers: Record<string, string>, body: Uint8Array): Buffer =>
  Buffer.from(
    codec.encode({
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { type: 'string', value }])),
      body,
    }),
  );
const event = (payload: object): Buffer =>
  frame(
    { ':message-type': 'event', ':event-type': 'SubscribeToShardEvent', ':content-type': 'application/x-amz-json-1.1' },
    Buffer.from(JSON.stringify(payload)),
  );
const exception = frame(
  { ':message-type': 'exception', ':exception-type': 'InternalFailureException', ':content-type': 'application/json' },
  Buffer.from('{"message":"over"}'),
);

/** What a client of the fetch API gets of a subscription that an engine writes as `write` says. */
const subscription = async (write: (response: ServerResponse) => void) => {
  const engine = await cannedEngine((response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    write(response);
  });
  open.push(engine.close);
  const started = await through(engine.endpoint);
  const abort = new AbortController();
  const answer = await fetch(started.listener.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'Kinesis_20131202.SubscribeToShard', 'content-type': 'application/x-amz-cbor-1.1' },
    body: Buffer.from('a0', 'hex'),
    signal: abort.signal,
  });
  return { ...started, answer, abort };
};

const page = (number: number): object => ({
  Records: [{ Data: 'aGVsbG8=', SequenceNumber: String(number) }],
  MillisBehindLatest: 0,
});

describe('frames', () => {
  test('split at any byte are each decoded once, by their own content type, and forwarded byte for byte', async () => {
    const all = Buffer.concat([event(page(1)), event(page(2)), exception]);
    const { answer, observed } = await subscription((response) => {
      for (let at = 0; at < all.length; at += 7) response.write(all.subarray(at, at + 7));
      response.end();
    });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(all);
    expect(observed[0]).toMatchObject({
      answers: [{ kind: 'ok' }],
      events: [
        { SubscribeToShardEvent: { Records: [{ Data: Buffer.from('hello'), SequenceNumber: '1' }] } },
        { SubscribeToShardEvent: { Records: [{ SequenceNumber: '2' }] } },
        { InternalFailureException: { message: 'over' } },
      ],
      ended: 1,
    });
  });

  test('the observer sees an event before its last byte is forwarded, while the stream goes on', async () => {
    let engine: ServerResponse | undefined;
    const { answer, observed } = await subscription((response) => {
      engine = response;
      response.write(event(page(1)));
    });
    const reader = answer.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? [])).toEqual(event(page(1)));
    expect([observed[0]?.events.length, observed[0]?.ended]).toEqual([1, 0]);
    engine?.end(event(page(2)));
    expect(Buffer.from((await reader?.read())?.value ?? [])).toEqual(event(page(2)));
    expect((await reader?.read())?.done).toBe(true);
    expect([observed[0]?.events.length, observed[0]?.ended]).toEqual([2, 1]);
  });

  test('bytes that are not a frame are forwarded unchanged, and reported', async () => {
    const wrong = Buffer.concat([event(page(1)), Buffer.alloc(40, 1)]);
    const { answer, observed, troubles } = await subscription((response) => response.end(wrong));
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(wrong);
    expect(observed[0]).toMatchObject({ events: [{}], ended: 1 });
    expect(troubles).toMatchObject([{ side: 'engine' }]);
  });

  test('are not affected by faults on other calls', async () => {
    const all = Buffer.concat([event(page(1)), event(page(2))]);
    const engine = await cannedEngine((response) =>
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' }).end(all),
    );
    open.push(engine.close);
    const arm = faults['drop-response'].make({ call: 1 });
    const started = await observedGateway({
      upstream: emulator(engine.endpoint),
      faults: [{ id: 1, fault: 'drop-response', arm }],
    });
    open.push(started.gateway.close);
    const answer = await fetch(started.listener.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'Kinesis_20131202.SubscribeToShard' },
      body: '{}',
    });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(all);
    expect(started.observed[0]).toMatchObject({ answers: [{ kind: 'ok' }], events: [{}, {}], ended: 1 });
  });

  test('a stream that ends in the middle of a frame is reported', async () => {
    const { answer, observed, troubles } = await subscription((response) =>
      response.end(event(page(1)).subarray(0, -1)),
    );
    await answer.arrayBuffer();
    expect(observed[0]).toMatchObject({ events: [], ended: 1 });
    expect(troubles).toMatchObject([{ side: 'engine', message: 'an event stream: it ended in the middle of a frame' }]);
  });

  test('an engine that dies in the middle of a stream breaks the client’s connection', async () => {
    const { answer, observed, troubles } = await subscription((response) => {
      response.write(event(page(1)), () => response.destroy());
    });
    await expect(answer.arrayBuffer()).rejects.toThrow();
    expect(observed[0]).toMatchObject({ events: [{}], ended: 1 });
    expect(troubles).toMatchObject([{ side: 'engine' }]);
  });

  test('a client that disconnects ends the subscription at the engine, and no failure is reported', async () => {
    let isClosed = false;
    const { answer, observed, abort, troubles } = await subscription((response) => {
      response.once('close', () => (isClosed = true));
      response.write(event(page(1)));
    });
    await answer.body?.getReader().read();
    abort.abort();
    await expect.poll(() => [isClosed, observed[0]?.ended]).toEqual([true, 1]);
    expect(troubles).toEqual([]);
  });

  test.each([
    ['resets its stream', (request: ClientHttp2Stream) => request.close(constants.NGHTTP2_CANCEL)],
    ['closes its session', (request: ClientHttp2Stream) => request.session?.destroy()],
  ])('a client that %s over HTTP/2 ends the subscription at the engine', async (_, leave) => {
    let isClosed = false;
    const engine = await cannedEngine((response) => {
      response.once('close', () => (isClosed = true));
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' }).write(event(page(1)));
    });
    open.push(engine.close);
    const { listener, observed, troubles } = await through(engine.endpoint);
    const session = connect(listener.endpoint);
    open.push(() => session.destroy());
    const request = session.request({ ':method': 'POST', 'x-amz-target': 'Kinesis_20131202.SubscribeToShard' });
    request.end('{}');
    const first = await new Promise((resolve) => request.once('data', resolve));
    expect(first).toEqual(event(page(1)));
    leave(request);
    await expect.poll(() => [isClosed, observed[0]?.ended]).toEqual([true, 1]);
    expect(troubles).toEqual([]);
  });

  test('a client that reads slowly slows the engine down', async () => {
    let written = 0;
    let isFull = false;
    const { answer } = await subscription((response) => {
      const more = (): void => {
        while (written < 600 && !isFull) {
          written += 1;
          isFull = !response.write(event({ Records: [{ Data: 'A'.repeat(40_000), SequenceNumber: String(written) }] }));
        }
        if (written === 600) response.end();
      };
      response.on('drain', () => {
        isFull = false;
        more();
      });
      more();
    });
    const reader = answer.body?.getReader();
    await reader?.read();
    await expect.poll(() => isFull, { interval: 100 }).toBe(true);
    expect(written).toBeLessThan(600);
    let bytes = 0;
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
      bytes += part.value?.length ?? 0;
    expect(written).toBe(600);
    expect(bytes).toBeGreaterThan(23_000_000);
  });
});
