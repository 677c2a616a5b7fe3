import type { LineTally } from './hearing.ts';
import type { Progress } from './progress.ts';

/**
 * Says why lines of an application are missing or unreadable; undefined if none are. Their content is unknown, so no
 * record counts as lost.
 */
export const unreadWords = (
  name: string,
  { bad, firstBad, heard }: LineTally,
  { fetchedRecords, hasFetched, isSeen }: Pick<Progress, 'fetchedRecords' | 'hasFetched' | 'isSeen'>,
): string | undefined => {
  if (bad > 0) return `${name} wrote ${bad === 1 ? 'a line' : `${bad} lines`} that could not be parsed: ${firstBad}`;
  if (heard > 0) return undefined;
  // It is unknown if the application reads past the gateway, or not at all.
  if (!hasFetched && isSeen)
    return `${name} called the engine, and wrote no subject lines, and no GetRecords and no SubscribeToShard of it came: ${linesAt}`;
  if (!hasFetched)
    return `${name} wrote no subject lines, and no GetRecords and no SubscribeToShard of it came: ${remedy}`;
  return fetchedRecords === 0
    ? undefined
    : `${name} fetched ${fetchedRecords} records, and wrote no subject lines: see ${page}`;
};

const page = 'docs/is-my-consumer-in-order.md';
const linesAt = `its lines are in ${page}`;
const remedy =
  `its client finds the gateway in AWS_ENDPOINT_URL_KINESIS, or gets {endpoint} in its arguments (docs/record.md); ` +
  linesAt;
