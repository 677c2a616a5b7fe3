import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { faults } from '../faults/registry.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Clock } from '../lib/clock.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { observedGateway } from '../testing/stand-ins/observed-gateway.ts';
import { type Shape, type WireCall, ways } from '../testing/stand-ins/wire-clients.ts';
import type { Fired } from './fault-chain.ts';
import { createAuthority } from './front/authority.ts';
import { emulator } from './upstream/emulator.ts';

/** Each legal fault of put, read and control that `faults-by-protocol` has not, as a client sees it over the wire. */
let engine: RunningTarget;
let direct: Kinesis;
let open: (() => unknown)[] = [];
let streams = 0;
const authority = createAuthority();

beforeAll(async () => {
  engine = await kinesalite.start({ region: 'us-east-1', cacheFolder: '/nowhere' });
  direct = createKinesis(engine.client);
});
afterAll(async () => {
  direct.close();
  await engine.stop();
});
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

const listOf = (body: Shape | undefined, field: string): readonly Shape[] => (body?.[field] ?? []) as readonly Shape[];
/** JSON has base64, CBOR has bytes. */
const texts = (page: Shape | undefined): readonly string[] =>
  listOf(page, 'Records').map(({ Data }) =>
    (typeof Data === 'string' ? Buffer.from(Data, 'base64') : Buffer.from(Data as Uint8Array)).toString(),
  );
const errorOf = (answer: Shape | undefined): unknown => answer?.['__type'];
const throttled = 'ProvisionedThroughputExceededException';
const first = 'shardId-000000000000';

describe.each(Object.entries(ways))('%s', (_, way) => {
  const start = async (
    fault: keyof typeof faults,
    options: object,
    { shards = 1, clock }: { shards?: number; clock?: Pick<Clock, 'now' | 'sleep'> } = {},
  ) => {
    streams += 1;
    const stream = `legal-${streams}`;
    await direct.createStream({ name: stream, shards, mode: 'PROVISIONED', tags: {} });
    await direct.waitActive(stream, 5000);
    const fired: Fired[] = [];
    const variant = faults[fault];
    const arm = variant.make(variant.options.parse(options) as never);
    const started = await observedGateway({
      upstream: emulator(engine.client.endpoint ?? ''),
      faults: [{ id: 1, fault, arm, ...('lasts' in variant && variant.lasts ? { lasts: true } : {}) }],
      onFired: (one) => void fired.push(one),
      authority,
      ...(clock === undefined ? {} : { clock }),
    });
    open.push(started.gateway.close);
    const call: WireCall = await way(started, open);
    const put = (text: string, key = 'k'): Promise<Shape | undefined> =>
      call('PutRecord', { StreamName: stream, PartitionKey: key, Data: Buffer.from(text) });
    const iterator = async (shard = first): Promise<unknown> => {
      const asked = { StreamName: stream, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' };
      return (await call('GetShardIterator', asked))?.['ShardIterator'];
    };
    const read = (from: unknown, more: Shape = {}): Promise<Shape | undefined> =>
      call('GetRecords', { ShardIterator: from, ...more });
    const all = async (): Promise<readonly string[]> => {
      const at = await direct.getShardIterator({ stream, shard: first, type: 'TRIM_HORIZON' });
      const page = at.ok ? await direct.getRecords({ iterator: at.iterator }) : at;
      return page.ok ? page.records.map(({ data }) => Buffer.from(data).toString()) : [];
    };
    const fill = async (...data: string[]): Promise<void> => {
      for (const text of data) await direct.putRecord({ stream, key: 'k', data: Buffer.from(text) });
    };
    const named = { StreamName: stream };
    return { ...started, stream, named, call, put, iterator, read, all, fill, fired };
  };

  test('fail-call: an error in place of the answer, and nothing stored unless the options say so', async () => {
    const { put, all, fired, observed } = await start('fail-call', { call: 1, code: 'InternalFailureException' });
    expect(errorOf(await put('1'))).toBe('InternalFailureException');
    expect(await put('2')).toMatchObject({ ShardId: first });
    expect(await all()).toEqual(['2']);
    expect([fired.length, observed[0]?.answers[0]]).toMatchObject([1, { kind: 'error', status: 500 }]);
    const stored = await start('fail-call', { call: 1, code: 'InternalFailureException', stored: true });
    expect(errorOf(await stored.put('1'))).toBe('InternalFailureException');
    expect(await stored.all()).toEqual(['1']);
  });

  test('throttle-shard: records of that shard are refused, those of the other are stored', async () => {
    const { call, named, fired } = await start('throttle-shard', { call: 1, shard: 1 }, { shards: 2 });
    const entry = (hash: string): Shape => ({ PartitionKey: 'k', Data: Buffer.from('x'), ExplicitHashKey: hash });
    const Records = [entry('0'), entry(String(2n ** 127n)), entry('1')];
    const answer = await call('PutRecords', { ...named, Records });
    expect(listOf(answer, 'Records').map(({ ErrorCode, ShardId }) => ErrorCode ?? ShardId)).toEqual([
      first,
      throttled,
      first,
    ]);
    expect(fired).toMatchObject([{ detail: { shard: 'shardId-000000000001', entries: [1] } }]);
  });

  test('late-response: stored at once, answered after the delay', async () => {
    const { put, all, fired } = await start('late-response', { call: 1, ms: 40 });
    const before = performance.now();
    expect(await put('1')).toMatchObject({ ShardId: first });
    expect([performance.now() - before >= 35, await all(), fired.length]).toEqual([true, ['1'], 1]);
  });

  test.each(['cut-response', 'reset'] as const)('%s: the client gets no complete answer', async (fault) => {
    const { put, all, fired, observed } = await start(fault, { call: 2 });
    await put('1');
    expect(await put('2')).toBeUndefined();
    expect(await put('3')).toMatchObject({ ShardId: first });
    expect(await all()).toEqual(fault === 'reset' ? ['1', '3'] : ['1', '2', '3']);
    expect([fired.length, observed[1]?.answers]).toMatchObject([1, [{ kind: 'lost', isSent: true }]]);
  });

  test('swap: of two calls in flight, the first is stored after the second; a serial client is not affected', async () => {
    const { put, all, fired } = await start('swap', { call: 1 });
    const held = put('1');
    await Promise.all([held, put('2')]);
    // Over HTTP/1.1 with one connection, the second call waits for the first, so only one call is in flight.
    expect([
      ['1', '2'],
      ['2', '1'],
    ]).toContainEqual(await all());
    expect(fired.length === 1).toBe((await all())[0] === '2');
  });

  test('expire-iterator: the iterator stays expired, and a new one works', async () => {
    const { iterator, read, fill, fired } = await start('expire-iterator', { read: 1 });
    await fill('1');
    const old = await iterator();
    expect([errorOf(await read(old)), errorOf(await read(old))]).toEqual(Array(2).fill('ExpiredIteratorException'));
    expect(texts(await read(await iterator()))).toEqual(['1']);
    expect(fired.map(({ detail }) => detail)).toMatchObject([{ shard: first, shardRead: 1 }, { shardRead: 2 }]);
  });

  test('empty-reads: pages without records although the reader is behind, and no record is lost', async () => {
    const { iterator, read, fill, fired } = await start('empty-reads', { read: 1, reads: 2 });
    await fill('1', '2');
    let page = await read(await iterator());
    expect([texts(page), Number(page?.['MillisBehindLatest']) > 0]).toEqual([[], true]);
    page = await read(page?.['NextShardIterator']);
    expect([texts(page), fired.length]).toEqual([[], 2]);
    expect(texts(await read(page?.['NextShardIterator']))).toEqual(['1', '2']);
  });

  test('short-pages: a part of the page, then the rest', async () => {
    const { iterator, read, fill, fired } = await start('short-pages', { read: 1, records: 2 });
    await fill('1', '2', '3');
    const page = await read(await iterator());
    expect([texts(page), Number(page?.['MillisBehindLatest']) > 0, fired.length]).toEqual([['1', '2'], true, 1]);
    expect(texts(await read(page?.['NextShardIterator']))).toEqual(['3']);
  });

  test('throttle-reads: the read is refused, and the iterator stays valid', async () => {
    const { iterator, read, fill, fired } = await start('throttle-reads', { read: 1 });
    await fill('1');
    const at = await iterator();
    expect([errorOf(await read(at)), texts(await read(at)), fired.length]).toEqual([throttled, ['1'], 1]);
  });

  test('lag: the newest record comes later, and until then each page reports that the reader is behind', async () => {
    const { iterator, read, fill, fired } = await start('lag', { read: 1, reads: 3 });
    await fill('1', '2');
    const pages: (Shape | undefined)[] = [await read(await iterator())];
    for (let n = 1; n < 4; n += 1) pages.push(await read(pages.at(-1)?.['NextShardIterator']));
    expect(pages.map(texts)).toEqual([['1'], [], [], ['2']]);
    expect(pages.slice(0, 3).map((page) => Number(page?.['MillisBehindLatest']) > 0)).toEqual([true, true, true]);
    expect(fired).toHaveLength(3);
  });

  test('drop-read: reading again with the same iterator gives the same page', async () => {
    const { iterator, read, fill, fired } = await start('drop-read', { read: 1 });
    await fill('1');
    const at = await iterator();
    expect([await read(at), texts(await read(at)), fired.length]).toEqual([undefined, ['1'], 1]);
  });

  test('shuffled-shards, paged-shards: all shards are listed, in another order or in pages', async () => {
    const shuffled = await start('shuffled-shards', { list: 1, seed: 3 }, { shards: 4 });
    const observed = listOf(await shuffled.call('ListShards', shuffled.named), 'Shards').map(({ ShardId }) =>
      Number(String(ShardId).slice(-1)),
    );
    expect([observed.toSorted((a, b) => a - b), shuffled.fired.length]).toEqual([[0, 1, 2, 3], 1]);
    expect(observed).not.toEqual([0, 1, 2, 3]);
    const { call, named, fired } = await start('paged-shards', { list: 1, shards: 3 }, { shards: 4 });
    const page = await call('ListShards', named);
    const rest = await call('ListShards', { NextToken: page?.['NextToken'] });
    expect([page, rest].map((of) => listOf(of, 'Shards').length)).toEqual([3, 1]);
    expect([rest?.['NextToken'], fired.length]).toEqual([undefined, 1]);
  });

  const split = { ShardToSplit: first, NewStartingHashKey: String(2n ** 127n) };
  const statusOf = (summary: Shape | undefined): unknown =>
    (summary?.['StreamDescriptionSummary'] as Shape | undefined)?.['StreamStatus'];

  test('refuse-reshard: no shard changes; slow-reshard: the stream is UPDATING for a while', async () => {
    const refused = await start('refuse-reshard', { reshard: 1 });
    expect(errorOf(await refused.call('SplitShard', { ...refused.named, ...split }))).toBe('LimitExceededException');
    expect([(await direct.listShards(refused.stream)).length, refused.fired.length]).toEqual([1, 1]);
    const { call, named, stream, fired } = await start('slow-reshard', { reshard: 1, describes: 2 });
    await call('SplitShard', { ...named, ...split });
    await direct.waitActive(stream, 5000);
    expect(errorOf(await call('SplitShard', { ...named, ...split }))).toBe('ResourceInUseException');
    const seen: unknown[] = [];
    for (let n = 0; n < 3; n += 1) seen.push(statusOf(await call('DescribeStreamSummary', named)));
    expect(seen).toEqual(['UPDATING', 'UPDATING', 'ACTIVE']);
    expect(fired).toHaveLength(1);
  });

  test('stale-shards: an old list, only while the stream is reported as UPDATING', async () => {
    const { call, named, stream, fired } = await start('stale-shards', { reshard: 1, lists: 1, describes: 5 });
    await call('SplitShard', { ...named, ...split });
    await direct.waitActive(stream, 5000);
    expect(statusOf(await call('DescribeStreamSummary', named))).toBe('UPDATING');
    expect(listOf(await call('ListShards', named), 'Shards')).toHaveLength(1);
    expect(listOf(await call('ListShards', named), 'Shards')).toHaveLength(3);
    expect([statusOf(await call('DescribeStreamSummary', named)), fired.length]).toEqual(['ACTIVE', 1]);
  });

  test('auto-distribution: keys do not choose the shard, SequenceNumberForOrdering is refused, and records may have no key', async () => {
    const { call, named, put, iterator, read, fired } = await start('auto-distribution', { call: 2 }, { shards: 2 });
    const summaryOf = async (): Promise<Shape> =>
      (await call('DescribeStreamSummary', named))?.['StreamDescriptionSummary'] as Shape;
    await put('1');
    expect((await summaryOf())['RecordDistributionStrategy']).not.toBe('AUTO');
    const bare = { ...named, Data: Buffer.from('bare') };
    const shards = new Set<unknown>();
    for (let n = 0; n < 12; n += 1) shards.add((await call('PutRecord', bare))?.['ShardId']);
    expect([shards.size, fired.length]).toEqual([2, 12]);
    expect(await summaryOf()).toMatchObject({
      RecordDistributionStrategy: 'AUTO',
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    });
    const numbered = { ...bare, PartitionKey: 'k', SequenceNumberForOrdering: '1' };
    expect(errorOf(await call('PutRecord', numbered))).toBe('InvalidArgumentException');
    const pages = [await read(await iterator()), await read(await iterator('shardId-000000000001'))];
    const keys = pages.flatMap((page) => listOf(page, 'Records').map(({ PartitionKey }) => PartitionKey));
    expect([keys.length, keys.filter((key) => key === undefined).length]).toEqual([13, 12]);
  });
});

test('ten-mib-pause: reads are refused for five seconds after a page of 10 MiB, by the injected clock', async () => {
  let now = 0;
  const clock = { now: () => now * 1000, sleep: () => Promise.resolve() };
  await direct.createStream({ name: 'full', shards: 1, mode: 'PROVISIONED', tags: {} });
  await direct.waitActive('full', 5000);
  for (let n = 0; n < 11; n += 1)
    await direct.putRecord({ stream: 'full', key: 'k', data: Buffer.alloc(1024 * 1024 - 8, n) });
  const fired: Fired[] = [];
  const variant = faults['ten-mib-pause'];
  const started = await observedGateway({
    upstream: emulator(engine.client.endpoint ?? ''),
    faults: [{ id: 1, fault: 'ten-mib-pause', arm: variant.make({}) }],
    onFired: (one) => void fired.push(one),
    clock,
  });
  // 10 MiB take a while on a busy machine.
  const patient = { ...engine.client, requestTimeoutMs: 60_000 };
  const kinesis = createKinesis({ ...patient, endpoint: started.listener.endpoint });
  open.push(started.gateway.close, kinesis.close);
  const at = await kinesis.getShardIterator({ stream: 'full', shard: first, type: 'TRIM_HORIZON' });
  const iterator = at.ok ? at.iterator : '';
  const small = await kinesis.getRecords({ iterator, limit: 5 });
  expect(await kinesis.getRecords({ iterator, limit: 1 })).toMatchObject({ ok: true });
  const page = await kinesis.getRecords({ iterator });
  const next = page.ok ? (page.next ?? '') : '';
  expect([small.ok, page.ok, await kinesis.getRecords({ iterator: next })]).toMatchObject([
    true,
    true,
    { error: throttled },
  ]);
  now = 5001;
  expect([(await kinesis.getRecords({ iterator: next })).ok, fired.length]).toEqual([true, 1]);
});
