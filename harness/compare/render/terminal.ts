import { visible } from '../../lib/visible.ts';
import type { Comparison } from '../result.ts';
import { rankingWords } from './ranking-words.ts';
import { stepTables } from './step-table.ts';
import { columns } from './table.ts';
import { textTable } from './text-table.ts';
import { headingWords } from './words.ts';

const leftColumns = new Set(['arm', 'order kept?', 'AWS promises']);

export const terminal = (comparison: Comparison): string => {
  const { rows } = comparison;
  return [
    ...headingWords(comparison).map((line) => `${visible(line)}\n`),
    'latencies from when a record was due to its acknowledgement (read: to its reader)\n\n',
    textTable(
      columns.map(({ head }) => head),
      rows.map((row) => columns.map(({ cell }) => visible(cell(row, comparison)))),
      (index) => !leftColumns.has(columns[index]?.head ?? ''),
    ),
    '\n',
    `${visible(rankingWords(comparison))}\n`,
    ...rows.flatMap(({ arm, broken }) =>
      broken.length === 0 ? [] : [`${visible(`${arm}: promises broken: ${broken.join(', ')}`)}\n`],
    ),
    ...stepTables(comparison).flatMap(({ title, columns: of, steps }) => [
      `\n${title}\n\n`,
      textTable(
        of.map(({ head }) => head),
        steps.map((step) => of.map(({ cell }) => visible(cell(step)))),
        (index) => index > 0,
      ),
    ]),
    ...rows.flatMap(({ arm, unknown }) => unknown.map((why) => `${visible(arm)}: not judged whole: ${visible(why)}\n`)),
  ].join('');
};
