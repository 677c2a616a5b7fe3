import { describe, expect, test } from 'vitest';
import type { PutOutcome } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import { digestOf } from '../model/digest.ts';
import type { EventBody, ShardInfo } from '../model/event.ts';
import { hashKeyMax } from '../model/hash-key.ts';
import { limitsOf } from '../model/limits.ts';
import { decodeAggregate } from '../workload/aggregation.ts';
import type { Outgoing } from '../workload/workload.ts';
import type { ProducerTools } from './producer.ts';
import { putRecordsAggregated } from './put-records-aggregated.ts';
import { recordedPut } from './recorded-put.ts';

const half = 1n << 127n;
const openShard = (shard: string, from: bigint, to: bigint): ShardInfo => ({
  shard,
  range: [String(from), String(to)],
  parents: [],
  seq: ['0', null],
});
const twoShards = [openShard('low', 0n, half - 1n), openShard('high', half, hashKeyMax)];

/** Keys l… go to the lower shard, all others to the upper one. */
const record = (key: string, n: number): Outgoing => {
  const data = Buffer.from(`${key}#${n}`);
  return { key, n, data, digest: digestOf(data), hash: key.startsWith('l') ? '1' : String(hashKeyMax) };
};

type Given = Parameters<Parameters<typeof recordedPut>[0]['kinesis']['putRecords']>[0]['entries'];
type Answered = (entries: Given, call: number) => PutOutcome;

const stored: Answered = (entries, call) => ({
  outcome: 'ok',
  results: entries.map(({ hash }, index) => ({ shard: hash === '1' ? 'low' : 'high', seq: `${call}${index}` })),
});

const drive = async (options: object, records: Outgoing[], answer: Answered = stored, shards = () => twoShards) => {
  const calls: Given[] = [];
  const events: EventBody[] = [];
  const refused: string[] = [];
  const acked: PutOutcome[] = [];
  let lists = 0;
  let op = 0;
  const tools: ProducerTools = {
    next: () => records.shift(),
    put: recordedPut({
      stream: 's',
      producer: 'p1',
      kinesis: {
        putRecord: () => Promise.reject(new Error('not one by one')),
        putRecords: ({ entries }) => Promise.resolve(answer(entries, calls.push(entries))),
      },
      write: (event) => events.push(event),
      nextOp: () => (op += 1),
      isTagged: false,
      onAnswer: (_, outcome) => acked.push(outcome),
    }),
    limits: limitsOf('aws'),
    refuse: (why) => refused.push(why.message),
    shards: () => {
      lists += 1;
      return Promise.resolve(shards());
    },
    clock: systemClock(),
    signal: new AbortController().signal,
  };
  await putRecordsAggregated.make(options)(tools);
  const inside = calls.map((entries) =>
    entries.map(({ data }) =>
      (decodeAggregate(data) ?? [{ data }]).map((user) => Buffer.from(user.data).toString()).join(' '),
    ),
  );
  return { calls, events, refused, acked, inside, lists };
};

describe('putRecordsAggregated', () => {
  test('packs by predicted shard and count, sends a single record plain, and writes down who carries whom', async () => {
    const records = [record('l', 0), record('u', 0), record('l2', 0), record('l', 1), record('u', 1), record('l', 2)];
    const { calls, events, inside, acked } = await drive({ aggregateCount: 2 }, records);
    expect(inside).toEqual([['l#0 l2#0', 'u#0 u#1', 'l#1 l#2']]);
    expect(calls[0]?.map(({ key, hash }) => [key, hash])).toEqual([
      ['a', '1'],
      ['a', String(hashKeyMax)],
      ['a', '1'],
    ]);
    const [put, ack] = events;
    expect(put).toMatchObject({
      parts: [{ key: 'a', hash: '1' }, { key: 'a', hash: String(hashKeyMax) }, { key: 'a' }],
      entries: [
        { key: 'l', n: 0, part: 0, bytes: 3 },
        { key: 'l2', n: 0, part: 0 },
        { key: 'u', n: 0, part: 1 },
        { key: 'u', n: 1, part: 1 },
        { key: 'l', n: 1, part: 2 },
        { key: 'l', n: 2, part: 2 },
      ],
    });
    const results = ['low 10 0', 'low 10 1', 'high 11 0', 'high 11 1', 'low 12 0', 'low 12 1'].map((text) => {
      const [shard, seq, sub] = text.split(' ');
      return { shard, seq, sub: Number(sub) };
    });
    expect(ack).toMatchObject({ outcome: 'ok', results });
    expect(acked).toMatchObject([{ results: { length: 6 } }]);
  });

  test('a record alone has its own key and no index', async () => {
    const { calls, events } = await drive({}, [record('l', 0), record('u', 0), record('u', 1)]);
    expect(calls[0]?.map(({ key }) => key)).toEqual(['l', 'a']);
    expect(events[1]).toMatchObject({ results: [{ seq: '10' }, { seq: '11', sub: 0 }, { seq: '11', sub: 1 }] });
    expect(JSON.stringify(events[1])).toContain('[{"shard":"low","seq":"10"},');
  });

  test('sends a failed aggregate again whole, with what follows of any of its keys', async () => {
    const records = [
      record('l', 0),
      record('l2', 0),
      record('l3', 0),
      record('l4', 0),
      record('l2', 1),
      record('l5', 0),
    ];
    const failFirst: Answered = (entries, call) => {
      const outcome = stored(entries, call);
      if (call > 1 || outcome.outcome !== 'ok') return outcome;
      return { ...outcome, results: outcome.results.map((one, index) => (index === 0 ? { error: 'Throttled' } : one)) };
    };
    const options = { aggregateCount: 2, retry: 'failed-and-following' };
    const { inside, events } = await drive(options, records, failFirst);
    expect(inside).toEqual([
      ['l#0 l2#0', 'l3#0 l4#0', 'l2#1 l5#0'],
      ['l#0 l2#0', 'l2#1 l5#0'],
    ]);
    expect(events[1]).toMatchObject({ results: [{ error: 'Throttled' }, { error: 'Throttled' }, {}, {}, {}, {}] });
    expect(events[2]).toMatchObject({ attempt: 2, retryOf: 1 });
  });

  test('makes its map anew when an answer comes from another shard', async () => {
    let isSplit = false;
    const one = [openShard('whole', 0n, hashKeyMax)];
    const records = Array.from({ length: 4 }, (_, n) => [record('l', n), record('u', n)]).flat();
    const answer: Answered = (entries, call) => {
      isSplit = true;
      return stored(entries, call);
    };
    const options = { aggregateCount: 2, batch: 1 };
    const { inside, lists } = await drive(options, records, answer, () => (isSplit ? twoShards : one));
    expect(inside.flat()).toEqual(['l#0 u#0', 'l#1 l#2', 'u#1 u#2', 'l#3', 'u#3']);
    expect(lists).toBe(2);
  });

  test('refuses one that can never be sent, and packs all others', async () => {
    const { inside, refused } = await drive({}, [record('l', 0), record('l'.repeat(257), 0), record('l', 1)]);
    expect(inside).toEqual([['l#0 l#1']]);
    expect(refused).toEqual([expect.stringMatching(/257 characters, the limit is 256/)]);
  });

  test('closes an aggregate and its call by the age of the oldest record', async () => {
    const records = Array.from({ length: 6 }, (_, n) => record('l', n));
    const { inside } = await drive({ rate: 1000, maxBufferedMs: 2.5 }, records);
    expect(inside).toEqual([['l#0 l#1 l#2'], ['l#3 l#4 l#5']]);
  });
});
