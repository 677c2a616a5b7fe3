import { writeWhole } from '../lib/write-whole.ts';
import { sliceFile, sliceReportOf } from '../parts/slice-report.ts';
import type { RunPlan } from '../session/plan-run.ts';
import type { Outcome } from '../session/run-and-judge.ts';

/** Writes beside each history of a slice the report that `merge-reports` needs. */
export const writeSlices = async (
  outcomes: readonly Outcome[],
  { slice, strict, question, expect }: RunPlan['suite'],
): Promise<void> => {
  if (slice === undefined) return;
  const rules = {
    strict,
    ...(question === undefined ? {} : { question }),
    ...(expect === undefined ? {} : { expect }),
  };
  for (const { history } of outcomes) {
    if (history === undefined) continue;
    const report = await sliceReportOf(history.path, history, rules);
    await writeWhole(sliceFile(history.path, slice), `${JSON.stringify(report)}\n`);
  }
};
