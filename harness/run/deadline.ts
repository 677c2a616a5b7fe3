import type { Clock } from '../lib/clock.ts';
import { follow } from './follow.ts';

export type WithinOptions = { readonly clock: Clock; readonly budgetMs: number; readonly signal: AbortSignal };

/**
 * Resolves to true if the work ended in time, to false at the deadline or if the signal aborts. Rejects with an error
 * of the work itself.
 */
export const within = async ({ clock, budgetMs, signal }: WithinOptions, work: Promise<unknown>): Promise<boolean> => {
  const timer = follow(signal);
  const late = clock.sleep(budgetMs, timer.signal).then(
    () => false,
    () => false,
  );
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    timer.abort();
    timer.release();
  }
};
