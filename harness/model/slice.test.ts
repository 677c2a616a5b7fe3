import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { hashKeyMax, hashKeyOf, isInRange } from './hash-key.ts';
import { holdsKeyOf, rangeOfSlice, touches } from './slice.ts';

const counts = fc.integer({ min: 1, max: 100 });
const slicesOf = (count: number) => Array.from({ length: count }, (_, index) => ({ index: index + 1, count }));

test.prop([counts])('slices follow each other, from the first hash key to the last', (count) => {
  const ranges = slicesOf(count).map(rangeOfSlice);
  const firsts = ranges.map(([first]) => first);
  const behind = ranges.map(([, last]) => last + 1n);
  expect([...firsts, hashKeyMax + 1n]).toEqual([0n, ...behind]);
});

test.prop([fc.integer({ min: 1, max: 12 }), fc.string()])('one slice holds a key: that of its hash', (count, key) => {
  const holding = slicesOf(count).filter((slice) => holdsKeyOf(slice)(key));
  expect(holding).toHaveLength(1);
  expect(isInRange(hashKeyOf(key), rangeOfSlice(holding[0] as (typeof holding)[0]))).toBe(true);
});

test('a shard on the border of two slices is of both, one beside it of one', () => {
  const half = (hashKeyMax + 1n) / 2n;
  const [first, second] = slicesOf(2) as [{ index: number; count: number }, { index: number; count: number }];
  const shard = (from: bigint, to: bigint) => ({ range: [String(from), String(to)] as const });
  expect(touches(first, shard(half - 1n, half))).toBe(true);
  expect(touches(second, shard(half - 1n, half))).toBe(true);
  expect(touches(first, shard(half, hashKeyMax))).toBe(false);
  expect(touches(second, shard(0n, half - 1n))).toBe(false);
});
