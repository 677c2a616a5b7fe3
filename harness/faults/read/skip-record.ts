import { pageLie } from './page-lie.ts';

/** One record in the middle of a page is left out. `read` is the first that may be hit. */
export const skipRecord = pageLie({
  type: 'skip-record',
  summary: 'one record in the middle of a page is left out',
  planted: ['poll-skip'],
  least: 3,
  lie: (records) => ({ Records: records.toSpliced(1, 1) }),
});
