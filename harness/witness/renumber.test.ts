import { describe, expect, test } from 'vitest';
import type { HistoryLine, Identity } from '../model/event.ts';
import { Numbers, renumbered } from './renumber.ts';

type Entry = { readonly key: string; readonly n: number; readonly flow?: string; readonly producer?: string };

const head = (identity?: Identity): HistoryLine =>
  ({
    type: 'head',
    format: 'kinesis-order-history',
    version: 1,
    run: 'r',
    ...(identity && { identity }),
  }) as HistoryLine;
const put = (op: number, ...entries: readonly Entry[]): HistoryLine => ({
  type: 'put',
  t: op,
  op,
  producer: 'p',
  api: 'PutRecords',
  entries,
});
const page = (...records: readonly Entry[]): HistoryLine => ({
  type: 'page',
  t: 9,
  reader: 'final',
  chain: 0,
  shard: 's',
  records: records.map((record, index) => ({ producer: 'p', ...record, seq: String(index) })),
});

/** The numbers that are left of a history of which the second put is cut away. */
const left = (identity: Identity | undefined, ...entries: readonly Entry[]): readonly (number | undefined)[] => {
  const [first, second, ...others] = entries as [Entry, Entry, ...Entry[]];
  const all = [head(identity), put(0, first), put(1, second), put(2, ...others), page(first, second, ...others)];
  const numbers = new Numbers();
  for (const line of all) numbers.take(line);
  const kept = [head(identity), put(0, first), put(2, ...others), page(first, ...others)];
  const items = renumbered(kept, numbers).flatMap((line): readonly { readonly n?: number }[] =>
    line.type === 'put' ? line.entries : line.type === 'page' ? (line.records ?? []) : [],
  );
  const [sent, read] = [items.slice(0, items.length / 2), items.slice(items.length / 2)];
  expect(read.map(({ n }) => n)).toEqual(sent.map(({ n }) => n));
  return sent.map(({ n }) => n);
};

describe('numbers fall by how many smaller ones of their counter are gone', () => {
  test('a counter per key', () => {
    expect(left(undefined, { key: 'a', n: 0 }, { key: 'a', n: 1 }, { key: 'a', n: 2 }, { key: 'b', n: 1 })).toEqual([
      0, 1, 1,
    ]);
  });

  test('a counter per flow, whatever its keys are', () => {
    const of = (key: string, n: number): Entry => ({ key, n, flow: 'f' });
    expect(left(undefined, of('a', 0), of('b', 1), of('a', 2), of('b', 3))).toEqual([0, 1, 2]);
  });

  test('a counter over all keys of a producer, and none of another producer', () => {
    const others = [{ key: 'a', n: 2 } as const, { key: 'a', n: 2, producer: 'q' } as const];
    expect(left({ scope: 'producer' }, { key: 'a', n: 0 }, { key: 'b', n: 1 }, ...others)).toEqual([0, 1, 2]);
  });

  test('a counter over all producers of a key', () => {
    const of = (producer: string, n: number): Entry => ({ key: 'a', n, producer });
    expect(left({ scope: 'key' }, of('p', 0), of('q', 1), of('p', 2), of('q', 3))).toEqual([0, 1, 2]);
  });
});
