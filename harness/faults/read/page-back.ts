import { pageLie } from './page-lie.ts';

/**
 * Lets the page after one page begin where that one began. It fires at the first page from `read` on that has at least
 * two records.
 */
export const pageBack = pageLie({
  type: 'page-back',
  summary: 'the page behind one page begins again where that one began',
  planted: ['nonmonotonic-poll'],
  least: 2,
  lie: (_, call) => ({ NextShardIterator: call.body['ShardIterator'] }),
});
