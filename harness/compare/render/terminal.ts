import { visible } from '../../lib/visible.ts';
import type { Comparison } from '../result.ts';
import { rankingLines } from './ranking-words.ts';
import { stepTables } from './step-table.ts';
import { columns } from './table.ts';
import { textTables } from './text-tables.ts';
import { endedWords, headingWords, rowNotes } from './words.ts';

const leftColumns = new Set(['arm', 'order kept?', 'AWS promises']);

/** The comparison as text. `width`: characters in a line of the terminal; without it no table is broken up. */
export const terminal = (comparison: Comparison, width = Number.POSITIVE_INFINITY): string => {
  const { rows } = comparison;
  return [
    ...headingWords(comparison).map((line) => `${visible(line)}\n`),
    'latencies from when a record was due to its acknowledgement (read: to its reader)\n\n',
    textTables(
      columns.map(({ head }) => head),
      rows.map((row) => columns.map(({ cell }) => visible(cell(row, comparison)))),
      (index) => !leftColumns.has(columns[index]?.head ?? ''),
      width,
    ),
    '\n',
    ...[...rankingLines(comparison), ...rowNotes(comparison)].map((line) => `${visible(line)}\n`),
    ...stepTables(comparison).flatMap(({ title, columns: of, steps }) => [
      `\n${title}\n\n`,
      textTables(
        of.map(({ head }) => head),
        steps.map((step) => of.map(({ cell }) => visible(cell(step)))),
        (index) => index > 0,
        width,
      ),
    ]),
    ...endedWords(comparison).map((line) => `${visible(line)}\n`),
  ].join('');
};
