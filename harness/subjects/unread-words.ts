import type { LineTally } from './hearing.ts';
import type { Progress } from './progress.ts';

/** The content of an unreadable or missing line is unknown, so no record counts as lost. */
export const unreadWords = (
  name: string,
  { bad, firstBad, heard }: LineTally,
  { fetchedRecords }: Pick<Progress, 'fetchedRecords'>,
): string | undefined => {
  if (bad > 0) return `${name} wrote ${bad === 1 ? 'a line' : `${bad} lines`} that could not be parsed: ${firstBad}`;
  if (heard > 0 || fetchedRecords === 0) return undefined;
  return `${name} fetched ${fetchedRecords} records, and wrote no subject lines: see ${page}`;
};

const page = 'docs/is-my-consumer-in-order.md';
