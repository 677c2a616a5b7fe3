import type { LineTally } from './hearing.ts';
import type { Progress } from './progress.ts';

/** Nobody knows the content of a line that could not be read or was never written, so nothing counts as lost. */
export const unreadWords = (
  name: string,
  { bad, firstBad, heard }: LineTally,
  { fetchedRecords }: Pick<Progress, 'fetchedRecords'>,
): string | undefined => {
  if (bad > 0) return `${name} wrote ${bad === 1 ? 'a line' : `${bad} lines`} that cannot be read: ${firstBad}`;
  if (heard > 0 || fetchedRecords === 0) return undefined;
  return `${name} fetched ${fetchedRecords} records, and wrote no line of what it received: see ${page}`;
};

const page = 'docs/is-my-consumer-in-order.md';
