import { seededRandom } from '../lib/random.ts';
import { ratioInterval } from './bootstrap.ts';
import { isEnough, merged, quantile } from './latencies.ts';
import type { Row } from './result.ts';

/** Arms whose medians lie nearer than this are not told apart, however sure the interval is: hosts differ by more. */
const apart = 1.25;

/**
 * Groups of arms, the quickest first, by the median from due to acknowledged. Within a group nobody could be told from
 * the first: the bootstrap interval of their ratio does not lie wholly beyond `apart`.
 */
export const rankingOf = (rows: readonly Row[], seed: string): readonly (readonly string[])[] => {
  const known = rows.filter(({ dueToAcked }) => isEnough(dueToAcked.count, 0.5));
  const sorted = known
    .map((row) => ({ row, median: quantile(merged(row.dueToAcked.stretches), 0.5) }))
    .toSorted((a, b) => a.median - b.median);
  const groups: Row[][] = [];
  for (const { row } of sorted) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group !== undefined && first !== undefined && !isSlower(first, row, seed)) group.push(row);
    else groups.push([row]);
  }
  return groups.map((group) => group.map(({ arm }) => arm).toSorted());
};

const isSlower = (first: Row, row: Row, seed: string): boolean =>
  ratioInterval(first.dueToAcked, row.dueToAcked, 0.5, seededRandom(`${seed}/ranking/${first.arm}/${row.arm}`)).low >
  apart;
