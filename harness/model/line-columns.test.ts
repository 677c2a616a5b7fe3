import { describe, expect, test } from 'vitest';
import { columnTypes, itemBit, itemField, LineColumns } from './line-columns.ts';
import { limbsPer } from './sequences.ts';

const ints = [
  'nameStart',
  'nameEnd',
  'idKeyStart',
  'idKeyEnd',
  'producerStart',
  'producerEnd',
  'digestHigh',
  'digestLow',
] as const;
const others = ['n', 'size', 'arrival', 'has'] as const;

describe('a line in columns', () => {
  test('tells nothing at first', () => {
    const { type, t, t0, op, isBatch, chain, behind, more, count, producer, reader, shard, source } = new LineColumns();
    expect([type, t, t0, op, isBatch, chain, behind, more, count]).toEqual([
      0,
      0,
      Number.NaN,
      -1,
      false,
      -1,
      Number.NaN,
      0,
      0,
    ]);
    for (const span of [producer, reader, shard]) expect(span).toMatchObject({ start: -1, end: -1 });
    // Nothing but what a word may be read from behind a line.
    expect(source.bytes).toHaveLength(8);
    expect(columnTypes).toEqual({ none: 0, put: 1, ack: 2, page: 3 });
  });

  test('tells what an item has', () => {
    const line = new LineColumns();
    line.has[3] = itemBit.name | itemBit.n;
    expect([itemBit.name, itemBit.n, itemBit.name | itemBit.n].map((bits) => line.hasAll(3, bits))).toEqual([
      true,
      true,
      true,
    ]);
    expect([itemBit.digest, itemBit.name | itemBit.digest].map((bits) => line.hasAll(3, bits))).toEqual([false, false]);
    expect(Object.entries(itemField).map(([name, field]) => [name, 1 << field])).toEqual(Object.entries(itemBit));
  });

  test('grows, and keeps what it holds', () => {
    const line = new LineColumns();
    expect(line.capacity).toBe(1024);
    for (const name of [...ints, ...others]) line[name].fill(7);
    line.limbs.fill(7);
    line.grow(2048);
    expect(line.capacity).toBe(2048);
    for (const name of [...ints, ...others]) {
      expect(line[name]).toHaveLength(2048);
      expect([line[name][0], line[name][1023], line[name][1024]]).toEqual([7, 7, 0]);
    }
    expect(line.limbs).toHaveLength(2048 * limbsPer);
    expect([line.limbs[1024 * limbsPer - 1], line.limbs[1024 * limbsPer]]).toEqual([7, 0]);
  });
});
