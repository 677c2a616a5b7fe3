import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClientOptions } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import { seededRandom } from '../lib/random.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import { kinesisLocal } from '../targets/kinesis-local.ts';
import type { RunningTarget } from '../targets/target.ts';
import { areas } from './answer.ts';
import type { ClaimId } from './registry.ts';
import { claims } from './registry.ts';
import { runClaims } from './run-claims.ts';

/**
 * Probes bite: between probe and a real engine stands a proxy that tells one lie, and the claim's answer must turn
 * from `conforms` to `deviates`. A lie is a change of the request, of the answer, or an answer made up.
 */
type Body = Record<string, unknown>;
type Reply = { readonly status: number; readonly body: Body };
type Lie = (api: string, body: Body, forward: (body: Body) => Promise<Reply>) => Promise<Reply>;

const ok = (body: Body): Reply => ({ status: 200, body });
const refusal = (name: string): Reply => ({ status: 400, body: { __type: name, message: 'a lie' } });
const list = (value: unknown): Body[] => (Array.isArray(value) ? (value as Body[]) : []);

const onRequest =
  (of: string, change: (body: Body) => Body): Lie =>
  (api, body, forward) =>
    forward(api === of ? change(body) : body);

const onAnswer =
  (of: string, change: (answer: Body, request: Body) => Body): Lie =>
  async (api, body, forward) => {
    const reply = await forward(body);
    return api === of && reply.status === 200 ? ok(change(reply.body, body)) : reply;
  };

const instead =
  (of: string, answer: (body: Body) => Reply | undefined): Lie =>
  (api, body, forward) => {
    const made = api === of ? answer(body) : undefined;
    return made === undefined ? forward(body) : Promise.resolve(made);
  };

const shardsChanged = (change: (shard: Body) => Body): Lie =>
  onAnswer('ListShards', (answer) => ({ ...answer, Shards: list(answer['Shards']).map(change) }));

const iteratorType = (from: string, to: string): Lie =>
  onRequest('GetShardIterator', (body) =>
    body['ShardIteratorType'] === from ? { ...body, ShardIteratorType: to } : body,
  );

const keyOf = ({ PartitionKey }: Body): string => (typeof PartitionKey === 'string' ? PartitionKey : '');

const lies: readonly (readonly [what: string, claim: ClaimId, lie: Lie])[] = [
  [
    'acknowledges what it does not store',
    'put-record-answers-its-place',
    instead('PutRecord', () => ok({ ShardId: 'shardId-000000000000', SequenceNumber: '49600000000000000000' })),
  ],
  [
    'loses one of many puts in flight',
    'concurrent-puts-are-all-stored',
    instead('PutRecord', (body) =>
      Buffer.from(String(body['Data']), 'base64').toString() === 'a7'
        ? ok({ ShardId: 'shardId-000000000000', SequenceNumber: '49600000000000000000' })
        : undefined,
    ),
  ],
  [
    'sends every key to one shard',
    'partition-key-is-hashed-by-md5',
    onRequest('PutRecord', (body) => ({ ...body, ExplicitHashKey: '0' })),
  ],
  [
    'ignores the explicit hash key',
    'explicit-hash-key-overrides-the-key',
    onRequest('PutRecord', ({ ExplicitHashKey: _, ...body }) => body),
  ],
  [
    'answers entries in another order',
    'put-records-answers-each-entry',
    onAnswer('PutRecords', (answer) => ({ ...answer, Records: list(answer['Records']).toReversed() })),
  ],
  [
    'stores a call backwards',
    'put-records-natural-order',
    onRequest('PutRecords', (body) => ({ ...body, Records: list(body['Records']).toReversed() })),
  ],
  [
    'writes leading zeros',
    'sequence-number-shape',
    onAnswer('PutRecord', (answer) => ({ ...answer, SequenceNumber: `00${String(answer['SequenceNumber'])}` })),
  ],
  [
    'changes the data',
    'data-is-unchanged',
    onAnswer('GetRecords', (answer) => ({
      ...answer,
      Records: list(answer['Records']).map((record) => ({ ...record, Data: 'bGll' })),
    })),
  ],
  ['reads AFTER as AT', 'after-the-first-record', iteratorType('AFTER_SEQUENCE_NUMBER', 'AT_SEQUENCE_NUMBER')],
  ['reads AT as AFTER', 'at-sequence-number', iteratorType('AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER')],
  ['reads LATEST as TRIM_HORIZON', 'latest', iteratorType('LATEST', 'TRIM_HORIZON')],
  ['ignores Limit', 'limit-is-a-maximum', onRequest('GetRecords', ({ Limit: _, ...body }) => body)],
  [
    'reads a page backwards',
    'reads-are-ordered-by-number',
    onAnswer('GetRecords', (answer) => ({ ...answer, Records: list(answer['Records']).toReversed() })),
  ],
  [
    'reads the same page for ever',
    'pages-of-one-go-on',
    onAnswer('GetRecords', (answer, request) =>
      request['Limit'] === 1 ? { ...answer, NextShardIterator: request['ShardIterator'] } : answer,
    ),
  ],
  [
    'never ends a closed shard',
    'a-closed-shard-ends',
    onAnswer('GetRecords', (answer, request) => ({
      ...answer,
      NextShardIterator: answer['NextShardIterator'] ?? request['ShardIterator'],
    })),
  ],
  ['says that it split, and does not', 'split-makes-two-children', instead('SplitShard', () => ok({}))],
  [
    'hides the parents',
    'lineage-is-kept',
    shardsChanged(({ ParentShardId: _, AdjacentParentShardId: __, ...shard }) => shard),
  ],
  ['takes a merge of any two shards', 'merge-needs-neighbours', instead('MergeShards', () => ok({}))],
  [
    'declares an end below the start',
    'ending-number-is-not-below-the-start',
    shardsChanged((shard) => {
      const range = shard['SequenceNumberRange'] as Body;
      const isClosed = typeof range['EndingSequenceNumber'] === 'string';
      return isClosed ? { ...shard, SequenceNumberRange: { ...range, EndingSequenceNumber: '9223' } } : shard;
    }),
  ],
  [
    'cuts a key that is too long',
    'partition-key-of-256-characters',
    onRequest('PutRecord', (body) => ({ ...body, PartitionKey: keyOf(body).slice(0, 256) })),
  ],
  [
    'refuses a key that is too long, and stores it all the same',
    'partition-key-of-256-characters',
    async (api, body, forward) => {
      if (api !== 'PutRecord' || keyOf(body).length <= 256) return forward(body);
      await forward({ ...body, PartitionKey: 'cut' });
      return refusal('ValidationException');
    },
  ],
  [
    'takes only 499 records a call',
    'five-hundred-records-a-call',
    instead('PutRecords', (body) => (list(body['Records']).length > 499 ? refusal('ValidationException') : undefined)),
  ],
  [
    'takes 501 records a call, the last one for nothing',
    'five-hundred-records-a-call',
    onRequest('PutRecords', (body) => ({ ...body, Records: list(body['Records']).slice(0, 500) })),
  ],
  [
    'takes any Limit',
    'get-records-limit-range',
    onRequest('GetRecords', (body) => ({ ...body, Limit: Math.min(Math.max(Number(body['Limit'] ?? 1), 1), 10_000) })),
  ],
  [
    'makes up a key where there is none',
    'put-record-without-key',
    onRequest('PutRecord', (body) => ({ PartitionKey: 'made up', ...body })),
  ],
  [
    'calls a stream that is not there invalid',
    'put-record-to-no-stream',
    instead('PutRecord', () => refusal('ValidationException')),
  ],
  [
    'takes a second stream of one name',
    'create-a-stream-twice',
    instead('CreateStream', (body) => (body['ShardCount'] === 2 ? ok({}) : undefined)),
  ],
  [
    'stores the good entries beside a bad one',
    'put-records-with-one-bad-entry',
    onRequest('PutRecords', (body) => ({ ...body, Records: list(body['Records']).slice(0, 1) })),
  ],
];

/**
 * On kinesis-local, which has enhanced fan-out; its event stream is passed on as bytes, so these lies are told in the
 * request.
 */
const fanOutLies: readonly (readonly [what: string, claim: ClaimId, lie: Lie])[] = [
  [
    'counts no consumers',
    'register-makes-a-consumer',
    onAnswer('DescribeStreamSummary', (answer) => ({
      StreamDescriptionSummary: { ...(answer['StreamDescriptionSummary'] as Body), ConsumerCount: 0 },
    })),
  ],
  [
    'pushes LATEST from the beginning',
    'subscribe-latest',
    onRequest('SubscribeToShard', (body) => ({ ...body, StartingPosition: { Type: 'TRIM_HORIZON' } })),
  ],
  [
    'pushes AFTER as AT',
    'subscribe-after-sequence-number',
    onRequest('SubscribeToShard', (body) => ({
      ...body,
      StartingPosition: { ...(body['StartingPosition'] as Body), Type: 'AT_SEQUENCE_NUMBER' },
    })),
  ],
  [
    'takes a consumer that nobody registered',
    'consumer-names-are-unique',
    instead('ListStreamConsumers', () => ok({ Consumers: [{}, {}] })),
  ],
];

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const liar = (engine: string, lie: Lie): Server =>
  createServer((request, response) => {
    const api = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const { host: _, 'content-length': __, connection: ___, ...headers } = request.headers;
    const forward = async (body: Body): Promise<Reply> => {
      const answer = await fetch(engine, {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: JSON.stringify(body),
      });
      if (answer.headers.get('content-type')?.includes('eventstream') === true) {
        response.writeHead(answer.status, { 'content-type': 'application/vnd.amazon.eventstream' });
        for await (const chunk of answer.body ?? []) response.write(chunk);
        response.end();
      }
      const text = await answer.text().catch(() => '');
      return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Body) };
    };
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const reply = await lie(api, JSON.parse(Buffer.concat(chunks).toString()) as Body, forward);
      if (response.headersSent) return;
      response.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(reply.body));
    })().catch(() => response.destroy());
  });

let runs = 0;

const askOne = async (
  client: ClientOptions,
  claim: ClaimId,
): Promise<{ readonly kind: string; readonly saw: string }> => {
  const [answer] = await runClaims({
    client,
    claims: { [claim]: claims[claim] },
    run: `lie${runs++}`,
    clock: systemClock(),
    random: seededRandom('lies'),
    signal: new AbortController().signal,
    // Twice the usual deadlines: a test machine is busy with other tests.
    slowness: 2,
    patienceMs: 900,
    parallel: 1,
  });
  return answer ?? { kind: 'none', saw: '' };
};

const asked = async (target: RunningTarget, claim: ClaimId, lie?: Lie): Promise<string> => {
  const { endpoint = '' } = target.client;
  const server = liar(endpoint, lie ?? ((_, body, forward) => forward(body)));
  try {
    const client = { ...target.client, endpoint: await listen(server), requestTimeoutMs: 20_000 };
    const answer = await askOne(client, claim);
    return lie === undefined ? `${answer.kind}${answer.kind === 'conforms' ? '' : `: ${answer.saw}`}` : answer.kind;
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

const suites = [
  ['kinesalite', kinesalite, lies],
  ['kinesis-local', kinesisLocal, fanOutLies],
] as const;

test('a lie is told for a claim of each area', () => {
  const told = [...lies, ...fanOutLies].map(([, claim]) => claims[claim].area);
  expect([...new Set(told)].toSorted()).toEqual([...areas].toSorted());
});

describe.each(suites)('over %s, a probe tells a lie from the truth', (_, engine, told) => {
  let target: RunningTarget;
  beforeAll(async () => {
    target = await engine.start({ region: 'us-east-1', cacheFolder: '.cache' });
  });
  afterAll(() => target.stop());

  test.concurrent.each([...new Set(told.map(([, claim]) => claim))])('%s conforms when nothing lies', async (claim) => {
    expect(await asked(target, claim)).toBe('conforms');
  });

  test.concurrent.each(told)('an engine that %s deviates from %s', async (_what, claim, lie) => {
    expect(await asked(target, claim, lie)).toBe('deviates');
  });
});
