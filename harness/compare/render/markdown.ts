import type { Comparison } from '../result.ts';
import { markdownCell } from './escape.ts';
import { promisesIn } from './promises-in.ts';
import { rankingLines } from './ranking-words.ts';
import { stepTables } from './step-table.ts';
import { columns } from './table.ts';
import { endedWords, headingWords, rowNotes } from './words.ts';

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[], leftColumns: number): string =>
  [head, head.map((_, index) => (index < leftColumns ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.map(markdownCell).join(' | ')} |\n`)
    .join('');

/** For a pull request or a page of docs. */
export const markdown = (comparison: Comparison): string => {
  const { rows } = comparison;
  const [engine = '', setting = ''] = headingWords(comparison);
  return [
    `## Ways to write, on ${markdownCell(engine)}\n\n`,
    `${markdownCell(setting)}. Latencies count from when a record was due.\n\n`,
    tableOf(
      columns.map(({ head }) => head),
      rows.map((row) => columns.map(({ cell }) => cell(row, comparison))),
      1,
    ),
    ...[...endedWords(comparison), ...rankingLines(comparison), ...rowNotes(comparison)].map(
      (line) => `\n${markdownCell(line)}\n`,
    ),
    ...stepTables(comparison).flatMap(({ title, columns: of, steps }) => [
      `\n### ${title}\n\n`,
      tableOf(
        of.map(({ head }) => head),
        steps.map((step) => of.map(({ cell }) => cell(step))),
        1,
      ),
    ]),
    '\n### What AWS promises of the order\n\n',
    ...promisesIn(rows).map(
      ({ arms, short, words, source }) =>
        `- ${markdownCell(`${arms.join(', ')}: ${short}`)}: "${markdownCell(words)}" (${markdownCell(source)})\n`,
    ),
  ].join('');
};
