import { createHash, randomInt } from 'node:crypto';

/** All randomness of a run: the same seed and path give the same draws, on every machine. */
export type Random = {
  /** A float in [0, 1). */
  readonly next: () => number;
  /** An integer in [min, max], both included. */
  readonly int: (min: number, max: number) => number;
  readonly pick: <T>(items: readonly [T, ...T[]]) => T;
  /** An independent stream with a name, so that one consumer's draws never shift another's. */
  readonly fork: (name: string) => Random;
};

export const seededRandom = (seed: string): Random => {
  const next = sfc32(seed);
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    pick: <T>(items: readonly [T, ...T[]]): T => items[int(0, items.length - 1)] ?? items[0],
    fork: (name) => seededRandom(`${seed}/${name}`),
  };
};

/** sfc32 by Chris Doty-Humphrey (PractRand), seeded with SHA-256 of the text. */
const sfc32 = (seed: string): (() => number) => {
  const hash = createHash('sha256').update(seed).digest();
  let [a, b, c, d] = [hash.readInt32LE(0), hash.readInt32LE(4), hash.readInt32LE(8), hash.readInt32LE(12)];
  return () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
};

/** A random seed, for a run without --seed. It is printed with every run, and --seed repeats it. */
export const freshSeed = (): string => String(randomInt(1, 2 ** 31));

/** A run id that is unique even for two runs that begin in the same millisecond. */
export const freshRunId = (wallMs: number): string =>
  `${wallMs.toString(36)}${randomInt(36 ** 3)
    .toString(36)
    .padStart(3, '0')}`;
