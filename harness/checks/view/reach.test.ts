import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Reach } from './reach.ts';

/** Upwards, step by step, until nothing new is met. */
const ancestorsOf = (parents: readonly (readonly number[])[], shard: number): readonly number[] => {
  const met = new Set(parents[shard]);
  for (const one of met) for (const parent of parents[one] ?? []) met.add(parent);
  return [...met].filter((one) => one !== shard).sort((a, b) => a - b);
};

const expectReach = (parents: readonly (readonly number[])[]): void => {
  const reach = new Reach(parents);
  // Twice: an answer that was kept is the same.
  for (let time = 0; time < 2; time += 1) {
    for (const shard of parents.keys()) {
      const said = [...parents.keys()].filter((other) => reach.isAncestor(other, shard));
      expect([said, reach.count(shard)]).toEqual([ancestorsOf(parents, shard), ancestorsOf(parents, shard).length]);
    }
  }
};

const lists = (most: number, upTo: (shard: number) => number): fc.Arbitrary<number[][]> =>
  fc.nat({ max: 14 }).chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, shard) => {
        const max = upTo(shard);
        return max < 0
          ? fc.constant<number[]>([])
          : fc.uniqueArray(fc.nat({ max }), { maxLength: most }).map((list) => list.filter((one) => one !== shard));
      }),
    ),
  );

describe('who descends from whom', () => {
  test.prop([lists(1, (shard) => shard - 1)], { numRuns: 200 })('in a forest', (parents) => expectReach(parents));
  test.prop([lists(2, (shard) => shard - 1)], { numRuns: 200 })('with merges', (parents) => expectReach(parents));
  test.prop([lists(2, () => 13)], { numRuns: 200 })('in any order, and with rings', (parents) =>
    expectReach(parents.map((list) => list.filter((parent) => parent < parents.length))),
  );

  test('of a shard that is not there, nothing', () => {
    const reach = new Reach([[], [0]]);
    expect([reach.count(7), reach.isAncestor(0, 7), reach.isAncestor(7, 1)]).toEqual([0, false, false]);
  });
});
