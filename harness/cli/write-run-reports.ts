import { verdictOf } from '../judging/check-history.ts';
import type { RunPlan } from '../session/plan-run.ts';
import type { Outcome } from '../session/run-and-judge.ts';
import type { Console } from './console.ts';
import type { Output } from './output.ts';
import { makeLatest, tidyReports, writeBeside, writeOutputs } from './write-report.ts';

export type Where = { readonly plan: RunPlan; readonly outputs: readonly Output[]; readonly words: Console };

/**
 * Writes all reports of a run. They are written whatever the outcome, because `reports/latest` must not show an older
 * run.
 */
export const writeReports = async (outcomes: readonly Outcome[], { plan, outputs, words }: Where): Promise<void> => {
  const verdict = verdictOf(
    outcomes.flatMap(({ history }) => (history === undefined ? [] : [history])),
    outcomes.flatMap((outcome) =>
      outcome.history !== undefined || outcome.run.skipped !== undefined
        ? []
        : [{ path: outcome.run.scenario, error: reasonOf(outcome) }],
    ),
  );
  const { folder } = plan.suite;
  await writeBeside(folder, verdict, outcomes);
  await makeLatest(folder, words);
  await tidyReports(folder, plan.keepReports, words);
  await writeOutputs(outputs, verdict, outcomes, words);
};

const reasonOf = ({ run }: Outcome): string => run.interrupted ?? run.error ?? 'it was not run';
