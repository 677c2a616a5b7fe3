import { pageLie } from './page-lie.ts';

/** Delivers the first record of one page twice. It fires at the first page from `read` on that has records. */
export const repeatRecord = pageLie({
  type: 'repeat-record',
  summary: 'the first record of one page is given twice',
  planted: ['re-delivery'],
  least: 1,
  lie: (records) => ({ Records: [...records.slice(0, 1), ...records] }),
});
