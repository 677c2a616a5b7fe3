import { expect, test } from 'vitest';
import type { FanOut, ReadFailure, SubscriptionEvent } from '../kinesis/kinesis.ts';
import type { EventBody } from '../model/event.ts';
import type { ReadTools } from './consumer.ts';
import { Registered } from './registered.ts';
import { subscribeShard } from './subscribe-shard.ts';

type Told = SubscriptionEvent | ReadFailure;
const event = (seqs: readonly number[], continuation?: number): SubscriptionEvent => ({
  ok: true,
  records: seqs.map((seq) => ({ seq: String(seq), key: 'a', data: new Uint8Array() })),
  behind: 0,
  ...(continuation === undefined ? {} : { continuation: String(continuation) }),
});
const taken: ReadFailure = { ok: false, error: 'ResourceInUseException', message: 'Another active subscription' };

/** Subscriptions answered as told, one list each; what was asked, written, and slept. */
const reading = (answers: readonly (readonly Told[] | ReadFailure)[], listed: string | null = null) => {
  const asked: string[] = [];
  const by: string[] = [];
  const pages: EventBody[] = [];
  const slept: number[] = [];
  const stop = new AbortController();
  const left = [...answers];
  const fanOut: FanOut = {
    registerConsumer: () => Promise.resolve('arn'),
    deregisterConsumer: () => Promise.resolve(),
    subscribe: ({ consumer: arn, type, seq }) => {
      by.push(arn);
      asked.push(seq === undefined ? type : `${type} ${seq}`);
      const next = left.shift();
      if (next === undefined) stop.abort();
      if (next === undefined || 'ok' in next) return Promise.resolve(next ?? taken);
      return Promise.resolve({
        ok: true,
        events: (async function* () {
          yield* next;
        })(),
      });
    },
  };
  let chains = 0;
  const tools: ReadTools = {
    reader: 'c1',
    role: 'live',
    stream: 's',
    run: 'r',
    kinesis: { getShardIterator: () => Promise.resolve(taken), getRecords: () => Promise.resolve(taken) },
    listShards: () => Promise.resolve([{ shard: 's0', range: ['0', '9'], parents: [], seq: ['0', listed] }]),
    write: (page) => pages.push(page),
    now: () => 0,
    clock: {
      now: () => 0,
      wallMs: () => 0,
      sleep: (ms) => {
        slept.push(ms);
        return Promise.resolve();
      },
    },
    signal: stop.signal,
    nextChain: () => ++chains,
    pollMsMin: 0,
    onRead: () => undefined,
    lastAcked: () => undefined,
    acked: () => Promise.resolve(),
    sentinel: () => '20',
    isSealed: () => true,
  };
  let registered = 0;
  const consumer = new Registered('arn', () => Promise.resolve(`arn-${++registered}`));
  const read = () => subscribeShard(tools, { fanOut, consumer, shard: 's0', from: 'TRIM_HORIZON' });
  return { read, asked, pages, slept, by };
};

test('goes on at the continuation number, in a chain of its own, until the sentinel was delivered', async () => {
  const { read, asked, pages } = reading([[event([1, 2], 2), event([], 7)], [event([9, 20], 20)]]);
  expect(await read()).toEqual({ end: 'passed', children: [] });
  expect(asked).toEqual(['TRIM_HORIZON', 'AFTER_SEQUENCE_NUMBER 7']);
  expect(pages).toMatchObject([
    { chain: 1, from: { type: 'TRIM_HORIZON' }, records: [{ seq: '1' }, { seq: '2' }], more: true, continuation: '2' },
    { chain: 1, records: [], continuation: '7' },
    { chain: 2, from: { type: 'AFTER_SEQUENCE_NUMBER', seq: '7' }, records: [{ seq: '9' }, { seq: '20' }] },
  ]);
});

test('without a continuation number the shard is at its end, and names its children', async () => {
  const { read, pages } = reading([[event([1], 1), { ...event([2]), children: ['s1', 's2'] }]]);
  expect(await read()).toEqual({ end: 'closed', children: ['s1', 's2'] });
  expect(pages.at(-1)).toMatchObject({ more: false, children: ['s1', 's2'] });
});

test('taken over: written down, and asked again five seconds later, behind what was delivered', async () => {
  const { read, asked, pages, slept } = reading([[event([1], 1), taken], taken, [event([20], 20)]]);
  expect(await read()).toMatchObject({ end: 'passed' });
  expect(asked).toEqual(['TRIM_HORIZON', 'AFTER_SEQUENCE_NUMBER 1', 'AFTER_SEQUENCE_NUMBER 1']);
  expect(slept).toEqual([5000, 5000]);
  expect(pages.filter((page) => 'error' in page)).toMatchObject([
    { chain: 1, error: 'ResourceInUseException' },
    { chain: 2, error: 'ResourceInUseException', from: { type: 'AFTER_SEQUENCE_NUMBER', seq: '1' } },
  ]);
});

test('an engine that does not tell the end of a closed shard is asked once more, and believed', async () => {
  const quiet = [event([], 5), event([], 5), event([], 5), event([], 5)];
  const { read, asked, pages } = reading([[event([5], 5), ...quiet], quiet], '6');
  expect(await read()).toEqual({ end: 'closed', children: [] });
  expect(asked).toEqual(['TRIM_HORIZON', 'AFTER_SEQUENCE_NUMBER 5']);
  expect(pages).toHaveLength(1 + 3 + 3);
});

test('an open shard that is quiet is waited for', async () => {
  const quiet = [event([], 5), event([], 5), event([], 5), event([20], 20)];
  const { read, asked } = reading([quiet]);
  expect(await read()).toMatchObject({ end: 'passed' });
  expect(asked).toEqual(['TRIM_HORIZON']);
});

test('an engine that never lets it subscribe ends the run, with the call and its words', async () => {
  const refused: ReadFailure = { ok: false, error: 'LimitExceededException', message: 'too many' };
  const { read } = reading(Array.from({ length: 40 }, () => refused));
  await expect(read()).rejects.toMatchObject({
    code: 'target',
    message: expect.stringMatching(/SubscribeToShard.*30 times in a row: LimitExceededException: too many/) as string,
  });
});

test('registers a consumer again that the engine has forgotten, three times at most; a shard that is gone is not it', async () => {
  const gone = (what: string): ReadFailure => ({ ok: false, error: 'ResourceNotFoundException', message: what });
  const forgotten = gone('ConsumerARN arn not found');
  const { read, by, asked } = reading([[event([1], 1)], forgotten, forgotten, [event([20], 20)]]);
  expect(await read()).toEqual({ end: 'passed', children: [] });
  expect(by).toEqual(['arn', 'arn', 'arn-1', 'arn-2']);
  expect(asked.at(-1)).toBe('AFTER_SEQUENCE_NUMBER 1');
  const again = reading(Array.from({ length: 30 }, () => forgotten));
  await expect(again.read()).rejects.toThrow('30 times in a row: ResourceNotFoundException');
  expect(new Set(again.by)).toEqual(new Set(['arn', 'arn-1', 'arn-2', 'arn-3']));
  const shardless = reading([gone('Could not find shard s0'), [event([20], 20)]]);
  await shardless.read();
  expect(shardless.by).toEqual(['arn', 'arn']);
});
