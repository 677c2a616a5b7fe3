import { copyLimbs, limbsPer } from '../../model/sequences.ts';
import type { Delivered } from './delivered.ts';
import type { Sums } from './flows.ts';

/*
 * Two sums of 32 bits over a number or a record. Each part has its own odd multipliers (of the golden ratio,
 * MurmurHash3, xxHash and splitmix). Equal records have equal sums; different ones do in one case of 2^64. No part
 * waits for the one before, so a processor takes many at once. The first eight multipliers are those of a number.
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
  0x2545f491,
  0x4f6cdd1d,
  0x3c6ef373,
  0x5f356495,
  0x6a09e667,
  0x510e527f,
  0x7feb352d,
  0x68e31da5,
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
  0x369dea0f,
  0x31848bab,
  0x6c8e9cf5,
  0x2c1b3c6d,
  0x3243f6a9,
  0x13198a2f,
  0x297a2d39,
  0x75c3d2e7,
);

export const sumOne = (limbs: Int32Array, at: number): number => sumOf(limbs, at, limbsPer, ones);
export const sumTwo = (limbs: Int32Array, at: number): number => sumOf(limbs, at, limbsPer, twos);

/** The sums of the number in `limbs`, to be compared with an acknowledged one. */
export const sumsOf = (limbs: Int32Array, at: number): Sums => ({ one: sumOne(limbs, at), two: sumTwo(limbs, at) });

/** The parts of one record, used again for every record. The last two hold its arrival time, which may be NaN. */
const parts = new Int32Array(ones.length);
const times = new Float64Array(parts.buffer);
const arrivalAt = times.length - 1;

/** The parts of a record with this number. They are valid until the next call. */
export const partsOf = (limbs: Int32Array, at: number, record: Delivered): Int32Array => {
  copyLimbs(limbs, at, parts, 0);
  parts[limbsPer] = record.flow;
  parts[limbsPer + 1] = record.n;
  parts[limbsPer + 2] = record.hasDigest;
  parts[limbsPer + 3] = record.high;
  parts[limbsPer + 4] = record.low;
  parts[limbsPer + 5] = record.sub;
  times[arrivalAt] = record.arrival;
  return parts;
};

export const recordOne = (of: Int32Array): number => sumOf(of, 0, of.length, ones);
export const recordTwo = (of: Int32Array): number => sumOf(of, 0, of.length, twos);

const sumOf = (limbs: Int32Array, at: number, count: number, by: Int32Array): number => {
  let sum = 0;
  for (let part = 0; part < count; part += 1)
    sum = (sum + Math.imul(limbs[at + part] as number, by[part] as number)) | 0;
  return sum;
};
