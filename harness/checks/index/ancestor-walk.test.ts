import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { AncestorWalk, parentsFirst } from './ancestor-walk.ts';
import { ancestorsAmong } from './kinship.ts';
import type { Lineage } from './lineage.ts';

type Parents = readonly (readonly number[])[];
const lineageOf = (parents: Parents): Lineage =>
  ({ shards: parents.map((own) => ({ parents: own })) }) as unknown as Lineage;

/** A shard comes after its parents, of which it may have any number. */
const parentsAndPath = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.record({
    parents: fc
      .array(fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 3 }), { minLength: size, maxLength: size })
      .map((all) => all.map((own, shard) => own.filter((parent) => parent < shard))),
    path: fc.array(fc.nat({ max: size - 1 }), { maxLength: 20 }),
  }),
);
const sorted = (shards: Iterable<number>): readonly number[] => [...shards].sort((a, b) => a - b);

/** How many steps it takes to go to all of them, parents first. */
const stepsThrough = (parents: Parents): number => {
  let steps = 0;
  const count = (): void => {
    steps += 1;
  };
  const walk = new AncestorWalk(lineageOf(parents), { enter: count, leave: count });
  const all = new Set([...parents.keys()].reverse());
  for (const shard of parentsFirst(all, (of) => parents[of] ?? [])) walk.goTo(shard);
  return steps;
};

const lines: Readonly<Record<string, (shard: number) => readonly number[]>> = {
  'splits and merges': (i) => (i === 0 ? [] : i % 3 === 0 ? [i - 2, i - 1] : [i - (i % 3)]),
  'splits of one child': (i) => (i === 0 ? [] : [i % 2 === 1 ? i - 1 : Math.max(0, i - 2)]),
  'splits of both children': (i) => (i === 0 ? [] : [(i - 1) >> 1]),
  'two lines, in turn': (i) => (i < 2 ? [] : [i - 2]),
  'children of one shard': (i) => (i === 0 ? [] : [0]),
};

describe('a walk among shards', () => {
  test.prop([parentsAndPath])('has the ancestors of where it is, the last to come going first', ({ parents, path }) => {
    const inside: number[] = [];
    const walk = new AncestorWalk(lineageOf(parents), {
      enter: (shard) => void inside.push(shard),
      leave: (shard) => expect(inside.pop()).toBe(shard),
    });
    for (const shard of path) {
      walk.goTo(shard);
      expect(sorted(inside)).toEqual(sorted(ancestorsAmong(lineageOf(parents), shard, () => true)));
    }
  });

  test.each(Object.entries(lines))('%s: twice as many take twice the steps', (_, parentsOf) => {
    const [some, twice] = [2000, 4000].map((count) =>
      stepsThrough(Array.from({ length: count }, (__, i) => parentsOf(i))),
    );
    expect(some).toBeLessThan(3 * 2000);
    expect(twice).toBeLessThanOrEqual(2.01 * (some ?? 0) + 10);
  });
});
