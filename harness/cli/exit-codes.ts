import { type ErrorCode, exitCodeOf } from '../lib/error.ts';
import { exitCodeOfVerdict, type HistoryVerdict } from '../model/verdict.ts';
import type { Reported } from '../report/reporter.ts';

/** The outcome of a scenario or a history; `code` says who is at fault if a run failed. */
type Ended = Reported & { readonly code?: ErrorCode };

/**
 * The codes of `run`, most important first. A proved violation counts even if the run failed. An interruption comes
 * first, because more may be wrong.
 */
const worstOfRun = [130, 1, 2, 3, 5, 4] as const;
/**
 * The codes of `check`, most important first. A file that is not a history comes before a violation (contract,
 * "Verdict").
 */
const worstOfCheck = [130, 2, 1, 3, 4] as const;

const nothingJudged = exitCodeOf.unknown;

/** The exit code of a scenario that was not skipped. */
export const exitCodeOfOutcome = ({ history, run, code }: Ended): number => {
  if (run.interrupted !== undefined) return exitCodeOf.interrupted;
  const isViolated = history?.verdict === 'violated';
  if (isViolated && (run.error === undefined || code === 'command' || !isOfTheFailure(history)))
    return exitCodeOfVerdict.violated;
  if (run.error !== undefined || history === undefined) return exitCodeOf[code ?? 'target'];
  return exitCodeOfVerdict[history.verdict];
};

/**
 * True if all violations are gaps at the end of keys. A target that refuses everything once it is dead leaves such
 * gaps: they are its failure, not violations of the pipeline.
 */
export const isOfTheFailure = ({ claims, findings }: HistoryVerdict): boolean =>
  claims.every(({ anomaly, verdict }) => verdict !== 'violated' || anomaly === 'counter-gap') &&
  findings.every(
    ({ anomaly, kind, expect, explainedBy }) =>
      anomaly !== 'counter-gap' || expect !== 'forbid' || explainedBy !== null || kind === 'gave-up',
  );

/** The exit code of all selected scenarios. If all were skipped, nothing was judged (4). */
export const exitCodeOfRun = (outcomes: readonly Ended[]): number => {
  const codes = outcomes.filter(({ run }) => run.skipped === undefined).map(exitCodeOfOutcome);
  return worst(worstOfRun, codes.length === 0 ? [nothingJudged] : codes);
};

export const exitCodeOfCheck = (codes: readonly number[]): number =>
  worst(worstOfCheck, codes.length === 0 ? [nothingJudged] : codes);

const worst = (worstFirst: readonly number[], codes: readonly number[]): number =>
  worstFirst.find((code) => codes.includes(code)) ?? 0;
