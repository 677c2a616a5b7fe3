import { counterOf } from '../tap/identity/counter.ts';

/** Seconds, milliseconds or microseconds of these years: two records of one key may have the same. */
export const isLikeTime = (counters: readonly unknown[]): boolean =>
  counters.length > 0 &&
  counters.every((value) => {
    const n = counterOf(value) ?? 0;
    return [1, 1e3, 1e6].some((unit) => n >= 1.2e9 * unit && n < 2.5e9 * unit);
  });
