import { describe, expect, test } from 'vitest';
import { digestOf } from '../model/digest.ts';
import type { EventBody } from '../model/event.ts';
import { encodeAggregate } from '../workload/aggregation.ts';
import type { ApiAnswer, ApiCall, CallWatch } from './call.ts';
import { counterIds } from './counter-ids.ts';
import { jsonIdentity } from './identity/json.ts';
import { orderIds } from './order-ids.ts';
import type { RecordIds } from './record-ids.ts';
import { StreamTap } from './stream-tap.ts';
import { createTap } from './tap.ts';

const scope = { region: 'us-east-1', accessKeyId: '123456789012' };
const shard = 'shardId-000000000000';

/** One stream `s`, its events, and calls that a client might make. */
const world = (ids: RecordIds) => {
  const events: EventBody[] = [];
  const counters = { op: 0, chain: 0, reshard: 0, id: 0, t: 0 };
  const unknown: string[] = [];
  const unsubscribed: object[] = [];
  const stream = new StreamTap({
    write: (event) => events.push(event),
    now: () => {
      counters.t += 1;
      return counters.t;
    },
    ids,
    nextOp: () => ++counters.op,
    nextChain: () => ++counters.chain,
    nextReshard: () => ++counters.reshard,
    producerOf: ({ port }) => port,
    clientOf: ({ port }) => port,
    readerEvent: (reader) => ({ type: 'reader', reader, role: 'live' }),
    unsubscribed: (subscription) => unsubscribed.push(subscription),
    onAcked: () => undefined,
    onUnknownShard: (id) => unknown.push(id),
    settled: () => Promise.resolve(),
  });
  const tap = createTap();
  tap.begin({ name: 's', ...scope }, stream);
  const call = (operation: string, input: object, more: Partial<ApiCall> = {}): CallWatch =>
    tap.observer.sent({
      id: ++counters.id,
      port: 'app',
      operation,
      input: { StreamName: 's', ...input },
      scope,
      invocationId: undefined,
      attempt: undefined,
      bytes: 1,
      tag: undefined,
      ...more,
    });
  const of = <T extends EventBody['type']>(type: T): Extract<EventBody, { type: T }>[] =>
    events.filter((event) => event.type === type) as Extract<EventBody, { type: T }>[];
  return { events, call, of, unknown, unsubscribed, stream, tap };
};

const ok = (output: object): ApiAnswer => ({ kind: 'ok', status: 200, output: { ...output }, requestId: 'r' });
const lost: ApiAnswer = { kind: 'lost', message: 'dropped', isSent: true };
const throttled = { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'slow down' };
const at = (seq: number | string) => ({ ShardId: shard, SequenceNumber: String(seq) });
const record = (key: string, text: string) => ({ PartitionKey: key, Data: Buffer.from(text) });
const read = (seq: number, key: string, text: string) => ({ SequenceNumber: String(seq), ...record(key, text) });
const ns = (put: { readonly entries: readonly { readonly n?: number }[] } | undefined) =>
  put?.entries.map(({ n }) => n);

describe('records without a counter', () => {
  test('an attempt with the invocation id of an earlier one is the same record, with retryOf', () => {
    const { call, of } = world(orderIds(undefined));
    call('PutRecord', record('a', 'x'), { invocationId: 'i1', attempt: 1 }).answered(lost);
    call('PutRecord', record('a', 'x'), { invocationId: 'i1', attempt: 2 }).answered(ok(at(2)));
    call('PutRecord', record('a', 'x'), { invocationId: 'i2', attempt: 1 }).answered(ok(at(3)));
    const [first, second, third] = of('put');
    expect([ns(first), ns(second), ns(third)]).toEqual([[0], [0], [1]]);
    expect([first?.retryOf, second?.retryOf, third?.retryOf]).toEqual([undefined, 1, undefined]);
    expect(second?.attempt).toBe(2);
    expect(of('ack')[0]).toMatchObject({ outcome: 'info', error: 'NoAnswer' });
  });

  test('records without a partition key and records with the key "undefined" have separate counters', () => {
    const { call, of } = world(orderIds(undefined));
    call('PutRecord', record('undefined', 'x')).answered(ok(at(1)));
    call('PutRecord', { Data: Buffer.from('y') }).answered(ok(at(2)));
    expect(of('put').map(ns)).toEqual([[0], [0]]);
  });

  test('an unacknowledged record that is sent again is recognised without an id', () => {
    const { call, of } = world(orderIds(undefined));
    const both = { Records: [record('a', 'x'), record('a', 'x')] };
    call('PutRecords', both).answered(ok({ Records: [at(1), throttled] }));
    call('PutRecord', record('a', 'x')).answered(ok(at(2)));
    call('PutRecord', record('a', 'x')).answered(ok(at(3)));
    expect(of('put').map(ns)).toEqual([[0, 1], [1], [2]]);
  });

  test('a call sent again repeats all its records, including the acknowledged ones', () => {
    const { call, of } = world(orderIds(undefined));
    const both = { Records: [record('a', 'x'), record('b', 'y')] };
    call('PutRecords', both).answered(ok({ Records: [at(1), throttled] }));
    call('PutRecords', both).answered(ok({ Records: [at(2), at(3)] }));
    call('PutRecords', both).answered(ok({ Records: [at(4), at(5)] }));
    expect(of('put').map(ns)).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
  });

  test('identical heartbeats: each is a new record while the one before is in flight or acknowledged', () => {
    const { call, of } = world(orderIds(undefined));
    const first = call('PutRecord', record('a', 'beat'));
    const second = call('PutRecord', record('a', 'beat'));
    first.answered(ok(at(1)));
    second.answered(ok(at(2)));
    call('PutRecord', record('a', 'beat')).answered(ok(at(3)));
    expect(of('put').map(ns)).toEqual([[0], [1], [2]]);
  });

  test('heartbeats of a call whose failed entries were retried one by one are new records when sent again', () => {
    const { call, of } = world(orderIds(undefined));
    const beats = { Records: [record('a', 'beat'), record('a', 'beat')] };
    call('PutRecords', beats).answered(ok({ Records: [at(1), throttled] }));
    call('PutRecord', record('a', 'beat')).answered(ok(at(2)));
    call('PutRecords', beats).answered(ok({ Records: [at(3), at(4)] }));
    expect(of('put').map(ns)).toEqual([[0, 1], [1], [2, 3]]);
  });

  test('a call that is sent regularly is not taken for a retry of the one that failed', () => {
    const { call, of } = world(orderIds(undefined));
    const beats = { Records: [record('a', 'beat'), record('b', 'beat')] };
    call('PutRecords', beats).answered(ok({ Records: [at(1), at(2)] }));
    call('PutRecords', beats).answered(ok({ Records: [at(3), throttled] }));
    call('PutRecords', beats).answered(ok({ Records: [at(4), at(5)] }));
    expect(of('put').map(ns)).toEqual([
      [0, 0],
      [1, 1],
      [2, 1],
    ]);
  });

  test('a read is matched by its place, else to an attempt of unknown outcome, once', () => {
    const { call, of } = world(orderIds(undefined));
    call('PutRecord', record('a', 'x'), { invocationId: 'i' }).answered(lost);
    call('PutRecord', record('a', 'x'), { invocationId: 'i' }).answered(ok(at(2)));
    call('GetShardIterator', { ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' }).answered(
      ok({ ShardIterator: 'i1' }),
    );
    const records = [read(1, 'a', 'x'), read(2, 'a', 'x'), read(3, 'a', 'x')];
    call('GetRecords', { ShardIterator: 'i1' }).answered(ok({ Records: records, MillisBehindLatest: 0 }));
    expect(of('page')[0]?.records?.map(({ n, producer }) => [n, producer])).toEqual([
      [0, 'app'],
      [0, 'app'],
      [undefined, undefined],
    ]);
  });

  test('a page read before the put is answered is written after the answer', () => {
    const { call, of, events } = world(orderIds(undefined));
    const put = call('PutRecord', record('a', 'x'));
    call('GetShardIterator', { ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' }).answered(
      ok({ ShardIterator: 'i1' }),
    );
    call('GetRecords', { ShardIterator: 'i1' }).answered(ok({ Records: [read(1, 'a', 'x')] }));
    expect(of('page')).toEqual([]);
    put.answered(ok(at(1)));
    expect(of('page')[0]?.records).toMatchObject([{ seq: '1', n: 0, producer: 'app' }]);
    expect(events.at(-1)?.type).toBe('page');
  });
});

describe('a counter in the payload', () => {
  const json = (isShared = false, key?: string) =>
    counterIds({ text: 'json:/seq', identify: jsonIdentity({ n: '/seq', key }), ownRun: undefined, isShared });

  test('is written for puts and reads, and the payload may name another key than the partition key', () => {
    const { call, of } = world(json(false, '/order'));
    call('PutRecord', record('customer', '{"seq":7,"order":"o1"}')).answered(ok(at(1)));
    call('GetShardIterator', { ShardId: shard, ShardIteratorType: 'LATEST' }).answered(ok({ ShardIterator: 'i' }));
    call('GetRecords', { ShardIterator: 'i' }).answered(
      ok({ Records: [read(1, 'customer', '{"seq":7,"order":"o1"}')], NextShardIterator: 'j', MillisBehindLatest: 5 }),
    );
    expect(of('put')[0]?.entries[0]).toMatchObject({ key: 'customer', flow: 'o1', n: 7 });
    expect(of('page')[0]).toMatchObject({
      more: true,
      behind: 5,
      records: [{ key: 'customer', flow: 'o1', n: 7, producer: 'app' }],
    });
  });

  test('on a shared stream, only records whose put was seen have an identity', () => {
    const { call, of } = world(json(true));
    call('PutRecord', record('a', '{"seq":1}')).answered(ok(at(5)));
    call('GetShardIterator', { ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' }).answered(
      ok({ ShardIterator: 'i' }),
    );
    const records = [read(4, 'a', '{"seq":0}'), read(5, 'a', '{"seq":1,"damaged":true}'), read(6, 'a', '{"seq":1}')];
    call('GetRecords', { ShardIterator: 'i' }).answered(ok({ Records: records }));
    expect(of('page')[0]?.records?.map(({ n }) => n)).toEqual([undefined, 1, 1]);
  });

  test('payloads that do not match are counted, and reported by digest and length', () => {
    const ids = json();
    const { call, of } = world(ids);
    call('PutRecord', record('a', 'secret words')).answered(ok(at(1)));
    call('PutRecord', record('a', '{"seq":-1}')).answered(ok(at(2)));
    expect(of('put').map(ns)).toEqual([[undefined], [undefined]]);
    expect(ids.notes()).toEqual([
      `--id json:/seq matches none of 2 payloads; one that it does not match has the digest ${digestOf(Buffer.from('secret words'))} and 12 bytes`,
    ]);
  });

  test('two producers that the payload does not name are distinguished by the place', () => {
    const { call, of } = world(json());
    call('PutRecord', record('a', '{"seq":1}'), { port: 'one' }).answered(ok(at(1)));
    call('PutRecord', record('a', '{"seq":1}'), { port: 'two' }).answered(ok(at(2)));
    call('GetShardIterator', { ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' }).answered(
      ok({ ShardIterator: 'i' }),
    );
    call('GetRecords', { ShardIterator: 'i' }).answered(
      ok({ Records: [read(1, 'a', '{"seq":1}'), read(2, 'a', '{"seq":1}')] }),
    );
    expect(of('put').map(({ producer }) => producer)).toEqual(['one', 'two']);
    expect(of('page')[0]?.records?.[1]?.producer).toBe('two');
  });
});

describe('answers', () => {
  test('partial failures keep the code and message; a call that was never sent definitely failed', () => {
    const { call, of } = world(orderIds(undefined));
    call('PutRecords', { Records: [record('a', 'x'), record('b', 'y')] }).answered(
      ok({ Records: [throttled, at('000123')] }),
    );
    call('PutRecord', record('a', 'z')).answered({ kind: 'lost', message: 'refused', isSent: false });
    call('PutRecord', record('a', 'z')).answered(ok({ ShardId: shard }));
    const error = { kind: 'error', status: 400, code: 'ResourceNotFoundException', message: 'no', requestId: 'q' };
    call('PutRecord', record('a', 'z')).answered(error as ApiAnswer);
    expect(of('ack')).toMatchObject([
      {
        outcome: 'ok',
        results: [{ error: 'ProvisionedThroughputExceededException', message: 'slow down' }, { seq: '000123' }],
      },
      { outcome: 'fail', error: 'NotSent' },
      { outcome: 'info', error: 'MalformedResponse' },
      { outcome: 'fail', error: 'ResourceNotFoundException', message: 'no', requestId: 'q' },
    ]);
  });

  test('an aggregate is written as its user records, each with its index', () => {
    const ids = counterIds({
      text: 'json:/seq',
      identify: jsonIdentity({ n: '/seq' }),
      ownRun: undefined,
      isShared: false,
    });
    const { call, of } = world(ids);
    const data = encodeAggregate([
      { key: 'x', data: Buffer.from('{"seq":0}') },
      { key: 'y', data: Buffer.from('{"seq":1}') },
    ]);
    call('PutRecord', { PartitionKey: 'outer', Data: data }).answered(ok(at(1)));
    expect(of('put')[0]).toMatchObject({
      parts: [{ key: 'outer' }],
      entries: [
        { key: 'x', n: 0, part: 0 },
        { key: 'y', n: 1, part: 0 },
      ],
    });
    expect(of('ack')[0]?.results).toMatchObject([
      { seq: '1', sub: 0 },
      { seq: '1', sub: 1 },
    ]);
    call('GetShardIterator', { ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' }).answered(
      ok({ ShardIterator: 'i' }),
    );
    call('GetRecords', { ShardIterator: 'i' }).answered(
      ok({ Records: [{ SequenceNumber: '1', PartitionKey: 'outer', Data: data }] }),
    );
    expect(of('page')[0]?.records).toMatchObject([
      { seq: '1', sub: 0, key: 'x', n: 0 },
      { seq: '1', sub: 1, key: 'y', n: 1 },
    ]);
  });
});

describe('reading', () => {
  const begun = (type: object, iterator = 'i1') => {
    const made = world(orderIds(undefined));
    const open = (start: object, name: string, port = 'app') =>
      made.call('GetShardIterator', { ShardId: shard, ...start }, { port }).answered(ok({ ShardIterator: name }));
    open(type, iterator);
    const page = (used: string, records: readonly object[], next?: string) =>
      made
        .call('GetRecords', { StreamName: undefined, ShardIterator: used })
        .answered(ok({ Records: records, ...(next === undefined ? {} : { NextShardIterator: next }) }));
    return { ...made, open, page };
  };

  test('an iterator used again begins a chain AFTER the last record delivered before it was issued', () => {
    const { page, of, call } = begun({ ShardIteratorType: 'TRIM_HORIZON' });
    page('i1', [read(1, 'a', 'x')], 'i2');
    call('GetRecords', { ShardIterator: 'i2' }).answered(lost);
    page('i2', [read(2, 'a', 'y')], 'i3');
    page('i3', [], undefined);
    const pages = of('page');
    expect(pages.map(({ chain, more }) => [chain, more])).toEqual([
      [1, true],
      [2, true],
      [2, false],
    ]);
    expect(pages[1]?.from).toEqual({ type: 'AFTER_SEQUENCE_NUMBER', seq: '1' });
    expect(pages[0]?.from).toMatchObject({ type: 'TRIM_HORIZON' });
    expect(pages[2]?.from).toBeUndefined();
  });

  test('an iterator used again before any delivery begins a chain at the same start', () => {
    const { page, of, call } = begun({ ShardIteratorType: 'LATEST' });
    call('GetRecords', { ShardIterator: 'i1' }).answered(lost);
    page('i1', [read(1, 'a', 'x')], 'i2');
    expect(of('page')[0]).toMatchObject({ chain: 2, from: { type: 'LATEST' } });
  });

  test('an iterator that continues is the same reader, and one that starts a shard again is another', () => {
    const { open, page, of } = begun({ ShardIteratorType: 'TRIM_HORIZON' });
    page('i1', [read(7, 'a', 'x')], 'i2');
    open({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: '007' }, 'j1');
    page('j1', []);
    open({ ShardIteratorType: 'TRIM_HORIZON' }, 'k1');
    page('k1', []);
    open({ ShardIteratorType: 'TRIM_HORIZON' }, 'l1', 'other');
    page('l1', []);
    expect(of('page').map(({ reader }) => reader)).toEqual(['app', 'app', 'app.2', 'other']);
    expect(of('reader').map(({ reader }) => reader)).toEqual(['app', 'app.2', 'other']);
  });

  test('events of a subscription are pages with their continuation', () => {
    const { call, of } = world(orderIds(undefined));
    const arn = 'arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/c:1';
    const start = { Type: 'AT_TIMESTAMP', Timestamp: new Date(5) };
    const watch = call('SubscribeToShard', {
      StreamName: undefined,
      ConsumerARN: arn,
      ShardId: shard,
      StartingPosition: start,
    });
    watch.answered(ok({}));
    const event = (records: readonly object[], more: object) =>
      watch.event?.({ SubscribeToShardEvent: { Records: records, MillisBehindLatest: 0, ...more } });
    event([read(1, 'a', 'x')], { ContinuationSequenceNumber: '1' });
    event([], { ChildShards: [{ ShardId: 'shardId-000000000001' }] });
    expect(of('page')).toMatchObject([
      { chain: 1, from: { type: 'AT_TIMESTAMP', at: 5 }, continuation: '1', more: true },
      { chain: 1, more: false, children: ['shardId-000000000001'] },
    ]);
  });

  test('the end of a subscription is reported after its last page, even if that page waits for a put', () => {
    const { call, of, unsubscribed } = world(orderIds(undefined));
    const ConsumerARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/c:1';
    const StartingPosition = { Type: 'TRIM_HORIZON' };
    const watch = call('SubscribeToShard', { StreamName: undefined, ConsumerARN, ShardId: shard, StartingPosition });
    watch.answered(ok({}));
    const put = call('PutRecord', record('a', 'x'));
    watch.event?.({ SubscribeToShardEvent: { Records: [read(1, 'a', 'x')], ContinuationSequenceNumber: '1' } });
    watch.ended?.();
    expect([of('page').length, unsubscribed]).toEqual([0, []]);
    put.answered(ok(at(1)));
    expect([of('page').length, unsubscribed]).toEqual([1, [{ reader: 'app', chain: 1, shard }]]);
  });

  test('a refused subscription has no end event', () => {
    const { call, unsubscribed } = world(orderIds(undefined));
    const ConsumerARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/c:1';
    const watch = call('SubscribeToShard', { StreamName: undefined, ConsumerARN, ShardId: shard });
    watch.answered(lost);
    watch.ended?.();
    expect(unsubscribed).toEqual([]);
  });
});

test('reshards are written as events, and shards that no list has shown are reported', async () => {
  const { call, of, unknown, stream } = world(orderIds(undefined));
  stream.learn({ type: 'topology', shards: [{ shard, range: ['0', '1'], parents: [], seq: ['0', null] }] });
  call('SplitShard', { ShardToSplit: shard, NewStartingHashKey: '99' }).answered(ok({}));
  call('MergeShards', { ShardToMerge: 'a', AdjacentShardToMerge: 'b' }).answered({
    kind: 'error',
    status: 400,
    code: 'InvalidArgumentException',
    message: 'not adjacent',
    requestId: undefined,
  });
  await Promise.resolve();
  await Promise.resolve();
  expect(of('reshard')).toEqual([
    { type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: [shard], newStartingHashKey: '99' },
    { type: 'reshard', id: 2, phase: 'invoke', action: 'MergeShards', shards: ['a', 'b'] },
    { type: 'reshard', id: 2, phase: 'fail', error: 'InvalidArgumentException', message: 'not adjacent' },
    { type: 'reshard', id: 1, phase: 'ok' },
  ]);
  call('PutRecord', record('a', 'x')).answered(ok({ ShardId: 'shardId-000000000009', SequenceNumber: '1' }));
  expect(unknown).toEqual(['shardId-000000000009']);
});

test('streams are distinguished by region and account, and found by name and by ARN', () => {
  const { call, of } = world(orderIds(undefined));
  call('PutRecord', record('a', 'x'), { scope: { ...scope, region: 'eu-west-1' } });
  call('PutRecord', record('a', 'x'), { scope: { ...scope, accessKeyId: 'other' } });
  expect(of('put')).toEqual([]);
  call('PutRecord', {
    StreamName: undefined,
    StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
    ...record('a', 'x'),
  });
  expect(of('put')).toHaveLength(1);
});

test('a failure of the recording is reported, and reaches no client, whatever part of a call it is in', () => {
  const failures: unknown[] = [];
  const tap = createTap({ onFailure: (thrown) => failures.push((thrown as Error).message) });
  const failing = (part: string) => () => {
    throw new Error(part);
  };
  const watch = { answered: failing('answered'), event: failing('event'), ended: failing('ended') };
  tap.begin({ name: 's', ...scope }, { sent: () => watch } as unknown as StreamTap);
  const call: Partial<ApiCall> = { operation: 'SubscribeToShard', input: { StreamName: 's' }, scope };
  const sent = tap.observer.sent(call as ApiCall);
  sent.answered(ok({}));
  sent.event?.({});
  sent.ended?.();
  expect(failures).toEqual(['answered', 'event', 'ended']);
});
