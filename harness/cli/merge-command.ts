import { verdictOf } from '../judging/check-history.ts';
import { exitCodeOf } from '../lib/error.ts';
import { exitCodeOfVerdict } from '../model/verdict.ts';
import { mergeFolder } from '../parts/merge.ts';
import type { Reported } from '../report/reporter.ts';
import { columnsOf } from '../report/terminal/columns.ts';
import { renderOne } from '../report/terminal/render-one.ts';
import { renderEnd } from '../report/terminal.ts';
import { type JudgingFlags, judgingOfFlags } from '../session/judging-flags.ts';
import { verdictsOfJob } from '../spark/verdicts.ts';
import { type FilterFlags, filtersOf } from './check-filters.ts';
import { consoleFor, type DetailFlags, detailOf } from './console.ts';
import { drawnFindings } from './drawn-findings.ts';
import { exitCodeOfCheck } from './exit-codes.ts';
import { isOutTaken, parseOutputs } from './output.ts';
import { writeOutputs } from './write-report.ts';

export type MergeFlags = JudgingFlags &
  DetailFlags &
  FilterFlags & { readonly reporter?: readonly string[]; readonly strict?: boolean };

const ruleFlags = ['strict', 'question', 'forbid', 'allow', 'find', 'ignore', 'baseline', 'only', 'skip'] as const;
const rulesIn = (flags: MergeFlags): readonly string[] =>
  ruleFlags.filter((name) => flags[name] !== undefined).map((name) => `--${name}`);

/**
 * `merge-reports`: merges summaries or reports into one verdict. A missing part makes it unknown. Returns the exit
 * code.
 */
export const mergeCommand = async (folder: string, flags: MergeFlags): Promise<number> => {
  const outputs = parseOutputs(flags.reporter ?? ['terminal']);
  const words = consoleFor(isOutTaken(outputs), detailOf(flags));
  const options = { ...filtersOf(flags), ...judgingOfFlags(flags), strict: flags.strict ?? false };
  const { histories, unjudged } =
    verdictsOfJob(folder, rulesIn(flags)) ?? (await mergeFolder(folder, options, rulesIn(flags)));
  const reported: Reported[] = [
    ...histories.map((history) => ({ history, run: { scenario: history.path } })),
    ...unjudged.map(({ path, error }) => ({ history: undefined, run: { scenario: path, unjudged: error } })),
  ];
  const style = { ...words.style, ...columnsOf(histories.map(({ path }) => path)) };
  for (const one of reported) {
    if (one.history === undefined) words.human(`kinesis-order: ${one.run.scenario}: ${one.run.unjudged}\n`);
    else words.human(renderOne(one, style, await drawnFindings(one.history, style)));
  }
  await writeOutputs(outputs, verdictOf(histories, unjudged), reported, words);
  if (histories.length > 0) words.human(renderEnd(reported, words.style));
  return exitCodeOfCheck([
    ...histories.map(({ verdict }) => exitCodeOfVerdict[verdict]),
    ...unjudged.map(() => exitCodeOf.unknown),
  ]);
};
