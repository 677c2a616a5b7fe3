import type { Clock } from '../lib/clock.ts';

/**
 * When each record of a producer is handed over, milliseconds since it began: the k-th at k/rate seconds, all at once
 * without a rate.
 */
export type TimeLine = {
  /** The next record's moment. */
  readonly next: () => number;
  /** Resolves when that moment has come, or the signal aborts. */
  readonly until: (ms: number, signal: AbortSignal) => Promise<void>;
};

export const timeLine = (clock: Clock, rate: number | undefined): TimeLine => {
  const start = clock.now();
  let handed = 0;
  return {
    next: () => {
      if (rate === undefined) return 0;
      const atMs = (handed / rate) * 1000;
      handed += 1;
      return atMs;
    },
    until: async (ms, signal) => {
      const aheadMs = ms - (clock.now() - start) / 1000;
      if (aheadMs > 1) await clock.sleep(aheadMs, signal).catch(() => undefined);
    },
  };
};
