import { fc, test } from '@fast-check/vitest';
import { describe, expect, test as plainTest } from 'vitest';
import type { HistoryLine } from '../../judging/check-history.ts';
import { history, shard, whole } from '../../testing/generators/history-builder.ts';
import { viewOfLines } from '../../testing/generators/random/readings.ts';
import { orderOf } from './order.ts';

/** 1 comes of 0, 2 of 1; 3 comes of 0 as well, and is kin to neither 1 nor 2; 4 is merged from 2 and 3. */
const parents = [[], [0], [1], [0], [2, 3]] as const;
const isAncestor = (one: number, other: number): boolean =>
  (parents[other] ?? []).some((parent: number) => parent === one || isAncestor(one, parent));

type Stored = { readonly n: number; readonly key: string; readonly shard: number; readonly seq: number };

/**
 * Some records of two keys, each at a place of its own, in any order; and when each was sent and answered, as steps.
 */
const stored = (shards: readonly number[]): fc.Arbitrary<readonly Stored[]> =>
  fc
    .record({
      places: fc.uniqueArray(fc.record({ shard: fc.constantFrom(...shards), seq: fc.nat({ max: 40 }) }), {
        maxLength: 9,
        selector: ({ shard: one, seq }) => `${one} ${seq}`,
      }),
      split: fc.nat({ max: 9 }),
    })
    .map(({ places, split }) =>
      places.map((place, index) => ({
        ...place,
        key: index < split ? 'a' : 'b',
        n: index < split ? index : index - split,
      })),
    );

/** All sent one after the other, or all at once: then nothing was acknowledged before anything was sent. */
const linesOf = (records: readonly Stored[], isSerial: boolean): readonly HistoryLine[] => {
  const puts = records.map(({ key, n }, op) => ({
    t: 1,
    type: 'put',
    op,
    producer: 'p',
    api: 'PutRecord',
    entries: [{ key, n }],
  }));
  const acks = records.map((one, op) => ({
    t: 1,
    type: 'ack',
    op,
    outcome: 'ok',
    results: [{ shard: shard(one.shard), seq: String(one.seq + 1) }],
  }));
  const pages = parents.map((_, index) => ({
    t: 2,
    type: 'page',
    reader: 'f',
    chain: index,
    shard: shard(index),
    from: { type: 'TRIM_HORIZON' },
    records: records
      .filter((one) => one.shard === index)
      .sort((a, b) => a.seq - b.seq)
      .map(({ key, n, seq }) => ({ seq: String(seq + 1), key, producer: 'p', n })),
  }));
  const range = whole[0]?.range;
  return [
    { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' },
    {
      t: 0,
      type: 'topology',
      shards: parents.map((own, index) => ({ shard: shard(index), range, parents: own.map(shard), seq: ['1', null] })),
    },
    { t: 0, type: 'reader', reader: 'f', role: 'final' },
    ...(isSerial ? puts.flatMap((put, op) => [put, acks[op]]) : [...puts, ...acks]),
    ...pages,
  ] as HistoryLine[];
};

const comesBefore = (a: Stored, b: Stored): boolean =>
  a.shard === b.shard ? a.seq < b.seq : isAncestor(a.shard, b.shard);
const flows = (records: readonly Stored[]): readonly (readonly Stored[])[] =>
  ['a', 'b'].map((key) => records.filter((one) => one.key === key));
const largerBefore = (record: Stored, flow: readonly Stored[]): readonly Stored[] =>
  flow.filter((other) => other.n > record.n && comesBefore(other, record));
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** The longest list of ascending numbers that is left when others are taken out. */
const longest = ([first, ...rest]: readonly number[], above = -1): number =>
  first === undefined ? 0 : Math.max(longest(rest, above), first > above ? 1 + longest(rest, first) : 0);

const records = stored([0, 1, 2, 3, 4]);
const inOneLine = stored([0, 1, 2]);

describe('the order of each key', () => {
  test.prop([records, fc.boolean()], { numRuns: 300 })(
    'is broken by each record behind a larger one',
    (some, isSerial) => {
      const view = viewOfLines(linesOf(some, isSerial));
      const { late, pairs } = orderOf(view);
      const nOf = (record: number): number => (record < 0 ? -1 : view.tables.records.n.at(record));
      const said = late.map(({ record, inversions, afterAck, beforePlaced, larger }) => ({
        record: `${view.tables.records.keyName(record)}${nOf(record)}`,
        inversions,
        // The last of them to be sent; where all were sent before the answer, none was sent after it.
        afterAck: nOf(afterAck),
        beforePlaced: nOf(beforePlaced),
        larger: nOf(larger),
      }));
      const expected = flows(some).flatMap((flow) =>
        flow.flatMap((record) => {
          const before = largerBefore(record, flow).map(({ n }) => n);
          if (before.length === 0) return [];
          const most = Math.max(...before);
          return [
            {
              record: `${record.key}${record.n}`,
              inversions: before.length,
              afterAck: isSerial ? most : -1,
              // Numbers are sent in their order: no larger one was sent before this one's only attempt.
              beforePlaced: -1,
              larger: most,
            },
          ];
        }),
      );
      const byName = (a: { record: string }, b: { record: string }): number => (a.record < b.record ? -1 : 1);
      expect([...said].sort(byName)).toEqual([...expected].sort(byName));
      expect(pairs).toBe(
        sum(flows(some).map((flow) => flow.filter((one) => flow.some((other) => comesBefore(other, one))).length)),
      );
    },
  );

  test.prop([inOneLine], { numRuns: 300 })('is counted: inversions, removals, displacement, keys', (some) => {
    const broken = flows(some)
      .map((flow) => [...flow].sort((a, b) => (comesBefore(a, b) ? -1 : 1)).map(({ n }) => n))
      .filter((numbers) => numbers.some((n, at) => n < Math.max(-1, ...numbers.slice(0, at))));
    expect(orderOf(viewOfLines(linesOf(some, true))).census).toEqual({
      inversions: sum(broken.flatMap((ns) => ns.map((n, at) => ns.slice(0, at).filter((m) => m > n).length))),
      removals: sum(broken.map((ns) => ns.length - longest(ns))),
      displacement: Math.max(0, ...broken.flatMap((ns) => ns.map((n, at) => Math.abs(n - at)))),
      keys: broken.length,
    });
  });

  plainTest('names the larger record that was sent first, wherever it lies', () => {
    const made = history().put('a', 0).fail();
    const one = made.put('a', 1);
    const again = made.put('a', 0);
    const two = made.put('a', 2);
    two.ok(10);
    one.ok(20);
    again.ok(30).page([
      [10, 'a', 2],
      [20, 'a', 1],
      [30, 'a', 0],
    ]);
    const view = viewOfLines(made.end().lines);
    const late = orderOf(view).late.find(({ record }) => view.tables.records.n.at(record) === 0);
    expect(view.tables.records.n.at(late?.beforePlaced ?? -1)).toBe(1);
  });
});
