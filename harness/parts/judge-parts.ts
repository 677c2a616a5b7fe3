import { apply } from '../checks/index/apply.ts';
import { applyColumns } from '../checks/index/apply-columns.ts';
import { Tables } from '../checks/index/tables.ts';
import { viewOf } from '../checks/index/view.ts';
import { conclude } from '../checks/judge/conclude.ts';
import type { JudgeOptions } from '../checks/judge/options.ts';
import { verdictWithPlain } from '../checks/streaming/verdict-with-plain.ts';
import { historyError } from '../model/history-error.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { readSources } from './join-parts.ts';
import { KeptLines } from './kept-lines.ts';
import { type LineSource, PartReader } from './part-reader.ts';
import type { Summary } from './summary.ts';

/** Returns the path of a part's lines. `why`: the reason that they are needed in addition to its summary. */
export type PathOf = (summary: Summary, why: string) => string;

/**
 * The verdict on a history from the summaries of all its parts. The lines of parts that are not plain are judged
 * together; if that is not enough, the lines of all parts.
 */
export const judgeParts = (summaries: readonly Summary[], pathOf: PathOf, options: JudgeOptions): HistoryVerdict => {
  const [{ head }] = summaries as readonly [Summary];
  const unsound = summaries.find(({ isUnsound }) => isUnsound === true);
  const said = head.together ?? unsound?.odd ?? judgeApart(summaries, pathOf, options);
  if (typeof said !== 'string') return said;
  const tables = tablesOf(summaries, pathOf, options, said);
  if (tables.head === undefined) throw historyError(1, 'the history is empty: there is no head');
  return conclude(viewOf(tables), head.history, options);
};

/** The verdict, or why the lines of all parts are needed. */
const judgeApart = (summaries: readonly Summary[], pathOf: PathOf, options: JudgeOptions): HistoryVerdict | string => {
  const plain = summaries.flatMap(({ facts }) => facts ?? []);
  if (plain.length === 0) return 'no part is plain';
  const [{ head }] = summaries as readonly [Summary];
  const tables = tablesOf(summaries, pathOf, options, undefined);
  tables.inFlightMax = head.inFlightMax;
  return verdictWithPlain(tables, plain, { path: head.history, numbers: head.numbers, options });
};

/**
 * Folds the lines of these parts like those of a history. Of plain parts only the lines that their summaries carry,
 * unless `why` says that all are needed.
 */
const tablesOf = (
  summaries: readonly Summary[],
  pathOf: PathOf,
  { question }: JudgeOptions,
  why: string | undefined,
): Tables => {
  const tables = new Tables();
  tables.asked = question;
  const sources: LineSource[] = [];
  try {
    for (const summary of summaries) {
      const isCarried = why === undefined && summary.facts !== undefined;
      const needed = why ?? summary.odd ?? '';
      sources.push(isCarried ? new KeptLines(summary.lines) : new PartReader(pathOf(summary, needed)));
    }
    readSources(sources, {
      event: (event, line) => apply(tables, event, line),
      hot: (hot, line) => applyColumns(tables, hot, line),
    });
  } finally {
    for (const source of sources) source.close();
  }
  if (summaries[0]?.head.isWhole !== true) tables.end = undefined;
  return tables;
};
