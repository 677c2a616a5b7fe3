import { pageLie } from './page-lie.ts';

/**
 * Answers one page with its records in reverse order. It fires at the first page from `read` on that has at least two
 * records.
 */
export const unsortedPage = pageLie({
  type: 'unsorted-page',
  summary: 'the records of one page come in reverse order',
  planted: ['int-nonmonotonic-poll'],
  least: 2,
  lie: (records) => ({ Records: records.toReversed() }),
});
