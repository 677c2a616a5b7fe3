import type { Timing } from './timing.ts';

/**
 * The schedule begins this long before the measurement, because the first calls of a connection are slower (a
 * handshake, a program that is still starting). These records are judged like all others, and count in no latency.
 */
export const warmUpSeconds = 1;

/** The records whose times are measured: those due after the warm-up, for as long as was asked. */
export const measuredIn = (timings: readonly Timing[], seconds: number): readonly Timing[] => {
  const first = timings.reduce((least, { due }) => Math.min(least, due), Number.POSITIVE_INFINITY);
  const from = first + warmUpSeconds * 1e6 - 1;
  return timings.filter(({ due }) => due >= from && due < from + seconds * 1e6);
};
