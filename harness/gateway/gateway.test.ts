import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { ApiAnswer, ApiCall } from '../tap/call.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type GatewayOptions, startGateway } from './gateway.ts';
import type { Trouble } from './trouble.ts';
import { emulator } from './upstream/emulator.ts';

const stream = 'passed';
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

type Told = { readonly call: ApiCall; readonly answers: ApiAnswer[]; readonly events: unknown[]; ended: number };

const start = async (options: Partial<GatewayOptions> = {}) => {
  const told: Told[] = [];
  const troubles: Trouble[] = [];
  const gateway = await startGateway({
    upstream: emulator(engine.client.endpoint ?? ''),
    observer: {
      sent: (call) => {
        const one: Told = { call, answers: [], events: [], ended: 0 };
        told.push(one);
        return {
          answered: (answer) => void one.answers.push(answer),
          event: (event) => void one.events.push(event),
          ended: () => void (one.ended += 1),
        };
      },
    },
    onTrouble: (trouble) => void troubles.push(trouble),
    ...options,
  });
  const { endpoint, port } = await gateway.listen('app');
  open.push(gateway.close);
  return { gateway, endpoint, port, told, troubles };
};

const client = (endpoint: string): KinesisClient => {
  const made = new KinesisClient({
    endpoint,
    region: 'eu-west-3',
    credentials: { accessKeyId: 'AKIDAPP', secretAccessKey: 'never told', sessionToken: 'never told either' },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  });
  open.push(() => made.destroy());
  return made;
};

describe('what the observer is told', () => {
  test('a put with its decoded input, its scope and its answer, and none of the secrets', async () => {
    const { endpoint, told } = await start();
    const Data = Buffer.from('hello');
    const output = await client(endpoint).send(new PutRecordCommand({ StreamName: stream, PartitionKey: 'k', Data }));
    expect(told).toHaveLength(1);
    expect(told[0]?.call).toMatchObject({
      id: 1,
      port: 'app',
      operation: 'PutRecord',
      input: { StreamName: stream, PartitionKey: 'k', Data },
      scope: { region: 'eu-west-3', accessKeyId: 'AKIDAPP' },
      attempt: 1,
      tag: undefined,
    });
    expect(told[0]?.call.invocationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(told[0]?.answers).toMatchObject([
      { kind: 'ok', status: 200, output: { ShardId: shard, SequenceNumber: output.SequenceNumber } },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/never told|Signature/);
  });
});
