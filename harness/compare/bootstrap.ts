import type { Random } from '../lib/random.ts';
import type { Latencies } from './latencies.ts';

export type Interval = { readonly low: number; readonly high: number };

const draws = 1000;
const tail = 0.025;

/**
 * The 95 % interval of `newer / older` at a percentile. Both are resampled from their own stretches, with replacement,
 * as often as they have stretches. Source: B. Efron, R. Tibshirani, "An Introduction to the Bootstrap", 1993 (blocks:
 * chapter 8.6).
 */
export const ratioInterval = (older: Latencies, newer: Latencies, share: number, random: Random): Interval =>
  ratioOfDraws(resampled(older, share, random.fork('older')), resampled(newer, share, random.fork('newer')));

/** The same of percentiles that were drawn before, by `resampled`. */
export const ratioOfDraws = (older: readonly number[], newer: readonly number[]): Interval =>
  intervalOf(older.map((value, index) => ratioOf(newer[index] ?? 0, value)));

/** The 95 % interval of a single percentile. */
export const valueInterval = (latencies: Latencies, share: number, random: Random): Interval =>
  intervalOf(resampled(latencies, share, random));

const intervalOf = (values: readonly number[]): Interval => {
  const sorted = values.toSorted((one, other) => one - other);
  return { low: sorted[Math.floor(tail * draws)] ?? 1, high: sorted[Math.ceil((1 - tail) * draws) - 1] ?? 1 };
};

/** Treats times below a microsecond as one, so that the ratio is finite. */
export const ratioOf = (value: number, of: number): number => Math.max(1, value) / Math.max(1, of);

/** A percentile of each of many resamples. */
export const resampled = ({ stretches }: Latencies, share: number, random: Random): readonly number[] => {
  const values = [...new Set(stretches.flatMap((stretch) => stretch.map(([value]) => value)))].toSorted(
    (a, b) => a - b,
  );
  const places = new Map(values.map((value, index) => [value, index]));
  const indexed = stretches.map((stretch) => stretch.map(([value, count]) => [places.get(value) ?? 0, count] as const));
  const counts = new Int32Array(values.length);
  return Array.from({ length: draws }, () => {
    counts.fill(0);
    let total = 0;
    for (let picked = 0; picked < indexed.length; picked += 1) {
      for (const [place, count] of indexed[random.int(0, indexed.length - 1)] ?? []) {
        counts[place] = (counts[place] ?? 0) + count;
        total += count;
      }
    }
    return values[placeOf(counts, Math.max(1, Math.ceil(share * total - 1e-9)))] ?? 0;
  });
};

const placeOf = (counts: Int32Array, rank: number): number => {
  let seen = 0;
  for (let place = 0; place < counts.length; place += 1) {
    seen += counts[place] ?? 0;
    if (seen >= rank) return place;
  }
  return counts.length - 1;
};
