import { countBelow } from '../../lib/count-below.ts';

/** Length of the longest strictly ascending subsequence (patience sorting). */
export const longestAscent = (numbers: readonly number[]): number => {
  const tails: number[] = [];
  for (const number of numbers) tails[countBelow(tails, number)] = number;
  return tails.length;
};

/** The largest distance of a number from its place in ascending order. */
export const displacementOf = (numbers: readonly number[]): number => {
  const order = numbers.map((_, index) => index).sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0));
  return order.reduce((largest, from, to) => Math.max(largest, Math.abs(from - to)), 0);
};
