import { limbsPer } from '../../model/sequences.ts';

/** Below 0, 0, above 0: two sequence numbers as limbs, each from its own place in a column. */
export const compareLimbs = (a: Float64Array, at: number, b: Float64Array, other: number): number => {
  for (let limb = 0; limb < limbsPer; limb += 1) {
    const difference = (a[at + limb] ?? 0) - (b[other + limb] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

export const copyLimbs = (from: Float64Array, at: number, to: Float64Array, other: number): void => {
  for (let limb = 0; limb < limbsPer; limb += 1) to[other + limb] = from[at + limb] ?? 0;
};
