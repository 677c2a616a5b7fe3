import { pageLie } from './page-lie.ts';

/**
 * Reports an open shard as ended: a page has no next iterator. It fires at the first page from `read` on that has
 * records.
 */
export const endShard = pageLie({
  type: 'end-shard',
  summary: 'an open shard is reported as ended: a page has no next iterator',
  planted: ['premature-shard-end'],
  least: 1,
  lie: () => ({ NextShardIterator: undefined }),
});
