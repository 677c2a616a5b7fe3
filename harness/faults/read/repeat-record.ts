import { pageLie } from './page-lie.ts';

/** The first record of one page is given twice. `read` is the first that may be hit. */
export const repeatRecord = pageLie({
  type: 'repeat-record',
  summary: 'the first record of one page is given twice',
  planted: ['re-delivery'],
  least: 1,
  lie: (records) => ({ Records: [...records.slice(0, 1), ...records] }),
});
