import { describe, expect, test } from 'vitest';
import { type History, history, lower, type Read, upper } from '../../testing/generators/history-builder.ts';
import { reasonOf } from '../../testing/oracles/follow-bytes.ts';

/** By either decoder, the verdict of the judge of the whole: why it took two readings. */
const said = (made: History): string => reasonOf(made.end().lines);
const live = { reader: 'live', chain: 2 };
const passed = 'aside: a record that was passed over';
const again = 'aside: a record that was read before';
const unread = 'aside: a record that was not read';

/** Six records of three keys, acknowledged at 10, 20, … in one shard. */
const stored = (head = {}): History => {
  const made = history(head).reader('live', 'live');
  for (const [index, key] of ['a', 'b', 'c', 'a', 'b', 'c'].entries())
    made.put(key, Math.floor(index / 3)).ok(10 * index + 10);
  return made;
};
const all: readonly Read[] = ['a', 'b', 'c', 'a', 'b', 'c'].map((key, index) => [
  10 * index + 10,
  key,
  Math.floor(index / 3),
]);
const without = (...indices: readonly number[]): readonly Read[] => all.filter((_, index) => !indices.includes(index));

describe('a record that was passed over', () => {
  test.each([0, 1, 2, 3, 4])('is lost, wherever it lies: %i', (index) => {
    expect(said(stored().page(without(index)))).toBe(passed);
  });

  test('may be one of several, and beside copies', () => {
    expect(said(stored().page(without(1, 2)))).toBe(passed);
    expect(said(stored().page(without(0, 2)))).toBe(passed);
    expect(said(stored().page([...without(2), [70, 'a', 1]]))).toBe(passed);
  });

  test('is lost to all who read, in whatever pages', () => {
    const made = stored().page(without(2).slice(0, 2), live).page(without(2), { t0: 1 });
    expect(said(made.page(without(2).slice(2), live))).toBe(passed);
  });

  test('is known before the page behind it was asked, or later', () => {
    for (const t0 of [0, 55, 105, 1000]) {
      const made = stored().page(without(2).slice(0, 2)).wait(2000);
      expect(said(made.page(without(2).slice(2), { t0 }))).toBe(passed);
    }
  });

  test('lies before a reader that goes on, or behind it', () => {
    const after = (seq: number): object => ({ chain: 3, from: { type: 'AFTER_SEQUENCE_NUMBER', seq: String(seq) } });
    for (const at of [1, 2, 3, 4]) {
      const records = without(2);
      const last = records[at - 1] as Read;
      const made = stored()
        .page(records.slice(0, at))
        .page([], after(Number(last[0])));
      expect(said(made.page(records.slice(at), { chain: 3 }))).toBe(passed);
    }
  });

  test('proves nothing beside a reader that began elsewhere, or again', () => {
    const beside = 'a skipped record in a shard whose readers did not all begin once at TRIM_HORIZON';
    expect(said(stored().page(without(2), { from: { type: 'UNKNOWN' } }))).toBe(beside);
    const trim = { chain: 3, from: { type: 'TRIM_HORIZON' } } as const;
    expect(said(stored().page([]).page(without(2), trim))).toBe(beside);
  });

  test('is of an end marker, too', () => {
    const made = stored().put('end', 0, { role: 'sentinel' }).ok(65).put('d', 0).ok(70);
    expect(said(made.page([...all, [70, 'd', 0]]))).toBe(passed);
  });

  test('is no longer owed in a run that is longer than the retention', () => {
    const long = 'a record that was not read, in a run longer than the retention';
    const hours = (wait: number, retentionHours?: number): string =>
      said(
        stored(retentionHours === undefined ? {} : { stream: { name: 's', retentionHours } })
          .page(without(2))
          .wait(wait * 3_600_000_000),
      );
    expect([hours(23.9), hours(24)]).toEqual([passed, long]);
    expect([hours(24, 25), hours(0.9, 1), hours(1, 1)]).toEqual([passed, passed, long]);
  });
});

test('what was passed over lies behind the first flow of all, and beside others', () => {
  const made = history();
  const first = made.put('a', 0);
  made.put('b', 0).ok(10).put('b', 1).ok(20);
  first.ok(30);
  made.put('c', 0).ok(40).put('d', 0).ok(50);
  const given: readonly Read[] = [
    [10, 'b', 0],
    [20, 'b', 1],
    [30, 'a', 0],
    [50, 'd', 0],
  ];
  expect(said(made.page(given))).toBe(passed);
});

test.each([
  ['passed over', passed, '30', 'c', without(2)],
  ['a copy', again, '75', 'a', [...all, [70, 'a', 1]]],
] as const)('a page that failed delivers nothing, whatever it holds: %s', (_, expected, seq, key, given) => {
  const failed = { records: [{ seq, key, producer: 'p1', n: key === 'a' ? 1 : 0 }], error: 'InternalFailure' };
  const made = stored().page([]);
  made.event({ type: 'page', reader: 'final', chain: 1, shard: 'shardId-000000000000', ...failed });
  expect(said(made.page(given))).toBe(expected);
});

test('records may name no producer, all of them or some', () => {
  const given: readonly Read[] = [...without(2), [70, 'a', 1]];
  for (const nameless of [['a', 'b', 'c'], ['a'], ['b'], ['c'], ['a', 'b'], ['b', 'c']]) {
    // Scanned are pages behind the first one of an iterator. What stood in them before must not be taken for what
    // these do not say.
    const made = stored().page([]).page(given.slice(0, 1)).page(given.slice(1, 3)).page(given.slice(3));
    const lines = made.end().lines as readonly object[];
    const isNameless = (item: object): boolean => 'key' in item && nameless.includes(String(item.key));
    const stripped = (item: object): object =>
      Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'producer'));
    const changed = lines.map((line) => {
      if ('entries' in line && (line.entries as object[]).some(isNameless)) return stripped(line);
      if (!('records' in line)) return line;
      return { ...line, records: (line.records as object[]).map((one) => (isNameless(one) ? stripped(one) : one)) };
    });
    expect(reasonOf(changed)).toBe(passed);
  }
});

describe('a record that was not read', () => {
  test('may be the last of its shard, or lie in one that nobody read', () => {
    expect(said(stored().page(all.slice(0, 5)))).toBe(unread);
    expect(said(stored().page(all.slice(0, 4)))).toBe(unread);
    const made = history({}, [lower(0), upper(1)])
      .put('a', 0)
      .ok(10)
      .put('a', 1)
      .ok(20);
    made.put('a', 2, { shard: 1 }).ok(30).put('c', 0, { shard: 1 }).ok(40);
    expect(
      said(
        made.page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
      ),
    ).toBe(unread);
  });

  test('is none of a shard that ended', () => {
    expect(said(stored().page(all.slice(0, 5), { more: false }))).toBe('a shard that ended before its last record');
  });

  test('stands beside records that were passed over, or doubled', () => {
    expect(said(stored().page(without(2, 5)))).toBe(passed);
    expect(said(stored().page([...all.slice(0, 4), [45, 'a', 1]]))).toBe(again);
  });
});

describe('a copy', () => {
  test.each([15, 25, 45, 55, 65])('lies behind the first, at %i', (seq) => {
    const records = [...all, [seq, 'a', 0] as Read].sort(([a], [b]) => Number(a) - Number(b));
    expect(said(stored().page(records))).toBe(again);
  });

  test('of the retry of a call without an answer may be stale', () => {
    for (const seq of [25, 65]) {
      const made = history().put('a', 0).ok(10);
      made.put('a', 1).info().put('a', 1).ok(20).put('a', 2).ok(30).put('b', 0).ok(40);
      const records: readonly Read[] = [
        [10, 'a', 0],
        [20, 'a', 1],
        [30, 'a', 2],
        [40, 'b', 0],
        [seq, 'a', 1],
      ];
      expect(said(made.page([...records].sort(([a], [b]) => Number(a) - Number(b))))).toBe(again);
    }
  });
});

test('what was acknowledged of flows that are plain is not said to be nothing', () => {
  const made = history().put('a', 0).ok(10);
  made
    .batch([
      ['b', 0],
      ['b', 1],
    ])
    .info();
  const records: readonly Read[] = [
    [10, 'a', 0],
    [20, 'b', 0],
    [30, 'b', 1],
  ];
  expect(said(made.page(records))).toBe('aside: a record that was read and not sent, or given up');
});

test('a record may be read before it is first sent', () => {
  const early = 'aside: a record that is not the next of its flow';
  const made = stored()
    .page([...all, [70, 'd', 0]])
    .put('d', 0)
    .ok(80);
  expect(said(made.page([[80, 'd', 0]]))).toBe(early);
});
