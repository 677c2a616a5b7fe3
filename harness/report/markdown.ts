import { headroomDetails } from '../headroom/table.ts';
import { countWords } from './count-words.ts';
import { detectionDetails } from './detection-table.ts';
import { failureText } from './failure-text.ts';
import { headlineOf, type Mark, markOf } from './headline.ts';
import { powerSentence } from './power-words.ts';
import type { Reported, Reporter } from './reporter.ts';
import { summaryMark, summaryText } from './summary.ts';

/** For the step summary of a CI job: the answer as a heading, a table, and each failure folded open. */
export const markdown: Reporter = {
  summary: 'Markdown, for the step summary of a CI job',
  fileName: 'summary.md',
  render: (_, reported) => {
    const rows = reported.map(
      (one) =>
        `| ${signs[markOf(one)]} | ${cell(one.run.scenario)} | ${cell(wordsOf(one))} | ${cell(one.run.target ?? '')} |`,
    );
    const failures = reported.flatMap((one) => {
      const text = failureText(one);
      return text === undefined
        ? []
        : [
            `<details open><summary>${escapeHtml(one.run.scenario)}</summary>\n\n\`\`\`text\n${text.replaceAll('```', "'''")}\n\`\`\`\n\n</details>\n`,
          ];
    });
    const rooms = reported.flatMap(({ history, run }) =>
      history?.headroom === undefined ? [] : [headroomDetails(run.scenario, history.headroom)],
    );
    const detections = reported.flatMap(({ history, run }) =>
      history?.detection === undefined || 'skipped' in history.detection
        ? []
        : [detectionDetails(run.scenario, history.detection)],
    );
    return [
      `## ${signs[summaryMark(reported)]} ${escapeHtml(summaryText(reported)).replaceAll('\n', ' ')}`,
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
  const headline = headlineOf(one).map(({ text }) => escapeHtml(text));
  const details = history === undefined ? [] : [countWords(history), powerSentence(history), ...history.aloud];
  return [`**${headline.join('; ')}**`, ...(run.notes ?? []), ...details.filter((said) => said !== undefined)].join(
    '<br>',
  );
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
