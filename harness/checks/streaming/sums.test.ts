import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { limbsPer } from '../../model/sequences.ts';
import type { Delivered } from './delivered.ts';
import { partsOf, recordOne, recordTwo, sumOne, sumTwo } from './sums.ts';

const limbs = Int32Array.from({ length: limbsPer }, (_, limb) => 7 * limb + 1);
const record: Delivered = { flow: 1, n: 2, sub: 0, hasDigest: 1, high: 3, low: 4, arrival: 1_795_423_045_619 };
const sumsOf = (more: Partial<Delivered> = {}, of: Int32Array = limbs): readonly number[] => {
  const parts = partsOf(of, 0, { ...record, ...more });
  return [recordOne(parts), recordTwo(parts)];
};
const int = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });

describe('the sums of a record', () => {
  test('are the same for the same, wherever its number stands', () => {
    const moved = new Int32Array(3 * limbsPer);
    moved.set(limbs, limbsPer);
    const parts = partsOf(moved, limbsPer, record);
    expect([recordOne(parts), recordTwo(parts)]).toEqual(sumsOf());
    expect(sumsOf({ arrival: Number.NaN })).toEqual(sumsOf({ arrival: Number.NaN }));
  });

  test.each<Partial<Delivered>>([
    { flow: 2 },
    { n: 3 },
    { sub: 1 },
    { hasDigest: 0 },
    { high: 2 },
    { high: -3 },
    { low: 5 },
    { low: -4 },
    { arrival: record.arrival + 1 },
    { arrival: record.arrival + 2 ** 32 },
    { arrival: Number.NaN },
  ])('are both others with %o', (more) => {
    const [one, two] = sumsOf();
    const [otherOne, otherTwo] = sumsOf(more);
    expect([one === otherOne, two === otherTwo]).toEqual([false, false]);
  });

  test('are others with each part of another number', () => {
    const [one, two] = sumsOf();
    for (let limb = 0; limb < limbsPer; limb += 1) {
      const other = limbs.slice();
      other[limb] = 99_999_999;
      const [otherOne, otherTwo] = sumsOf({}, other);
      expect([one === otherOne, two === otherTwo]).toEqual([false, false]);
      expect([sumOne(limbs, 0) === sumOne(other, 0), sumTwo(limbs, 0) === sumTwo(other, 0)]).toEqual([false, false]);
    }
  });

  test.prop([int, int, int, int], { numRuns: 100 })(
    'are not those of another digest, one of them at least',
    (...ints) => {
      const [high, low, otherHigh, otherLow] = ints;
      fc.pre(high !== otherHigh || low !== otherLow);
      expect(sumsOf({ high, low })).not.toEqual(sumsOf({ high: otherHigh, low: otherLow }));
    },
  );
});

test('the sums of a number are those of its own limbs, where it stands', () => {
  const several = Int32Array.of(...limbs, ...limbs.map((limb) => limb + 1), ...limbs);
  const sums = [0, 1, 2].map((index) => [sumOne(several, index * limbsPer), sumTwo(several, index * limbsPer)]);
  expect(sums[2]).toEqual(sums[0]);
  expect(sums[1]).not.toEqual(sums[0]);
});
