import { counterOf } from '../tap/identity/counter.ts';

/**
 * True if all values that are counters look like Unix times of 2008 to 2049, in seconds, milliseconds or microseconds.
 * Two records of one key may share a time.
 */
export const isLikeTime = (counters: readonly unknown[]): boolean =>
  counters.some((value) => counterOf(value) !== undefined) &&
  counters.every((value) => {
    const n = counterOf(value);
    return n === undefined || [1, 1e3, 1e6].some((unit) => n >= 1.2e9 * unit && n < 2.5e9 * unit);
  });
