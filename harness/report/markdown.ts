import type { HistoryVerdict } from '../model/verdict.ts';
import { failureText } from './failure-text.ts';
import { headroomDetails } from './headroom-table.ts';
import { powerSentence } from './power-words.ts';
import type { Reported, Reporter } from './reporter.ts';

/** For the step summary of a CI job: a table, and each failure folded open. */
export const markdown: Reporter = {
  summary: 'Markdown, for the step summary of a CI job',
  fileName: 'summary.md',
  render: (verdict, reported) => {
    const rows = reported.map(
      (one) => `| ${markOf(one)} | ${cell(one.run.scenario)} | ${cell(wordsOf(one))} | ${cell(one.run.target ?? '')} |`,
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
    return [
      '## Kinesis order: ' + verdict.verdict,
      '',
      '| | scenario | what came of it | target |',
      '|---|---|---|---|',
      ...rows,
      '',
      ...failures,
      ...rooms,
    ]
      .join('\n')
      .concat('\n');
  },
};

const markOf = ({ history, run }: Reported): string => {
  if (run.leftOut !== undefined) return '➖';
  if (history === undefined || run.error !== undefined) return '💥';
  return { holds: '✅', violated: '❌', unknown: '❔' }[history.verdict];
};

const wordsOf = ({ history, run }: Reported): string => {
  if (run.leftOut !== undefined) return `left out: ${run.leftOut}`;
  if (run.unjudged !== undefined) return `cannot be judged: ${run.unjudged}`;
  if (history === undefined) return `could not run: ${run.error ?? ''}`;
  return [
    `${history.verdict}; ${history.counts.acked} acknowledged, ${history.counts.read} read`,
    ...(run.notes ?? []),
    ...violatedIn(history),
    ...[powerSentence(history)].filter((said) => said !== undefined),
    ...history.aloud,
  ].join('<br>');
};

const violatedIn = (history: HistoryVerdict): readonly string[] =>
  history.claims
    .filter(({ verdict }) => verdict === 'violated')
    .map(({ anomaly, found }) => `**${anomaly}** (${found})`);

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
