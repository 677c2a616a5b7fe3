import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Reach } from './reach.ts';

/** Upwards, step by step, until nothing new is met. */
const ancestorsOf = (parents: readonly (readonly number[])[], shard: number): readonly number[] => {
  const met = new Set(parents[shard]);
  for (const one of met) for (const parent of parents[one] ?? []) met.add(parent);
  return [...met].filter((one) => one !== shard).sort((a, b) => a - b);
};

const expectReach = (parents: readonly (readonly number[])[], keptMax?: number): void => {
  const reach = new Reach(parents, keptMax);
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

/** From four shards on: each step splits one that is open, or merges two. */
const resharded = (steps: readonly (readonly [isMerge: boolean, one: number, other: number])[]): number[][] => {
  const parents: number[][] = [[], [], [], []];
  let open = [0, 1, 2, 3];
  for (const [isMerge, one, other] of steps) {
    const [a, b] = [one % open.length, other % open.length].map((index) => open[index] as number) as [number, number];
    const closed = isMerge ? [...new Set([a, b])] : [a];
    const made = closed.length === 2 ? 1 : 2;
    open = open.filter((shard) => !closed.includes(shard));
    for (let count = 0; count < made; count += 1) open.push(parents.push(closed) - 1);
  }
  return parents;
};

describe('who descends from whom', () => {
  test.prop([lists(1, (shard) => shard - 1)], { numRuns: 200 })('in a forest', (parents) => expectReach(parents));
  test.prop([lists(2, (shard) => shard - 1)], { numRuns: 200 })('with merges', (parents) => expectReach(parents));
  test.prop([lists(2, () => 13)], { numRuns: 200 })('in any order, and with rings', (parents) =>
    expectReach(parents.map((list) => list.filter((parent) => parent < parents.length))),
  );

  test.prop([lists(3, (shard) => shard - 1), fc.nat({ max: 6 })], { numRuns: 200 })(
    'with merges that are too wide to keep',
    (parents, keptMax) => expectReach(parents, keptMax),
  );
  test.prop([fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.nat()), { maxLength: 40 })], { numRuns: 200 })(
    'as streams are resharded: splits and merges of what is open',
    (steps) => expectReach(resharded(steps)),
  );

  test('of a shard that is not there, nothing', () => {
    const reach = new Reach([[], [0]]);
    expect([reach.count(7), reach.isAncestor(0, 7), reach.isAncestor(7, 1)]).toEqual([0, false, false]);
  });
});

/** The parents of shards, with a count of how often they were looked at. */
const watched = (
  parents: readonly number[][],
): { readonly list: readonly number[][]; readonly looks: () => number } => {
  let looks = 0;
  const get = (of: readonly number[][], name: string | symbol): unknown => {
    looks += 1;
    return Reflect.get(of, name);
  };
  return { list: new Proxy(parents, { get }), looks: () => looks };
};

const long = 1000;
const forest = Array.from({ length: long }, (_, shard) => (shard === 0 || shard === 7 ? [] : [shard - 1]));
const ring = forest.map((parents, shard) => (shard === 0 ? [3] : parents));
const looped = Array.from({ length: long }, (_, shard) => [shard === 0 ? 3 : shard - 1]);
const merged = forest.map((parents, shard) => (shard === 7 ? [6, 5] : parents));

describe('an answer', () => {
  test.each([
    ['about a child', 1, 0, true],
    ['about a grandchild', long - 1, 7, true],
    ['about a stranger', long - 1, 6, false],
    ['the other way round', 7, long - 1, false],
  ] as const)('%s costs the same in a forest, however long its lines are', (_, shard, ancestor, said) => {
    const { list, looks } = watched(forest);
    const reach = new Reach(list);
    const before = looks();
    expect(reach.isAncestor(ancestor, shard)).toBe(said);
    expect(reach.count(shard)).toBe(shard < 7 ? shard : shard - 7);
    expect(looks() - before).toBe(2);
  });

  test.each([
    ['rings', ring],
    ['merges', merged],
  ])('about %s is searched for once', (_, parents) => {
    const { list, looks } = watched(parents);
    const reach = new Reach(list);
    reach.isAncestor(0, long - 1);
    const searched = looks();
    expect([reach.count(long - 1), reach.isAncestor(5, long - 1), reach.count(long - 1)]).toHaveLength(3);
    expect(looks() - searched).toBe(3);
  });

  test('about a ring is forgotten when too many are kept, and searched for again', () => {
    for (const [keptMax, isForgotten] of [
      [long * 3, false],
      [long, true],
    ] as const) {
      const { list, looks } = watched(looped);
      const reach = new Reach(list, keptMax);
      for (const shard of [long - 3, long - 2, long - 1]) reach.isAncestor(0, shard);
      const before = looks();
      expect(reach.isAncestor(0, long - 3)).toBe(true);
      expect(looks() - before > 1).toBe(isForgotten);
    }
  });
});
