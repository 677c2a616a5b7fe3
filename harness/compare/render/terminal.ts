import { visible } from '../../report/visible.ts';
import { merged, quantile } from '../latencies.ts';
import type { Comparison } from '../result.ts';
import { columns } from './table.ts';
import { textTable } from './text-table.ts';
import { headingWords, notAws, numberWords } from './words.ts';

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
    `${rankingWords(comparison)}\n`,
    ...rows.flatMap(({ arm, broken }) =>
      broken.length === 0 ? [] : [`${visible(arm)}: promises broken: ${broken.join(', ')}\n`],
    ),
    ...rows.flatMap(({ arm, unknown }) => unknown.map((why) => `${visible(arm)}: not judged whole: ${visible(why)}\n`)),
  ].join('');
};

/** Ratios are what carries over from an engine to another, as far as anything does. */
export const rankingWords = ({ ranking, rows, isAws }: Comparison): string => {
  const medianOf = (arm: string | undefined): number => {
    const row = rows.find((one) => one.arm === arm);
    return row === undefined ? 0 : Math.max(1, quantile(merged(row.dueToAcked.stretches), 0.5));
  };
  const first = medianOf(ranking[0]?.[0]);
  const groups = ranking.map((group, index) => {
    const names = group.map(visible).join(' ≈ ');
    return index === 0 ? names : `${names} (× ${numberWords(medianOf(group[0]) / first)})`;
  });
  if (groups.length === 0) return 'ranking by p50: n too small';
  return `ranking by p50${isAws ? '' : `, ${notAws}`}: ${groups.join(' < ')}`;
};
