import { pageLie } from './page-lie.ts';

/** The page behind one page begins again where that one began. `read` is the first that may be hit. */
export const pageBack = pageLie({
  type: 'page-back',
  summary: 'the page behind one page begins again where that one began',
  planted: ['nonmonotonic-poll'],
  least: 2,
  lie: (_, call) => ({ NextShardIterator: call.body['ShardIterator'] }),
});
