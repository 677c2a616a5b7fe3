import { join } from 'node:path';
import { writeWhole } from '../lib/write-whole.ts';
import type { Verdict } from '../model/verdict.ts';
import type { ReportSources } from '../report/html/sources.ts';
import { reporters } from '../report/registry.ts';
import type { Reported } from '../report/reporter.ts';
import { haveOwnLines } from '../report/with-own-lines.ts';
import { removeOldReports } from '../session/keep-reports.ts';
import { linkLatest } from '../session/latest.ts';
import type { Console } from './console.ts';
import type { Output } from './output.ts';

/** Writes every requested report, to its file or to standard output. */
export const writeOutputs = async (
  outputs: readonly Output[],
  verdict: Verdict,
  reported: readonly Reported[],
  { out, color, style }: Console,
): Promise<void> => {
  for (const { reporter, file } of outputs) {
    if (reporter === 'terminal' && file === undefined) continue;
    const sources = await sourcesFor(reporter, verdict);
    const text = await reporters[reporter].render(verdict, reported, {
      color: file === undefined && color,
      ...(style.detail === undefined ? {} : { detail: style.detail }),
      ...sources,
    });
    if (file !== undefined) await writeWhole(file, text);
    // An HTML page is printed as it is, because texts in it are already escaped.
    else if (reporter === 'html') process.stdout.write(text);
    else out(text, { isColored: color, areCommandsOurs: reporter === 'github' });
  }
};

/** The reports beside the histories of every run. */
const besideHistories = ['json', 'junit', 'markdown', 'html'] as const;

export const writeBeside = async (folder: string, verdict: Verdict, reported: readonly Reported[]): Promise<void> => {
  for (const name of besideHistories) {
    const { fileName, render } = reporters[name];
    const text = await render(verdict, reported, { color: false, ...(await sourcesFor(name, verdict)) });
    await writeWhole(join(folder, fileName), text);
  }
};

/** The sources for the few reports that need more than the verdict. They take a while to load. */
const sourcesFor = async (
  reporter: keyof typeof reporters,
  verdict: Verdict,
): Promise<{ readonly sources?: ReportSources }> =>
  reporter === 'html' || reporter === 'markdown' || (reporter === 'json' && haveOwnLines(verdict))
    ? { sources: (await import('./report-sources.ts')).reportSources() }
    : {};

/** Points `reports/latest` to the newest run; if that is not possible, a note says so. */
export const makeLatest = async (folder: string, { human }: Console): Promise<void> => {
  const why = await linkLatest(folder);
  if (why !== undefined) human(`${why}\n`);
};

/** Removes old reports, with a note. */
export const tidyReports = async (folder: string, keep: number, { human }: Console): Promise<void> => {
  const removed = await removeOldReports(folder, keep);
  if (removed > 0) human(`the newest ${keep} runs are kept, ${removed} older removed (--keep-reports)\n`);
};
