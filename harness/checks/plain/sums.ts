import { limbsPer } from '../../model/sequences.ts';

/*
 * Two sums of 32 bits over a number or a record, with odd multipliers of their own for each part (of the golden ratio, MurmurHash3, xxHash and splitmix): equal for equal ones,
 * and for different ones in one case of 2^64. No part waits for the one before, so a processor takes many at once.
 */
const ones = Int32Array.of(
  0x9e3779b1,
  0x85ebca6b,
  0xc2b2ae35,
  0x27d4eb2f,
  0x165667b1,
  0xcc9e2d51,
  0x1b873593,
  0xe6546b65,
);
const twos = Int32Array.of(
  0x85ebca77,
  0xc2b2ae3d,
  0x27d4eb4f,
  0x165667c5,
  0x9e3779b9,
  0xbf58476d,
  0x1ce4e5b9,
  0x94d049bb,
);

export const sumOne = (limbs: Int32Array, at: number): number => sumOf(limbs, at, ones);
export const sumTwo = (limbs: Int32Array, at: number): number => sumOf(limbs, at, twos);

const sumOf = (limbs: Int32Array, at: number, by: Int32Array): number => {
  let sum = 0;
  for (let limb = 0; limb < limbsPer; limb += 1)
    sum = (sum + Math.imul(limbs[at + limb] as number, by[limb] as number)) | 0;
  return sum;
};
