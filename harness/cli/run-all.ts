import pLimit, { type LimitFunction } from 'p-limit';
import type { Outcome } from '../session/run-and-judge.ts';

/** One scenario of one round, and what may not be under way beside it. */
export type Job = { readonly start: () => Promise<Outcome>; readonly alone: string | undefined };

export type RunAllOptions = {
  readonly workers: number;
  readonly maxFailures: number;
  readonly signal: AbortSignal;
  readonly isFailure: (outcome: Outcome) => boolean;
  /** In the order of the jobs, whichever was done first: each as soon as all before it are. */
  readonly onOutcome: (outcome: Outcome) => void;
};

/**
 * As many jobs at once as there are workers, told in the order in which they were given, so that a report does not
 * depend on who was quicker. Jobs that share a stream go one after the other. After an interruption, or so many
 * failures, none is begun, and its answer is undefined; what was begun is finished and told.
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
  // Told in order below; a failure of a later one is not unheard until its turn comes.
  for (const one of begun) one.catch(() => undefined);
  const outcomes: (Outcome | undefined)[] = [];
  for (const one of begun) {
    const outcome = await one;
    outcomes.push(outcome);
    if (outcome !== undefined) options.onOutcome(outcome);
  }
  return outcomes;
};
