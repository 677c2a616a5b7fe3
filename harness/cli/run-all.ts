import pLimit, { type LimitFunction } from 'p-limit';
import type { Outcome } from '../session/run-and-judge.ts';

/** One scenario of one round. Jobs with the same `alone` never run at the same time. */
export type Job = { readonly start: () => Promise<Outcome>; readonly alone: string | undefined };

export type RunAllOptions = {
  readonly workers: number;
  readonly maxFailures: number;
  readonly signal: AbortSignal;
  readonly isFailure: (outcome: Outcome) => boolean;
  /** Called in the order of the jobs: each as soon as all before it are done. */
  readonly onOutcome: (outcome: Outcome) => void;
};

/**
 * Runs as many jobs at once as there are workers, and reports them in their order, so that a report does not depend on
 * timing. Jobs that share a stream run one after the other. After an interruption, or too many failures, no further
 * job begins, and its result is undefined. Jobs that have begun are finished and reported.
 */
export const runAll = async (
  jobs: readonly Job[],
  options: RunAllOptions,
): Promise<readonly (Outcome | undefined)[]> => {
  const limit = pLimit(options.workers);
  const alone = new Map<string, LimitFunction>();
  let failures = 0;
  const work = async ({ start }: Job): Promise<Outcome | undefined> => {
    if (options.signal.aborted || failures >= options.maxFailures) return undefined;
    const outcome = await start();
    if (options.isFailure(outcome)) failures += 1;
    return outcome;
  };
  const begun = jobs.map((job) => {
    if (job.alone === undefined) return limit(work, job);
    const turn = alone.get(job.alone) ?? pLimit(1);
    alone.set(job.alone, turn);
    return turn(() => limit(work, job));
  });
  // Results are awaited in order below. Without this, an early failure of a later job would count as unhandled.
  for (const one of begun) one.catch(() => undefined);
  const outcomes: (Outcome | undefined)[] = [];
  for (const one of begun) {
    const outcome = await one;
    outcomes.push(outcome);
    if (outcome !== undefined) options.onOutcome(outcome);
  }
  return outcomes;
};
