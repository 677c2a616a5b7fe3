import { headroomDetails } from '../headroom/table.ts';
import { htmlText, markdownText } from '../lib/markdown-text.ts';
import { countWords } from './count-words.ts';
import { detectionDetails } from './detection-table.ts';
import { drawnText } from './drawn-text.ts';
import { failureText } from './failure-text.ts';
import { headlineOf, type Mark, markOf } from './headline.ts';
import type { ReportSources } from './html/sources.ts';
import { powerSentence } from './power-words.ts';
import type { Reported, Reporter } from './reporter.ts';
import { allShown } from './shown.ts';
import { summaryMark, summaryText } from './summary.ts';
import { untestedSentence } from './untested-words.ts';

/** For the step summary of a CI job: the answer as a heading, a table, and each failure in an open `<details>`. */
export const markdown: Reporter = {
  summary: 'Markdown, for the step summary of a CI job',
  fileName: 'summary.md',
  render: async (_, given, { sources }) => {
    const reported = allShown(given);
    const rows = reported.map(
      (one) =>
        `| ${signs[markOf(one)]} | ${markdownText(one.run.scenario)} | ${wordsOf(one)} | ${markdownText(one.run.target ?? '')} |`,
    );
    const rooms = reported.flatMap(({ history, run }) =>
      history?.headroom === undefined ? [] : [headroomDetails(run.scenario, history.headroom)],
    );
    const detections = reported.flatMap(({ history, run }) =>
      history?.detection === undefined || 'skipped' in history.detection
        ? []
        : [detectionDetails(run.scenario, history.detection)],
    );
    const failures: string[] = [];
    // One after the other, because each reads a history again.
    for (const one of reported) failures.push(...(await failureDetails(one, sources)));
    return [
      `## ${signs[summaryMark(reported)]} ${markdownText(summaryText(reported))}`,
      '',
      '| | scenario | what came of it | target |',
      '|---|---|---|---|',
      ...rows,
      '',
      ...failures,
      ...rooms,
      ...detections,
    ]
      .join('\n')
      .concat('\n');
  },
};

/** A failure as HTML, because a text could end a code fence. Empty if the scenario holds. */
const failureDetails = async (one: Reported, sources: ReportSources | undefined): Promise<readonly string[]> => {
  const text = failureText(one);
  if (text === undefined) return [];
  const name = htmlText(one.run.scenario);
  const whole = [text, ...(await drawnText(one.history, sources))].join('\n');
  return [`<details open><summary>${name}</summary>\n\n<pre>\n${htmlText(whole)}\n</pre>\n\n</details>\n`];
};

const signs: Readonly<Record<Mark, string>> = {
  holds: '✅',
  unordered: '⚠️',
  violated: '❌',
  unknown: '❔',
  failed: '💥',
  invalid: '💥',
  interrupted: '🛑',
  skipped: '➖',
};

const wordsOf = (one: Reported): string => {
  const { history, run } = one;
  const headline = headlineOf(one).map(({ text }) => text);
  const details =
    history === undefined
      ? []
      : [countWords(history), powerSentence(history), untestedSentence([history]), ...history.aloud];
  const said = [...(run.notes ?? []), ...details].filter((text) => text !== undefined);
  return [`**${markdownText(headline.join('; '))}**`, ...said.map(markdownText)].join('<br>');
};
