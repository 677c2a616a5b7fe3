import { describe, expect, test } from 'vitest';
import { limbsPer, SequenceParts } from '../../model/sequences.ts';
import { throwingSpill } from '../../testing/stand-ins/throwing-spill.ts';
import { Numbers } from './numbers.ts';
import { ShardFront } from './shard-front.ts';
import { sumOne, sumTwo } from './sums.ts';

const shards = Array.from({ length: 3 }, (_, id) => new ShardFront(id, `shardId-${String(id).padStart(12, '0')}`));

const limbsOf = (texts: readonly string[]): Int32Array => {
  const parts = new SequenceParts();
  const limbs = new Int32Array(texts.length * limbsPer);
  for (const [index, text] of texts.entries()) {
    parts.read(text);
    limbs.set(parts.limbs, index * limbsPer);
  }
  return limbs;
};

/** The numbers of one answer, and the end of it. */
const answer = (numbers: Numbers, ...results: readonly (readonly [shard: number, seq: number | string])[]): Numbers => {
  const limbs = limbsOf(results.map(([, seq]) => String(seq)));
  for (const [index, [shard]] of results.entries()) numbers.note(shards[shard] as ShardFront, limbs, index * limbsPer);
  numbers.rise(limbs);
  return numbers;
};

const now = 1_795_420_800;
/** As engines of the kinesalite family write it: shard, and a count. */
const encoded = (shard: number, count: number, seconds = now): string =>
  String(
    BigInt(
      `0x2${seconds.toString(16).padStart(9, '0')}${count.toString(16).padStart(19, '0')}${seconds.toString(16).padStart(9, '0')}${shard.toString(16).padStart(8, '0')}2`,
    ),
  );

describe('numbers that ascend all over the stream', () => {
  test('do so within answers and from one to the next, with failures between', () => {
    const numbers = answer(new Numbers(throwingSpill), [0, 5], [1, 6]);
    answer(numbers);
    answer(numbers, [2, 7]);
    answer(numbers, [0, 8], [1, 9]);
    expect(numbers.isAscending).toBe(true);
  });

  test.each([
    [
      'falls within an answer',
      [
        [0, 5],
        [1, 4],
      ],
    ],
    [
      'stands twice in an answer',
      [
        [0, 5],
        [1, 5],
      ],
    ],
  ] as const)('do not where one %s', (_, results) => {
    expect(answer(new Numbers(throwingSpill), ...results).isAscending).toBe(false);
  });

  test.each([4, 5, 6])('do not where one falls behind the answer before, and never again: %i', (seq) => {
    const numbers = answer(new Numbers(throwingSpill), [0, 5], [1, 6]);
    answer(numbers);
    expect(answer(numbers, [2, seq]).isAscending).toBe(false);
    expect(answer(numbers, [2, 9], [2, 10]).isAscending).toBe(false);
  });
});

describe('a number that was acknowledged to nobody', () => {
  const unacked = (numbers: Numbers, shard: number, seq: number | string): void =>
    numbers.noteUnacked(shards[shard] as ShardFront, limbsOf([String(seq)]), 0);

  test('stands anywhere among the others, and is to be held to them', () => {
    const numbers = answer(new Numbers(throwingSpill), [0, 5], [1, 7]);
    expect(numbers.isToHold).toBe(false);
    unacked(numbers, 1, 6);
    expect(numbers.isToHold).toBe(true);
    for (const [shard, seq] of [
      [0, 5],
      [1, 7],
      [1, 6],
    ] as const)
      numbers.hold(shard, limbsOf([String(seq)]), 0);
    expect(numbers.isAscending).toBe(true);
    answer(numbers, [0, 8]);
    expect(numbers.isAscending).toBe(true);
  });

  test('is none of those of another shard', () => {
    const numbers = answer(new Numbers(throwingSpill), [0, 5], [1, 7]);
    unacked(numbers, 1, 5);
    numbers.hold(0, limbsOf(['4', '5']), limbsPer);
    expect([numbers.isAscending, numbers.isToHold]).toEqual([false, false]);
    const other = new Numbers(throwingSpill);
    unacked(other, 1, 5);
    unacked(other, 1, 5);
    expect(other.isAscending).toBe(true);
    unacked(other, 2, 5);
    expect(other.isAscending).toBe(false);
  });

  test('is told from another one with one of its two sums', () => {
    // Two limbs, by each other's multiplier in the first sum, cancel out there.
    const [one, other] = [limbsOf(['0']), limbsOf(['0'])];
    other.set([0xe6546b65, -0x1b873593], 6);
    expect([sumOne(other, 0), sumTwo(other, 0) === sumTwo(one, 0)]).toEqual([sumOne(one, 0), false]);
    const numbers = answer(new Numbers(throwingSpill), [0, 5]);
    numbers.noteUnacked(shards[1] as ShardFront, one, 0);
    numbers.noteUnacked(shards[1] as ShardFront, other, 0);
    expect(numbers.isAscending).toBe(true);
    numbers.hold(0, limbsOf(['1']), 0);
    expect(numbers.isAscending).toBe(true);
    // Of two with that sum it is one in another shard.
    numbers.hold(0, other, 0);
    expect(numbers.isAscending).toBe(false);
    const apart = answer(new Numbers(throwingSpill), [0, 5]);
    apart.noteUnacked(shards[1] as ShardFront, one, 0);
    apart.hold(0, other, 0);
    expect(apart.isAscending).toBe(true);
  });

  test('is not held to others where all encode their shard, and encodes its own', () => {
    const numbers = answer(new Numbers(throwingSpill), [0, encoded(0, 1)]);
    unacked(numbers, 1, encoded(1, 2));
    expect([numbers.isEncoded, numbers.isToHold]).toEqual([true, false]);
    unacked(numbers, 1, 7);
    expect([numbers.isEncoded, numbers.isToHold]).toEqual([false, true]);
    expect(() => unacked(numbers, 1, encoded(2, 2))).toThrow('a number that encodes another shard');
  });
});

describe('numbers that encode their shard', () => {
  test('do so all of them', () => {
    const numbers = answer(new Numbers(throwingSpill), [1, encoded(1, 7)], [0, encoded(0, 3)]);
    expect([numbers.isEncoded, numbers.isAscending]).toEqual([true, false]);
    answer(numbers, [2, encoded(2, 1)]);
    expect(numbers.isEncoded).toBe(true);
  });

  test.each([
    // Its low digits say shard 0, and it has another form.
    ['is of another form', 0],
    ['says a shard that nobody has', encoded(100_000, 1)],
    ['says another shard at no plausible time', encoded(1, 1, 1_200_000_000)],
  ])('do not where one %s', (_, seq) => {
    const numbers = answer(new Numbers(throwingSpill), [0, seq]);
    expect(numbers.isEncoded).toBe(false);
    expect(answer(numbers, [0, encoded(0, 2)]).isEncoded).toBe(false);
  });

  test('are not plain where one says another shard', () => {
    expect(() => answer(new Numbers(throwingSpill), [0, encoded(1, 1)])).toThrow('a number that encodes another shard');
  });
});
