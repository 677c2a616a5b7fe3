import { type ErrorCode, exitCodeOf } from '../lib/error.ts';
import { exitCodeOfVerdict, type HistoryVerdict } from '../model/verdict.ts';
import type { Reported } from '../report/reporter.ts';

/** Of a scenario, or of a history; `code` says whose fault it is where a run failed. */
type Ended = Reported & { readonly code?: ErrorCode };

/**
 * What to look at first. A violation that is proved stays one, whatever ended the rest; an interruption says that more
 * may be wrong.
 */
const worstOfRun = [130, 1, 2, 3, 5, 4] as const;
/** A file that is no history comes first (contract, "Verdict"). */
const worstOfCheck = [130, 2, 1, 3, 4] as const;

const nothingJudged = exitCodeOf.unknown;

/** Of a scenario that was not skipped. */
export const exitCodeOfOutcome = ({ history, run, code }: Ended): number => {
  if (run.interrupted !== undefined) return exitCodeOf.interrupted;
  const isViolated = history?.verdict === 'violated';
  if (isViolated && (run.error === undefined || code === 'command' || !isOfTheFailure(history)))
    return exitCodeOfVerdict.violated;
  if (run.error !== undefined || history === undefined) return exitCodeOf[code ?? 'target'];
  return exitCodeOfVerdict[history.verdict];
};

/**
 * A target that refuses everything once it is dead leaves gaps at the end of every key: those are its failure over
 * again, and no violation of the pipeline.
 */
export const isOfTheFailure = ({ claims, findings }: HistoryVerdict): boolean =>
  claims.every(({ anomaly, verdict }) => verdict !== 'violated' || anomaly === 'counter-gap') &&
  findings.every(
    ({ anomaly, kind, expect, explainedBy }) =>
      anomaly !== 'counter-gap' || expect !== 'forbid' || explainedBy !== null || kind === 'gave-up',
  );

/** Of all that a run selected: where all of it was skipped, nothing was judged. */
export const exitCodeOfRun = (outcomes: readonly Ended[]): number => {
  const codes = outcomes.filter(({ run }) => run.skipped === undefined).map(exitCodeOfOutcome);
  return worst(worstOfRun, codes.length === 0 ? [nothingJudged] : codes);
};

export const exitCodeOfCheck = (codes: readonly number[]): number =>
  worst(worstOfCheck, codes.length === 0 ? [nothingJudged] : codes);

const worst = (worstFirst: readonly number[], codes: readonly number[]): number =>
  worstFirst.find((code) => codes.includes(code)) ?? 0;
