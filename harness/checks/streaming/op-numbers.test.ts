import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { OpNumbers } from './op-numbers.ts';

const small = fc.array(fc.nat({ max: 40 }), { maxLength: 60 });
const large = fc.array(fc.nat({ max: Number.MAX_SAFE_INTEGER }), { maxLength: 60 });

/** Which of them are taken. */
const taken = (ops: readonly number[], numbers = new OpNumbers()): readonly boolean[] =>
  ops.map((op) => numbers.take(op));

describe('the numbers of calls', () => {
  test.prop([fc.oneof(small, large)])('are taken once each, in any order', (ops) => {
    const met = new Set<number>();
    const expected = ops.map((op) => {
      const isNew = !met.has(op);
      met.add(op);
      return isNew;
    });
    expect(taken(ops)).toEqual(expected);
  });

  test('of several writers lie in ranges of their own', () => {
    const ops = Array.from({ length: 9000 }, (_, index) => (index % 3) * 1_000_000 + Math.floor(index / 3));
    expect(taken(ops).every(Boolean)).toBe(true);
  });

  test('may leave out as many as they like; what was passed over long ago is not known any more', () => {
    const numbers = new OpNumbers();
    const even = Array.from({ length: 5000 }, (_, index) => index * 2);
    expect(taken(even, numbers).every(Boolean)).toBe(true);
    expect(taken([9997, 7999, 1, 3], numbers)).toEqual([true, true, false, false]);
    expect(taken([9997, 9998, 9999], numbers)).toEqual([false, false, true]);
  });

  test('in no order at all are too much to remember', () => {
    const numbers = new OpNumbers();
    const down = Array.from({ length: 5000 }, (_, index) => 10_000_000 - 2 * index);
    expect(taken(down, numbers).indexOf(false)).toBe(2047);
  });
});
