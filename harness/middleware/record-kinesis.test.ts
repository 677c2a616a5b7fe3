import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { targets } from '../targets/registry.ts';
import type { RunningTarget } from '../targets/target.ts';
import { assertKeepsOrder, keepOrderMatchers } from './keep-order.ts';
import { type KinesisRecording, type RecordKinesisOptions, recordKinesis } from './record-kinesis.ts';
import type { SdkClient } from './sdk-client.ts';

expect.extend(keepOrderMatchers);
declare module 'vitest' {
  interface Matchers<T> {
    toKeepOrder: () => Promise<T>;
  }
}

let engine: RunningTarget;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-sdk-'));
  engine = await targets.kinesalite.start({ cacheFolder: folder });
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

const credentials = { accessKeyId: 'AKIDOFTHETEST', secretAccessKey: 'the-secret', sessionToken: 'the-token' };
const clientOf = (more: object = {}): KinesisClient =>
  new KinesisClient({
    endpoint: engine.client.endpoint as string,
    region: 'eu-west-1',
    credentials,
    requestHandler: new NodeHttpHandler(),
    ...more,
  });

let count = 0;
/** A stream of its own, a client, and the recording that was begun with one line. */
const begun = async (options: RecordKinesisOptions = {}, client = clientOf()) => {
  count += 1;
  const name = `orders-${count}`;
  const recording = recordKinesis(client, { out: folder, ...options });
  await client.send(new CreateStreamCommand({ StreamName: name, ShardCount: 2 }));
  await vi.waitFor(
    async () => {
      const { StreamDescriptionSummary: seen } = await client.send(
        new DescribeStreamSummaryCommand({ StreamName: name }),
      );
      expect(seen?.StreamStatus).toBe('ACTIVE');
    },
    { timeout: 10_000, interval: 50 },
  );
  return { client, name, recording };
};

const put = (client: KinesisClient, name: string, key: string, seq: number) =>
  client.send(
    new PutRecordCommand({
      StreamName: name,
      PartitionKey: key,
      Data: Buffer.from(JSON.stringify({ seq, pin: 'wxyz' })),
    }),
  );

const linesOf = async (recording: KinesisRecording): Promise<readonly Record<string, unknown>[]> => {
  const { histories } = await recording.verdict();
  const text = await readFile(histories[0]?.path as string, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};

test('a recording with one line before and one after the test finds that the order was kept', async () => {
  const { client, name, recording } = await begun({ id: 'json:/seq' });
  for (let seq = 0; seq < 20; seq += 1) for (const key of ['a', 'b']) await put(client, name, key, seq);
  await expect(recording).toKeepOrder();
  const { verdict, kept, histories, failure } = await recording.verdict();
  expect({ verdict, kept, failure }).toEqual({ verdict: 'holds', kept: true, failure: undefined });
  expect(histories[0]?.counts).toMatchObject({ acked: 40, read: 40 });
});

test('a program that breaks the order fails the test, with the sentence that proves it', async () => {
  const { client, name, recording } = await begun({ id: 'json:/seq' });
  for (const seq of [0, 1, 3, 2, 4]) await put(client, name, 'a', seq);
  await expect(assertKeepsOrder(recording)).rejects.toThrow(/"a" #2 .*behind|order NOT kept: 1 inversion/s);
  await expect(recording).not.toKeepOrder();
  const { verdict, kept } = await recording.verdict();
  expect({ verdict, kept }).toEqual({ verdict: 'violated', kept: false });
});

test('each attempt is recorded: a retry of the SDK is a separate put with retryOf', async () => {
  const lossy = new NodeHttpHandler();
  let isLost = false;
  const handler = {
    metadata: lossy.metadata,
    destroy: () => lossy.destroy(),
    handle: async (...args: Parameters<typeof lossy.handle>) => {
      const answer = await lossy.handle(...args);
      const isPut = args[0].headers['x-amz-target']?.endsWith('PutRecord') === true;
      if (!isPut || isLost) return answer;
      isLost = true;
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'TimeoutError' });
    },
  };
  const { client, name, recording } = await begun({ id: 'json:/seq' }, clientOf({ requestHandler: handler }));
  for (let seq = 0; seq < 5; seq += 1) await put(client, name, 'a', seq);
  const lines = await linesOf(recording);
  const puts = lines.filter(({ type }) => type === 'put');
  expect(puts).toHaveLength(6);
  expect(puts[1]).toMatchObject({ attempt: 2, retryOf: puts[0]?.['op'] });
  expect(lines.find(({ type }) => type === 'ack')).toMatchObject({ outcome: 'info', error: 'NoAnswer' });
  const { verdict, histories } = await recording.verdict();
  expect(verdict).toBe('holds');
  const copies = histories[0]?.claims.find(({ anomaly }) => anomaly === 'duplicate');
  expect(copies).toMatchObject({ found: 1, allowed: 1, verdict: 'holds' });
});

test('batches, reads and errors of the service are recorded; secrets and payloads are not', async () => {
  const { client, name, recording } = await begun({ id: 'json:/seq' });
  const records = [0, 1, 2].map((seq) => ({
    PartitionKey: 'a',
    Data: Buffer.from(JSON.stringify({ seq, pin: 'wxyz' })),
  }));
  const { Records: stored } = await client.send(new PutRecordsCommand({ StreamName: name, Records: records }));
  const shard = stored?.[0]?.ShardId as string;
  const { ShardIterator: iterator } = await client.send(
    new GetShardIteratorCommand({ StreamName: name, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
  expect(page.Records).toHaveLength(3);
  const wrong = client.send(
    new PutRecordCommand({ StreamName: name, PartitionKey: 'x'.repeat(300), Data: Buffer.from('{}') }),
  );
  await expect(wrong).rejects.toThrow(/length less than or equal to 256/);
  const lines = await linesOf(recording);
  expect(lines[0]).toMatchObject({ recorder: 'middleware', question: 'pipeline', identity: { from: 'json' } });
  expect(lines.find(({ type, reader }) => type === 'page' && reader === 'app')).toMatchObject({
    shard,
    records: [0, 1, 2].map((n) => ({ n, key: 'a' })),
  });
  expect(lines.find(({ outcome }) => outcome === 'fail')).toMatchObject({ error: 'ValidationException' });
  const text = JSON.stringify(lines);
  for (const secret of ['wxyz', 'the-secret', 'the-token', 'Signature']) expect(text).not.toContain(secret);
});

test('a stream that the test deletes is first read to its end', async () => {
  const { client, name, recording } = await begun();
  for (let seq = 0; seq < 6; seq += 1) await put(client, name, 'a', seq);
  await client.send(new DeleteStreamCommand({ StreamName: name }));
  const { verdict, histories } = await recording.verdict();
  expect(histories[0]?.counts).toMatchObject({ acked: 6, read: 6 });
  expect(verdict).toBe('holds');
});

test('a second test on the same stream, with the same payloads, sees only its own records', async () => {
  const { client, name, recording } = await begun({ id: 'json:/seq' });
  for (const seq of [2, 1, 0]) await put(client, name, 'a', seq);
  expect((await recording.verdict()).kept).toBe(false);
  const second = recordKinesis(client, { out: folder, id: 'json:/seq' });
  for (const seq of [0, 1, 2]) await put(client, name, 'a', seq);
  await expect(second).toKeepOrder();
  expect((await second.verdict()).histories[0]?.counts).toMatchObject({ acked: 3, read: 3, foreign: 3 });
});

test('only a stream that is recorded can be said to have no records', async () => {
  const [other, unused] = [await begun({ streams: ['another'] }), await begun()];
  await put(other.client, other.name, 'a', 0);
  expect((await other.recording.verdict()).notes.join()).not.toContain('no records were written');
  expect((await unused.recording.verdict()).notes.join()).toContain(`${unused.name}: order not tested: no records`);
});

test('two named clients are two readers', async () => {
  count += 1;
  const [producer, consumer] = [clientOf(), clientOf()];
  const name = `orders-${count}`;
  const recording = recordKinesis({ producer, consumer }, { out: folder, id: 'json:/seq' });
  await producer.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
  await vi.waitFor(() => put(producer, name, 'a', 0), { timeout: 10_000, interval: 50 });
  await put(producer, name, 'a', 1);
  const start = { StreamName: name, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' } as const;
  const { ShardIterator: iterator } = await consumer.send(new GetShardIteratorCommand(start));
  await consumer.send(new GetRecordsCommand({ ShardIterator: iterator }));
  const lines = await linesOf(recording);
  expect(lines.filter(({ type }) => type === 'reader').map(({ reader }) => reader)).toEqual(['consumer', 'final']);
});

describe('the verdict is unknown, with the reason, for', () => {
  test('a client with a mocked send (aws-sdk-client-mock)', async () => {
    const client = clientOf();
    client.send = () => Promise.resolve({ ShardId: 'shardId-000000000000', SequenceNumber: '1' });
    const recording = recordKinesis(client, { out: folder });
    await put(client, 'orders', 'a', 1);
    const { verdict, failure } = await recording.verdict();
    expect(verdict).toBe('unknown');
    expect(failure).toMatch(/no call came through the client.*aws-sdk-client-mock/);
    await expect(recording).not.toKeepOrder();
  });

  test('records that all have different keys', async () => {
    const { client, name, recording } = await begun();
    for (let seq = 0; seq < 5; seq += 1) await put(client, name, `k${seq}`, seq);
    expect((await recording.verdict()).failure).toMatch(/no key has two records that can be compared/);
  });

  test('an engine that is not running; the program gets its own error', async () => {
    const client = clientOf({ endpoint: 'http://127.0.0.1:9', maxAttempts: 1 });
    const recording = recordKinesis(client, { out: folder });
    await expect(put(client, 'orders', 'a', 1)).rejects.toThrow(/ECONNREFUSED/);
    expect((await recording.verdict()).failure).toMatch(/no Kinesis engine answers at http:\/\/127\.0\.0\.1:9/);
  });

  test('a value that is not a client: recordKinesis throws', () => {
    expect(() => recordKinesis({} as SdkClient)).toThrow(/expected a client of the AWS SDK v3/);
  });

  test.each([
    [{ question: 'pipline' }, /there is no question "pipline"/],
    [{ expect: { allow: ['key-order'] } }, /expect\.allow: there is no anomaly "key-order"/],
    [{ id: 'yaml:/seq' }, /yaml:\/seq/],
    [{ identity: 'json:/seq' }, /recordKinesis: there is no option "identity"/],
    [{ stream: ['orders'] }, /there is no option "stream" \(did you mean "streams"\?\)/],
  ])('invalid options: recordKinesis throws at the call: %j', (options, words) => {
    expect(() => recordKinesis(clientOf(), options as RecordKinesisOptions)).toThrow(words);
  });

  test('an id that matches no payload', async () => {
    const { client, name, recording } = await begun({ id: 'json:/sqe' });
    for (let seq = 0; seq < 3; seq += 1) await put(client, name, 'a', seq);
    expect((await recording.verdict()).failure).toMatch(/--id json:\/sqe matches none of 3 payloads/);
  });
});

test('after the verdict the middleware is removed from the client', async () => {
  const { client, name, recording } = await begun();
  for (let seq = 0; seq < 3; seq += 1) await put(client, name, 'a', seq);
  const before = await linesOf(recording);
  await put(client, name, 'a', 3);
  expect(client.middlewareStack.identify().join('\n')).not.toContain('kinesisOrder');
  expect(await linesOf(recording)).toEqual(before);
});
