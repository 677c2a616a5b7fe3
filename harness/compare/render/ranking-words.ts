import type { Comparison } from '../result.ts';
import { notAws, numberWords } from './words.ts';

/** Ratios are what carries over from an engine to another, as far as anything does. */
export const rankingWords = ({ ranking: { groups, behind }, isAws }: Comparison): string => {
  const quickest = Math.max(1, groups[0]?.[0]?.median ?? 1);
  const words = groups.map((group, index) => {
    const names = group.map(({ arm }) => arm).join(' ≈ ');
    return index === 0 ? names : `${names} (× ${numberWords((group[0]?.median ?? 0) / quickest)})`;
  });
  const order = words.length === 0 ? '' : `ranking by p50${isAws ? '' : `, ${notAws}`}: ${words.join(' < ')}`;
  const late =
    behind.length === 0 ? '' : `not ranked, too few records or fell behind the schedule: ${behind.join(', ')}`;
  return [order, late].filter((text) => text !== '').join('; ');
};
