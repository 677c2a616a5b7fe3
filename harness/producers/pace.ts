import type { Clock } from '../lib/clock.ts';

/** Waits so that no more than `rate` records a second go out: the k-th not before k/rate seconds. Without a rate it never waits. */
export const paced = (clock: Clock, rate: number | undefined): ((signal: AbortSignal) => Promise<void>) => {
  let sent = 0;
  const start = clock.now();
  return async (signal) => {
    if (rate === undefined) return;
    const dueMs = (sent / rate) * 1000;
    sent += 1;
    const aheadMs = dueMs - (clock.now() - start) / 1000;
    if (aheadMs > 1) await clock.sleep(aheadMs, signal).catch(() => undefined);
  };
};
