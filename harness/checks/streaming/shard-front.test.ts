import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { limbsPer } from '../../model/sequences.ts';
import type { Delivered } from './delivered.ts';
import { ChainFront, ShardFront } from './shard-front.ts';

const limbsOf = (number: number): Int32Array => {
  const limbs = new Int32Array(limbsPer);
  limbs[limbsPer - 2] = Math.floor(number / 100);
  limbs[limbsPer - 1] = number % 100;
  return limbs;
};
const front = (): ShardFront => new ShardFront(0, 'shardId-000000000000');
/** With another number before it. */
const raise = (shard: ShardFront, number: number, line: number, oldest: number): boolean =>
  shard.raise(Int32Array.of(...limbsOf(0), ...limbsOf(number)), limbsPer, line, oldest);
const isBelow = (shard: ShardFront, number: number, line: number): boolean =>
  shard.isBelowTopAt(Int32Array.of(...limbsOf(0), ...limbsOf(number)), limbsPer, line);
const never = Number.POSITIVE_INFINITY;

describe('a number that is acknowledged in a shard', () => {
  test('is below none at first, whatever it is', () => {
    for (const number of [0, 1, 999]) expect(isBelow(front(), number, 5)).toBe(false);
  });

  test('is below those that were acknowledged before its call was sent, or the same', () => {
    for (const oldest of [never, 1]) {
      const shard = front();
      expect(raise(shard, 50, 10, oldest)).toBe(true);
      expect([49, 50, 51].map((number) => isBelow(shard, number, 11))).toEqual([true, true, false]);
    }
  });

  test('is below none that came later', () => {
    const shard = front();
    raise(shard, 50, 10, 1);
    raise(shard, 60, 20, 1);
    raise(shard, 70, 30, 1);
    expect([1, 10, 11, 20, 21, 30, 31].map((line) => isBelow(shard, 55, line))).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
    expect([10, 11].map((line) => isBelow(shard, 50, line))).toEqual([false, true]);
  });

  test('is below what was acknowledged before the first call that is still open', () => {
    const shard = front();
    raise(shard, 50, 10, never);
    raise(shard, 60, 20, 15);
    expect([45, 50, 51].map((number) => isBelow(shard, number, 15))).toEqual([true, true, false]);
    expect(isBelow(shard, 60, 21)).toBe(true);
  });

  test('is below the highest of all, when no call was open any more', () => {
    const shard = front();
    raise(shard, 50, 10, 5);
    raise(shard, 70, 20, never);
    expect(isBelow(shard, 60, 21)).toBe(true);
    raise(shard, 80, 30, 25);
    expect([isBelow(shard, 60, 25), isBelow(shard, 75, 25), isBelow(shard, 75, 31)]).toEqual([true, false, true]);
  });

  test('changes nothing when it is no higher', () => {
    const shard = front();
    raise(shard, 50, 10, 1);
    for (const number of [50, 40]) expect(raise(shard, number, 20, 1)).toBe(true);
    raise(shard, 60, 30, 1);
    expect([isBelow(shard, 45, 10), isBelow(shard, 45, 11), isBelow(shard, 55, 30)]).toEqual([false, true, false]);
  });

  test('is lowest or not, of end markers, too', () => {
    const shard = front();
    const lowest = (): readonly number[] => [...shard.min];
    shard.noteMin(Int32Array.of(...limbsOf(9), ...limbsOf(500)), limbsPer);
    expect(lowest()).toEqual([...limbsOf(500)]);
    for (const number of [501, 400, 450]) shard.noteMin(limbsOf(number), 0);
    expect(lowest()).toEqual([...limbsOf(400)]);
  });

  const rise = fc.record({
    by: fc.integer({ min: -3, max: 6 }),
    isAlone: fc.nat({ max: 9 }),
    window: fc.nat({ max: 300 }),
  });
  test.prop([fc.array(rise, { minLength: 1, maxLength: 900 }), fc.infiniteStream(fc.nat({ max: 1000 }))], {
    numRuns: 40,
  })('is held to all that calls under way can ask for', (rises, random) => {
    const shard = front();
    const told: { readonly number: number; readonly line: number }[] = [];
    let [number, oldest] = [100, 1];
    for (const [index, { by, isAlone, window }] of rises.entries()) {
      const line = 2 * index + 2;
      oldest = Math.max(oldest, line - 1 - 2 * window);
      number += by;
      expect(raise(shard, number, line, isAlone === 0 ? never : oldest)).toBe(true);
      if (isAlone === 0) oldest = line + 1;
      told.push({ number, line });
      const asked = Math.min(line + 1, oldest + 2 * ((random.next().value ?? 0) % (window + 1)));
      const other = number + 3 - ((random.next().value ?? 0) % 20);
      const expected = told.some((one) => one.line < asked && one.number >= other);
      expect(isBelow(shard, other, asked)).toBe(expected);
    }
  });

  test('is too much to remember beside sixty thousand others, while one call is never answered', () => {
    const shard = front();
    let line = 1;
    while (raise(shard, line, line, 0)) line += 1;
    expect(line).toBe(65_537);
  });

  test('and none is, where calls are answered', () => {
    const shard = front();
    let line = 1;
    while (line < 70_000 && raise(shard, line, line, line - 300)) line += 1;
    expect(line).toBe(70_000);
    expect(isBelow(shard, 69_800, 69_850)).toBe(true);
  });
});

test('a shard is used once anything was acknowledged in it, and it has a last number', () => {
  const shard = front();
  expect(shard.isUsed).toBe(false);
  shard.noteMin(limbsOf(5), 0);
  expect(shard.isUsed).toBe(false);
  shard.last.set(limbsOf(5));
  expect(shard.isUsed).toBe(true);
});

describe('what a reader was given of a shard', () => {
  const record: Delivered = { flow: 1, n: 2, sub: 0, hasDigest: 1, high: 3, low: 4, arrival: 5 };
  const sums = (...records: readonly (readonly [number: number, more?: Partial<Delivered>])[]): readonly number[] => {
    const chain = new ChainFront(0, 0, front(), 0);
    for (const [number, more] of records) chain.add(limbsOf(number), 0, { ...record, ...more });
    return [chain.one, chain.two, chain.count];
  };

  test('may begin with any number, and ascends from page to page', () => {
    const chain = new ChainFront(0, 0, front(), 0);
    expect([0, 7].map((number) => chain.isAbove(limbsOf(number), 0))).toEqual([true, true]);
    chain.last.set(limbsOf(7));
    expect([6, 7, 8].map((number) => chain.isAbove(limbsOf(number), 0))).toEqual([false, false, true]);
  });

  test('has the sums of its records, in their order', () => {
    expect(sums([1], [2], [3])).toEqual(sums([1], [2], [3]));
    const [one, two] = sums([1], [2], [3]);
    for (const other of [sums([2], [1], [3]), sums([1], [3], [2]), sums([1], [2], [3, { n: 3 }]), sums([2], [3], [1])])
      expect([other[0] === one, other[1] === two]).toEqual([false, false]);
  });

  test('has one sum beside the other: what is the same in one is not in both', () => {
    // Digests that were made for it.
    const [a, b, c] = [
      { high: 1, low: 2 },
      { high: 2, low: 0x6bfdd85f },
      { high: 2, low: 0x7b0059dd },
    ].map((digest) => sums([1, digest], [2]));
    expect([a?.[0] === b?.[0], a?.[1] === b?.[1]]).toEqual([true, false]);
    expect([a?.[0] === c?.[0], a?.[1] === c?.[1]]).toEqual([false, true]);
  });
});
