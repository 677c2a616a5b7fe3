import { apply } from '../checks/index/apply.ts';
import { Tables } from '../checks/index/tables.ts';
import { viewOf } from '../checks/index/view.ts';
import { explainersOf } from '../checks/judge/explanations.ts';
import { runChecks } from '../checks/judge/judge.ts';
import type { JudgeOptions } from '../checks/judge/options.ts';
import { type AnomalyId, anomalyIds } from '../model/anomaly.ts';
import type { HistoryLine } from '../model/event.ts';
import { isViolation } from '../model/verdict.ts';

/** `violated`: there is a finding that is forbidden and unexplained. `allowed`: there are only other findings. */
export type Said = 'violated' | 'allowed' | 'nothing';

/**
 * The verdicts of a few claims on some lines, without sentences, by the same judge. The lines belong to a history
 * that was validated before.
 */
export const judgeLines = (
  lines: Iterable<HistoryLine>,
  ids: readonly AnomalyId[],
  options: JudgeOptions = {},
): ReadonlyMap<AnomalyId, Said> => {
  const tables = new Tables();
  tables.asked = options.question;
  let number = 0;
  for (const line of lines) {
    number += 1;
    apply(tables, line, number);
  }
  const asked = explainersOf(ids);
  const run = anomalyIds.filter((id) => asked.has(id));
  const said = new Map<AnomalyId, Said>();
  for (const { id, findings } of runChecks(viewOf(tables), options, run)) {
    if (!ids.includes(id)) continue;
    const isViolated = findings.some(isViolation);
    said.set(id, isViolated ? 'violated' : findings.length > 0 ? 'allowed' : 'nothing');
  }
  return said;
};
