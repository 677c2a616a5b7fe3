import { pageLie } from './page-lie.ts';

/**
 * Leaves out the second record of one page. It fires at the first page from `read` on that has at least three records.
 */
export const skipRecord = pageLie({
  type: 'skip-record',
  summary: 'one record in the middle of a page is left out',
  planted: ['poll-skip'],
  least: 3,
  lie: (records) => ({ Records: records.toSpliced(1, 1) }),
});
