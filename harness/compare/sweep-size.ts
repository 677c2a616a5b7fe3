import { trendMin } from './backlog.ts';
import type { Offered } from './scenario-of.ts';

export const bisections = 3;

/** Shares of the highest sustained rate that are offered once it is known. */
export const shares = [0.1, 0.3, 0.5, 0.7, 0.9] as const;

/** The lowest rate with enough measured records for a trend. */
export const leastRate = ({ seconds }: Pick<Offered, 'seconds'>): number => Math.ceil(trendMin.records / seconds);

/** The upper limits of a sweep of one arm: the number of steps, and the sum of their rates in records a second. */
export const mostOfSweep = ({
  offered,
  rateMax,
}: {
  readonly offered: Pick<Offered, 'rate'>;
  readonly rateMax: number;
}): { readonly steps: number; readonly rates: number } => {
  const doublings: number[] = [];
  for (let rate = Math.min(offered.rate, rateMax); rate < rateMax; rate *= 2) doublings.push(rate);
  const halvings = Math.ceil(Math.log2(Math.max(2, offered.rate)));
  const summed = [...doublings, rateMax].reduce((sum, rate) => sum + rate, 0);
  const shared = shares.reduce((sum, share) => sum + share, 0);
  return {
    steps: Math.max(doublings.length + 1, halvings + 1) + bisections + 2 * shares.length,
    rates: summed + rateMax * (bisections + 2 * shared),
  };
};
