import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  CreateStreamCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
  SubscribeToShardCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HistoryEvent, PageEvent } from '../model/event.ts';
import { kinesisLocal } from '../targets/kinesis-local.ts';
import type { RunningTarget } from '../targets/target.ts';
import { recordKinesis } from './record-kinesis.ts';

/** kinesis-local is the engine from npm that knows enhanced fan-out. */
let engine: RunningTarget;
let folder = '';
let client: KinesisClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-fan-out-'));
  engine = await kinesisLocal.start({ region: 'us-east-1', cacheFolder: resolve('.cache') });
  client = new KinesisClient({
    endpoint: engine.client.endpoint as string,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDOFTHETEST', secretAccessKey: 'the-secret' },
    // The engine supports only HTTP/1.1; the SDK's default is HTTP/2.
    requestHandler: new NodeHttpHandler(),
  });
}, 180_000);
afterAll(async () => {
  client.destroy();
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

const active = (status: () => Promise<string | undefined>): Promise<void> =>
  vi.waitFor(async () => expect(await status()).toBe('ACTIVE'), { timeout: 10_000, interval: 50 });

/** A stream of two shards, and a consumer of it, as a program makes them. */
const consumerOf = async (name: string): Promise<string> => {
  await client.send(new CreateStreamCommand({ StreamName: name, ShardCount: 2 }));
  const summary = () => client.send(new DescribeStreamSummaryCommand({ StreamName: name }));
  await active(async () => (await summary()).StreamDescriptionSummary?.StreamStatus);
  const stream = (await summary()).StreamDescriptionSummary?.StreamARN as string;
  const { Consumer: made } = await client.send(
    new RegisterStreamConsumerCommand({ StreamARN: stream, ConsumerName: 'app' }),
  );
  const consumer = made?.ConsumerARN as string;
  await active(async () => {
    const seen = await client.send(new DescribeStreamConsumerCommand({ ConsumerARN: consumer }));
    return seen.ConsumerDescription?.ConsumerStatus;
  });
  return consumer;
};

/** Sequence numbers that a subscription gave, until there are `count`. */
const subscribed = async (consumer: string, shard: string, count: number): Promise<readonly string[]> => {
  const { EventStream } = await client.send(
    new SubscribeToShardCommand({
      ConsumerARN: consumer,
      ShardId: shard,
      StartingPosition: { Type: 'TRIM_HORIZON' },
    }),
  );
  const given: string[] = [];
  for await (const { SubscribeToShardEvent: event } of EventStream ?? []) {
    given.push(...(event?.Records ?? []).map(({ SequenceNumber }) => SequenceNumber as string));
    if (given.length >= count) break;
  }
  return given;
};

test('events of a subscription of the program are recorded one by one, and judged', async () => {
  const recording = recordKinesis(client, { out: folder, id: 'json:/seq' });
  const consumer = await consumerOf('pushed');
  const stored = new Map<string, string[]>();
  for (let seq = 0; seq < 20; seq += 1)
    for (const key of ['a', 'b', 'c']) {
      const Data = Buffer.from(JSON.stringify({ seq }));
      const put = await client.send(new PutRecordCommand({ StreamName: 'pushed', PartitionKey: key, Data }));
      const shard = put.ShardId as string;
      stored.set(shard, [...(stored.get(shard) ?? []), put.SequenceNumber as string]);
    }
  for (const [shard, seqs] of stored) expect(await subscribed(consumer, shard, seqs.length)).toEqual(seqs);

  const { verdict, kept, histories } = await recording.verdict();
  expect({ verdict, kept }).toEqual({ verdict: 'holds', kept: true });
  const events = (await readFile(histories[0]?.path as string, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryEvent);
  const pages = events.filter((event): event is PageEvent => event.type === 'page' && event.reader === 'app');
  const given = (shard: string) =>
    pages.filter((page) => page.shard === shard).flatMap(({ records = [] }) => records.map(({ seq }) => seq));
  for (const [shard, seqs] of stored) expect(given(shard)).toEqual(seqs);
  const [first] = pages;
  expect(first?.from).toMatchObject({ type: 'TRIM_HORIZON' });
  expect(first?.continuation).toMatch(/^\d+$/);
}, 60_000);
