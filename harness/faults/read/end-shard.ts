import { pageLie } from './page-lie.ts';

/** An open shard is told as ended: a page has no next iterator. `read` is the first that may be hit. */
export const endShard = pageLie({
  type: 'end-shard',
  summary: 'an open shard is reported as ended: a page has no next iterator',
  planted: ['premature-shard-end'],
  least: 1,
  lie: () => ({ NextShardIterator: undefined }),
});
