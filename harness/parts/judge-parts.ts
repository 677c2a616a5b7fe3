import { apply } from '../checks/index/apply.ts';
import { applyColumns } from '../checks/index/apply-columns.ts';
import { Tables } from '../checks/index/tables.ts';
import { viewOf } from '../checks/index/view.ts';
import { conclude } from '../checks/judge/conclude.ts';
import type { JudgeOptions } from '../checks/judge/options.ts';
import { NotPlain } from '../checks/streaming/not-plain.ts';
import type { PlainFacts } from '../checks/streaming/plain-facts.ts';
import { verdictWithPlain } from '../checks/streaming/verdict-with-plain.ts';
import { historyError } from '../model/history-error.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { readParts } from './join-parts.ts';
import type { Summary } from './summary.ts';

export type MergeOptions = JudgeOptions;

/** Where the lines of a part are, whose summary does not say it all. */
export type PathOf = (summary: Summary) => string;

/**
 * The verdict on a history from the summaries of all of its parts. Of those that are not plain the lines are judged,
 * together; where that does not say it all, those of every part.
 */
export const judgeParts = (summaries: readonly Summary[], pathOf: PathOf, options: MergeOptions): HistoryVerdict => {
  const [{ head }] = summaries as readonly [Summary];
  const isTogether = head.together !== undefined || summaries.some(({ isUnsound }) => isUnsound === true);
  if (!isTogether) {
    try {
      return judgeApart(summaries, pathOf, options);
    } catch (thrown) {
      if (!(thrown instanceof NotPlain)) throw thrown;
    }
  }
  const tables = tablesOf(summaries, pathOf, options);
  if (tables.head === undefined) throw historyError(1, 'the history is empty: there is no head');
  return conclude(viewOf(tables), head.history, options);
};

const judgeApart = (summaries: readonly Summary[], pathOf: PathOf, options: MergeOptions): HistoryVerdict => {
  const plain: PlainFacts[] = [];
  const odd: Summary[] = [];
  for (const summary of summaries) {
    if (summary.facts === undefined) odd.push(summary);
    else plain.push(summary.facts);
  }
  if (plain.length === 0) throw new NotPlain('no part is plain');
  const [{ head, common }] = summaries as readonly [Summary];
  const tables = tablesOf(odd, pathOf, options, head);
  if (odd.length === 0) for (const [line, event] of common) apply(tables, event, line);
  tables.inFlightMax = head.inFlightMax;
  return verdictWithPlain(tables, plain, { path: head.history, numbers: head.numbers, options });
};

/** The lines of these parts, folded as those of a history. */
const tablesOf = (
  summaries: readonly Summary[],
  pathOf: PathOf,
  { question }: MergeOptions,
  head = (summaries[0] as Summary).head,
): Tables => {
  const tables = new Tables();
  tables.asked = question;
  readParts(summaries.map(pathOf), {
    event: (event, line) => apply(tables, event, line),
    hot: (hot, line) => applyColumns(tables, hot, line),
  });
  if (!head.isWhole) tables.end = undefined;
  return tables;
};
