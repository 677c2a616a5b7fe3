import { expect, test } from 'vitest';
import type { HistoryEvent } from '../model/event.ts';
import { limitsOf } from '../model/limits.ts';
import { headroomOf } from './headroom.ts';

const aws = limitsOf('aws');
const call = (op: number, t: number, keys: readonly string[], bytes: number): readonly HistoryEvent[] => [
  { t, type: 'put', op, producer: 'p1', api: 'PutRecords', entries: keys.map((key, n) => ({ key, n, bytes })) },
  { t, type: 'ack', op, outcome: 'ok', results: keys.map((_, n) => ({ shard: 's0', seq: String(op * 1000 + n) })) },
];
const hundreds = (key: (n: number) => string, op = 0): readonly HistoryEvent[] =>
  Array.from({ length: 11 }, (_, index) =>
    call(
      op + index,
      index,
      Array.from({ length: 100 }, (_each, n) => key(n)),
      9,
    ),
  ).flat();

test('below the limits nothing is throttled, and the peaks say how far below', () => {
  const room = headroomOf([...call(1, 0, ['a', 'b'], 99), ...call(2, 1_000_000, ['a'], 99)], aws);
  expect(room).toMatchObject({ throttledCalls: 0, wouldMoreShardsHelp: null });
  expect(room.recordsPeak).toEqual({ shard: 's0', second: 0, used: 2, share: 0.002 });
  expect(room.bytesPeak.used).toBe(200);
  expect(room.hottestKeys[0]).toMatchObject({ key: 'a', bytes: 200, share: 2 / 3 });
});

test('the call beyond 1,000 records a second would have been throttled; more shards help many keys, and not one', () => {
  expect(headroomOf(hundreds(String), aws)).toMatchObject({ throttledCalls: 1, wouldMoreShardsHelp: true });
  expect(
    headroomOf(
      hundreds(() => 'hot'),
      aws,
    ),
  ).toMatchObject({ throttledCalls: 1, wouldMoreShardsHelp: false });
});

test('the call beyond the bytes of a second would have been throttled', () => {
  expect(headroomOf([...call(1, 0, ['a'], 1_048_575), ...call(2, 1, ['b'], 1)], aws)).toMatchObject({
    throttledCalls: 1,
  });
});
