import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Head, HistoryEvent } from '../model/event.ts';
import type { Headroom } from '../model/headroom.ts';
import { headroomFold } from './headroom.ts';
import { headroomSentence } from './sentence.ts';
import { headroomDetails } from './table.ts';

const roomOf = (events: Iterable<Head | HistoryEvent>, recordsMax?: number): Headroom => {
  const fold = headroomFold(recordsMax);
  for (const event of events) fold.take(event);
  const room = fold.result();
  if (room === undefined) throw new Error('nothing was stored');
  return room;
};

type Entry = { readonly key: string; readonly bytes: number; readonly shard?: string };
const call = (op: number, t: number, entries: readonly Entry[]): readonly HistoryEvent[] => [
  {
    t,
    type: 'put',
    op,
    producer: 'p1',
    api: 'PutRecords',
    entries: entries.map(({ key, bytes }, n) => ({ key, n, bytes })),
  },
  {
    t,
    type: 'ack',
    op,
    outcome: 'ok',
    results: entries.map(({ shard = 's0' }, n) => ({ shard, seq: String(op * 1000 + n) })),
  },
];
const many = (count: number, key: (n: number) => string, bytes = 9): readonly Entry[] =>
  Array.from({ length: count }, (_, n) => ({ key: key(n), bytes }));
const eleven = (key: (n: number) => string): readonly HistoryEvent[] =>
  Array.from({ length: 11 }, (_, index) => call(index, index, many(100, key))).flat();
const hot = (): string => 'hot';
const head = (more: Partial<Head>): Head => ({
  type: 'head',
  format: 'kinesis-order-history',
  version: 1,
  run: 'r',
  ...more,
});

describe('below the limits', () => {
  const room = roomOf([
    ...call(
      1,
      0,
      many(2, (n) => 'ab'[n] ?? '', 99),
    ),
    ...call(
      2,
      1_000_000,
      many(1, () => 'a', 99),
    ),
  ]);

  test('nothing is throttled, and the peaks say how far below', () => {
    expect(room).toMatchObject({ calls: 2, throttledCalls: 0, wouldMoreShardsHelp: null, shardsAtLeast: 1 });
    expect(room.shards).toEqual([
      {
        shard: 's0',
        records: { used: 2, share: 0.002, second: 0 },
        bytes: { used: 200, share: 200 / 1_048_576, second: 0 },
        throttledCalls: 0,
      },
    ]);
    expect(room.hottestKeys[0]).toEqual({
      key: 'a',
      records: 2,
      bytes: 200,
      recordsShare: 2 / 3,
      bytesShare: 2 / 3,
    });
  });

  test('a sentence says it', () => {
    expect(headroomSentence(room)).toBe(
      'headroom: at most 2 records/s (below 1 %) and 200 B/s (below 1 %) on s0; AWS would have throttled none of 2 calls; hottest key "a" with 67 %',
    );
  });
});

describe('beyond the limits', () => {
  test('the call beyond 1,000 records a second would have been throttled, and more shards help many keys', () => {
    const room = roomOf(eleven(String));
    expect(room).toMatchObject({ calls: 11, throttledCalls: 1, wouldMoreShardsHelp: true, shardsAtLeast: 2 });
    expect(headroomSentence(room)).toContain('throttled 1 of 11 calls; more shards would help (2 or more)');
  });

  test('one key cannot be split', () => {
    const room = roomOf(eleven(hot));
    expect(room).toMatchObject({ throttledCalls: 1, wouldMoreShardsHelp: false });
    expect(room.keyBeyondShard).toEqual({ key: 'hot', shard: 's0', second: 0, records: 1100, bytes: 1100 * 12 });
    expect(headroomSentence(room)).toContain('would not help, key "hot" alone came to 1,100 records in second 0');
  });

  test('the byte beyond 1 MiB of a second is one too many; the key counts', () => {
    const full = [{ key: 'a', bytes: 1_048_575 }];
    expect(roomOf(call(1, 0, full)).throttledCalls).toBe(0);
    expect(roomOf([...call(1, 0, full), ...call(2, 1, [{ key: 'b', bytes: 0 }])])).toMatchObject({
      throttledCalls: 1,
      wouldMoreShardsHelp: true,
    });
  });

  test('the next second begins anew', () => {
    expect(roomOf([...call(1, 999_999, many(1000, hot)), ...call(2, 1_000_000, many(1000, hot))]).throttledCalls).toBe(
      0,
    );
  });

  test('a call that AWS would not have taken for its size is counted', () => {
    expect(roomOf(call(1, 0, many(500, String))).refusedCalls).toBe(0);
    expect(roomOf(call(1, 0, many(501, String))).refusedCalls).toBe(1);
    expect(roomOf(call(1, 0, [{ key: 'a', bytes: 1_048_576 }])).refusedCalls).toBe(1);
  });
});

describe('of a history', () => {
  test("the stream's own record size and the scenario's profile are held to", () => {
    const large = call(1, 0, [{ key: 'a', bytes: 2_000_000 }]);
    expect(roomOf([head({ scenario: { stream: { maxRecordSizeKiB: 2048 } } }), ...large]).refusedCalls).toBe(0);
    const six = call(
      1,
      0,
      many(6, (n) => `k${n}`, 1_000_000),
    );
    expect(roomOf([head({}), ...six]).refusedCalls).toBe(0);
    expect(roomOf([head({ scenario: { limits: 'aws-2022' } }), ...six])).toMatchObject({
      refusedCalls: 1,
      limits: { profile: 'aws-2022' },
    });
  });

  test('sentinels, failed entries and puts without an answer were not stored', () => {
    const fold = headroomFold();
    const [sentinel, ack] = call(1, 0, many(1, hot));
    if (sentinel?.type !== 'put' || ack === undefined) throw new Error('a put comes first');
    fold.take({ ...sentinel, role: 'sentinel' });
    fold.take(ack);
    fold.take({ ...sentinel, op: 2 });
    fold.take({ ...sentinel, op: 3 });
    fold.take({
      t: 1,
      type: 'ack',
      op: 3,
      outcome: 'ok',
      results: [{ error: 'ProvisionedThroughputExceededException' }],
    });
    expect(fold.result()).toBeUndefined();
  });

  test('an aggregate is one record, with the bytes of its user records and its outer key', () => {
    const room = roomOf([
      {
        t: 0,
        type: 'put',
        op: 1,
        api: 'PutRecords',
        parts: [{ key: 'a' }, { key: 'a' }],
        entries: [0, 0, 1].map((part, n) => ({ key: 'long-user-key', n, part, bytes: 100 })),
      },
      {
        t: 0,
        type: 'ack',
        op: 1,
        outcome: 'ok',
        results: [0, 1, 0].map((sub, n) => ({ shard: 's0', seq: String(n < 2 ? 1 : 2), sub })),
      },
    ]);
    expect(room).toMatchObject({ records: 2, shards: [{ records: { used: 2 }, bytes: { used: 302 } }] });
  });

  test('counting stops at its bound, and says so', () => {
    const room = roomOf(eleven(String), 300);
    expect(room).toMatchObject({ records: 300, isWhole: false });
    expect(headroomSentence(room)).toContain('headroom of the first 300 records (--headroom counts all)');
  });

  test('Markdown holds whatever a key may be', () => {
    const text = headroomDetails('one', roomOf(call(1, 0, [{ key: '<b>|\n', bytes: 1 }])));
    expect(text).toContain('| &lt;b&gt;&#124;  | 1 (100 %) | 6 (100 %) |');
  });
});

const entryArbitrary = fc.record({
  key: fc.constantFrom('a', 'b', 'é'),
  bytes: fc.constantFrom(0, 10, 400_000),
  shard: fc.constantFrom('s0', 's1'),
});
const callsArbitrary = fc.array(
  fc.record({
    gap: fc.constantFrom(0, 300_000, 900_000),
    entries: fc.array(entryArbitrary, { minLength: 1, maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('held against counting everything anew', () => {
  prop.prop([callsArbitrary])('peaks and throttled calls agree', (calls) => {
    let t = 0;
    const timed = calls.map(({ gap, entries }, op) => ({ t: (t += gap), op, entries }));
    const room = roomOf(timed.flatMap(({ op, t: at, entries }) => call(op, at, entries)));
    const stored = timed.flatMap(({ op, t: at, entries }) =>
      entries.map(({ key, bytes, shard }) => ({
        op,
        shard,
        second: Math.floor(at / 1e6),
        size: bytes + Buffer.byteLength(key),
      })),
    );
    const before = (index: number): typeof stored =>
      stored
        .slice(0, index + 1)
        .filter(({ shard, second }) => shard === stored[index]?.shard && second === stored[index]?.second);
    const used = stored.map((one, index) => ({
      ...one,
      bytes: before(index).reduce((sum, { size }) => sum + size, 0),
    }));
    for (const { shard, bytes } of room.shards)
      expect(bytes.used).toBe(Math.max(...used.filter((one) => one.shard === shard).map((one) => one.bytes)));
    expect(room.throttledCalls).toBe(new Set(used.filter(({ bytes }) => bytes > 1_048_576).map(({ op }) => op)).size);
  });
});

test('what a fault injected is not said of the target', () => {
  const error = 'ProvisionedThroughputExceededException';
  const made = (events: readonly HistoryEvent[]): number | undefined => {
    const fold = headroomFold();
    for (const event of events) fold.take(event);
    return fold.result()?.throttledByTarget;
  };
  const put = (op: number): HistoryEvent => ({
    t: op,
    type: 'put',
    op,
    producer: 'p',
    api: 'PutRecords',
    entries: [{ key: 'a', n: op, bytes: 1 }],
  });
  const refused = (op: number): HistoryEvent => ({ t: op, type: 'ack', op, outcome: 'ok', results: [{ error }] });
  const stored: HistoryEvent = { t: 9, type: 'ack', op: 3, outcome: 'ok', results: [{ shard: 's', seq: '1' }] };
  const fired: HistoryEvent = { t: 1, type: 'fault', fault: 'fail-record', phase: 'fired', op: 1 };
  expect(made([put(1), fired, refused(1), put(2), refused(2), put(3), stored])).toBe(1);
  expect(made([put(1), refused(1), fired, put(3), stored])).toBe(0);
});
