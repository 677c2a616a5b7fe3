import { merged, quantile } from '../latencies.ts';
import type { Comparison } from '../result.ts';
import { notAws, numberWords } from './words.ts';

/** Ratios are what carries over from an engine to another, as far as anything does. */
export const rankingWords = ({ ranking, rows, isAws }: Comparison): string => {
  const medianOf = (arm: string | undefined): number => {
    const row = rows.find((one) => one.arm === arm);
    return row === undefined ? 0 : Math.max(1, quantile(merged(row.dueToAcked.stretches), 0.5));
  };
  const first = medianOf(ranking[0]?.[0]);
  const groups = ranking.map((group, index) => {
    const names = group.join(' ≈ ');
    return index === 0 ? names : `${names} (× ${numberWords(medianOf(group[0]) / first)})`;
  });
  if (groups.length === 0) return 'ranking by p50: n too small';
  return `ranking by p50${isAws ? '' : `, ${notAws}`}: ${groups.join(' < ')}`;
};
