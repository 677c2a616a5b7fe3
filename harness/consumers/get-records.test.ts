import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import type { EventBody } from '../model/event.ts';
import { kinesisLocal } from '../targets/kinesis-local.ts';
import type { RunningTarget } from '../targets/target.ts';
import { openIdentity } from '../workload/identity.ts';
import type { ReadTools } from './consumer.ts';
import { getRecords } from './get-records.ts';

type Page = Extract<EventBody, { type: 'page' }>;

let target: RunningTarget;
let kinesis: Kinesis;
let streams = 0;

beforeAll(async () => {
  target = await kinesisLocal.start({ region: 'us-east-1', cacheFolder: '.cache' });
  kinesis = createKinesis(target.client);
});
afterAll(async () => {
  kinesis.close();
  await target.stop();
});

const newStream = async (shards = 1): Promise<string> => {
  streams += 1;
  const name = `read-${streams}`;
  await kinesis.createStream({ name, shards, mode: 'PROVISIONED', tags: {} });
  await kinesis.waitActive(name, 10_000);
  return name;
};

/** Sequence numbers by shard, in the order of the answers. */
const put = async (stream: string, count: number, first = 0): Promise<readonly string[]> => {
  const entries = Array.from({ length: count }, (_, i) => {
    const [key, n] = [`k${i % 4}`, first + Math.floor(i / 4)];
    return { key, data: Buffer.from(`${openIdentity({ run: 'r', producer: 'p1', key, n })}}`) };
  });
  const outcome = await kinesis.putRecords({ stream, entries });
  if (outcome.outcome !== 'ok') throw new Error(outcome.error);
  return outcome.results.map((result) => ('seq' in result ? result.seq : ''));
};

const read = async (stream: string, options: object, over: Partial<ReadTools> = {}): Promise<readonly Page[]> => {
  const events: EventBody[] = [];
  const clock = systemClock();
  let chain = 0;
  const signal = AbortSignal.timeout(10_000);
  await getRecords.make({ pollMs: 1, ...options })({
    reader: 'c1',
    role: 'live',
    stream,
    run: 'r',
    kinesis,
    listShards: () => kinesis.listShards(stream),
    write: (event) => events.push(event),
    now: clock.now,
    clock,
    signal,
    nextChain: () => {
      chain += 1;
      return chain;
    },
    pollMsMin: 0,
    onRead: () => undefined,
    lastAcked: () => undefined,
    acked: () => Promise.resolve(),
    sentinel: () => undefined,
    isSealed: () => true,
    ...over,
  });
  expect(signal.aborted).toBe(false);
  expect(events[0]).toEqual({ type: 'reader', reader: 'c1', role: 'live' });
  return events.filter((event) => event.type === 'page');
};

const seqsOf = (pages: readonly Page[]): readonly string[] =>
  pages.flatMap(({ records = [] }) => records.map(({ seq }) => seq));

describe('GetRecords', () => {
  test('begins where each of the five iterator types says', async () => {
    const stream = await newStream();
    const seqs = await put(stream, 12);
    const middle = { lastAcked: () => seqs[5] };
    expect(seqsOf(await read(stream, {}))).toEqual(seqs);
    expect(seqsOf(await read(stream, { from: 'AT_SEQUENCE_NUMBER' }, middle))).toEqual(seqs.slice(5));
    expect(seqsOf(await read(stream, { from: 'AFTER_SEQUENCE_NUMBER' }, middle))).toEqual(seqs.slice(6));
    expect(seqsOf(await read(stream, { from: 'LATEST' }))).toEqual([]);
    expect(
      seqsOf(await read(stream, { from: 'AT_TIMESTAMP' }, { clock: { ...systemClock(), wallMs: () => 1_000_000 } })),
    ).toEqual(seqs);
  });

  test('writes where a chain begins on its first page, and the identity of each record', async () => {
    const stream = await newStream();
    await put(stream, 5);
    await kinesis.putRecord({ stream, key: 'foreign', data: Buffer.from('hello') });
    await kinesis.putRecord({
      stream,
      key: 'k0',
      data: Buffer.from(`${openIdentity({ run: 'before', producer: 'p1', key: 'k0', n: 0 })}}`),
    });
    await kinesis.putRecord({
      stream,
      key: 'k1',
      data: Buffer.from(`${openIdentity({ run: 'r', producer: 'p1', key: 'k0', n: 9 })}}`),
    });
    const pages = await read(stream, { limit: 3 });
    expect(pages[0]?.from).toMatchObject({
      type: 'TRIM_HORIZON',
      t0: expect.any(Number) as number,
      t: expect.any(Number) as number,
    });
    expect(pages.slice(1).every(({ from }) => from === undefined)).toBe(true);
    expect(pages.every(({ records = [] }) => records.length <= 3)).toBe(true);
    const records = pages.flatMap((page) => page.records ?? []);
    expect(records[4]).toMatchObject({
      key: 'k0',
      producer: 'p1',
      n: 1,
      digest: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
    expect(records[5]).not.toHaveProperty('producer');
    expect(records[6]).not.toHaveProperty('n');
    expect(records[7]).toMatchObject({ key: 'k1', idKey: 'k0', n: 9 });
  });

  test('goes on after its checkpoint when it restarts, without losing or repeating one', async () => {
    const stream = await newStream();
    const seqs = await put(stream, 20);
    const pages = await read(stream, { limit: 4, restartAfter: 6 });
    expect(seqsOf(pages)).toEqual(seqs);
    const chains = pages.filter(({ from }) => from !== undefined);
    expect(chains.map(({ from }) => from?.type)).toEqual([
      'TRIM_HORIZON',
      'AFTER_SEQUENCE_NUMBER',
      'AFTER_SEQUENCE_NUMBER',
    ]);
    expect(chains[1]?.from?.seq).toBe(seqs[7]);
  });

  test('at its checkpoint repeats one record a restart, and still gets on', async () => {
    const stream = await newStream();
    const seqs = await put(stream, 4);
    const pages = await read(stream, { limit: 1, restartAfter: 1, resume: 'AT_SEQUENCE_NUMBER' });
    expect(seqsOf(pages)).toEqual([0, 0, 1, 1, 2, 2, 3, 3].map((i) => seqs[i]));
  });

  test('makes a new iterator when one expired, behind the last record delivered, and writes the failure down', async () => {
    const stream = await newStream();
    const seqs = await put(stream, 6);
    let calls = 0;
    const failing: ReadTools['kinesis'] = {
      ...kinesis,
      getRecords: (request, options) => {
        calls += 1;
        return calls === 2
          ? Promise.resolve({ ok: false, error: 'ExpiredIteratorException', message: 'too old' })
          : kinesis.getRecords(request, options);
      },
    };
    const pages = await read(stream, { limit: 2 }, { kinesis: failing });
    expect(seqsOf(pages)).toEqual(seqs);
    expect(pages[1]).toMatchObject({ chain: 1, error: 'ExpiredIteratorException' });
    expect(pages[1]).not.toHaveProperty('records');
    expect(pages[2]).toMatchObject({ chain: 2, from: { type: 'AFTER_SEQUENCE_NUMBER', seq: seqs[1] } });
  });

  test('gives up on a shard that cannot be read, naming it', async () => {
    const stream = await newStream();
    const getRecords = (): Promise<{ ok: false; error: string }> =>
      Promise.resolve({ ok: false, error: 'ECONNREFUSED' });
    const clock = { ...systemClock(), sleep: () => Promise.resolve() };
    await expect(
      read(
        stream,
        {},
        {
          kinesis: { ...kinesis, getRecords, getShardIterator: () => Promise.resolve({ ok: true, iterator: 'i' }) },
          clock,
        },
      ),
    ).rejects.toThrow(/c1 could not read shardId-0{12}, 100 times in a row: ECONNREFUSED/);
  });

  test('reads closed shards to their end and parents before children, through splits and merges', async () => {
    const stream = await newStream(2);
    const all = [...(await put(stream, 8))];
    const [first] = await kinesis.listShards(stream);
    await kinesis.splitShard(stream, first?.shard ?? '', '5');
    await kinesis.waitActive(stream, 10_000);
    all.push(...(await put(stream, 8, 2)));
    const [, second, , fourth] = await kinesis.listShards(stream);
    await kinesis.mergeShards(stream, fourth?.shard ?? '', second?.shard ?? '');
    await kinesis.waitActive(stream, 10_000);
    all.push(...(await put(stream, 8, 4)));

    const pages = await read(stream, {});
    expect([...seqsOf(pages)].sort()).toEqual([...all].sort());
    const shards = await kinesis.listShards(stream);
    for (const { shard, parents } of shards) {
      const firstOwn = pages.findIndex((page) => page.shard === shard);
      for (const parent of parents) {
        const end = pages.findIndex((page) => page.shard === parent && page.more === false);
        expect(end).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThan(firstOwn);
      }
    }
    expect(pages.filter(({ more }) => more === false)).toHaveLength(shards.filter(({ seq }) => seq[1] !== null).length);
  });

  test('finds shards that are made while it reads, and is done with a shard at its sentinel', async () => {
    const stream = await newStream();
    const all = [...(await put(stream, 4))];
    const sentinels = new Map<string, string>();
    let isSealed = false;
    const reading = read(stream, {}, { isSealed: () => isSealed, sentinel: (shard) => sentinels.get(shard) });
    await kinesis.splitShard(stream, 'shardId-000000000000', '170141183460469231731687303715884105728');
    await kinesis.waitActive(stream, 10_000);
    all.push(...(await put(stream, 8, 1)));
    for (const { shard, range, seq } of await kinesis.listShards(stream)) {
      if (seq[1] !== null) continue;
      const outcome = await kinesis.putRecord({ stream, key: 's', hash: range[0], data: Buffer.from('end') });
      const result = outcome.outcome === 'ok' ? outcome.results[0] : undefined;
      if (result !== undefined && 'seq' in result) sentinels.set(shard, result.seq);
    }
    expect(sentinels.size).toBe(2);
    isSealed = true;
    expect([...seqsOf(await reading)].sort()).toEqual([...all, ...sentinels.values()].sort());
  });
});
