import { pageLie } from './page-lie.ts';

/** The records of one page come in reverse order. `read` is the first that may be hit. */
export const unsortedPage = pageLie({
  type: 'unsorted-page',
  summary: 'the records of one page come in reverse order',
  planted: ['int-nonmonotonic-poll'],
  least: 2,
  lie: (records) => ({ Records: records.toReversed() }),
});
