import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { aboveOf, ancestorsAmong, ancestorsWithin } from './kinship.ts';
import type { Lineage } from './lineage.ts';

/**
 * Parents by shard: any at all, rings and shards that are their own parents among them, as a broken engine may list
 * them.
 */
const families = fc
  .integer({ min: 1, max: 9 })
  .chain((size) =>
    fc.array(fc.uniqueArray(fc.nat({ max: size - 1 }), { maxLength: 2 }), { minLength: size, maxLength: size }),
  );
/** Those of an engine that is sound: a shard comes after its parents. */
const trees = families.map((parents) => parents.map((own, shard) => own.filter((parent) => parent < shard)));

const lineageOf = (parents: readonly (readonly number[])[]): Lineage =>
  ({ shards: parents.map((own) => ({ parents: own })) }) as unknown as Lineage;

const ancestorsOf = (parents: readonly (readonly number[])[], shard: number): ReadonlySet<number> => {
  const found = new Set<number>();
  const add = (one: number): void => {
    for (const parent of parents[one] ?? []) {
      if (found.has(parent)) continue;
      found.add(parent);
      add(parent);
    }
  };
  add(shard);
  return found;
};

const sorted = (shards: Iterable<number>): readonly number[] => [...shards].sort((a, b) => a - b);

describe('the shards above a shard', () => {
  test.prop([trees, fc.array(fc.option(fc.nat({ max: 50 }), { nil: undefined }), { minLength: 9, maxLength: 9 })])(
    'have a highest value, whoever is asked first',
    (parents, values) => {
      const above = aboveOf(
        lineageOf(parents),
        (shard) => values[shard],
        (one, other) => one > other,
      );
      for (const shard of parents.keys()) {
        const own = [...ancestorsOf(parents, shard)].flatMap((one) => values[one] ?? []);
        expect(above.best(shard)).toBe(own.length === 0 ? undefined : Math.max(...own));
      }
    },
  );

  test.prop([families])('are walked to their end, in a ring too', (parents) => {
    const above = aboveOf(
      lineageOf(parents),
      (shard) => shard,
      (one, other) => one > other,
    );
    for (const shard of parents.keys()) {
      const best = above.best(shard);
      if (best !== undefined) expect(sorted(ancestorsOf(parents, shard))).toContain(best);
    }
  });

  test.prop([families, fc.func(fc.boolean())])('are named once each, of those that count', (parents, counts) => {
    for (const shard of parents.keys()) {
      const found = [...ancestorsAmong(lineageOf(parents), shard, counts)];
      const expected = [...ancestorsOf(parents, shard)].filter((one) => one !== shard && counts(one));
      expect(sorted(found)).toEqual(sorted(expected));
    }
  });

  test.prop([trees, fc.uniqueArray(fc.nat({ max: 8 }))])('of which others descend', (parents, some) => {
    const shards = new Set(some.filter((shard) => shard < parents.length));
    const expected = [...shards].filter((one) => [...shards].some((other) => ancestorsOf(parents, other).has(one)));
    expect(sorted(ancestorsWithin(lineageOf(parents), shards))).toEqual(sorted(expected));
  });
});
