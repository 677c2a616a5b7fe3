import type { Claim } from '../../claim.ts';
import { aClosedShardEnds } from './a-closed-shard-ends.ts';
import { afterSequenceNumber } from './after-sequence-number.ts';
import { afterTheFirstRecord } from './after-the-first-record.ts';
import { afterTheLastRecord } from './after-the-last-record.ts';
import { anEmptyShardReadsEmpty } from './an-empty-shard-reads-empty.ts';
import { atSequenceNumber } from './at-sequence-number.ts';
import { atTheShardsStartingNumber } from './at-the-shards-starting-number.ts';
import { atTimestamp } from './at-timestamp.ts';
import { atTimestampBeforeTheHorizon } from './at-timestamp-before-the-horizon.ts';
import { atTimestampOfARecord } from './at-timestamp-of-a-record.ts';
import { atTimestampOnAnEmptyShard } from './at-timestamp-on-an-empty-shard.ts';
import { behindIsAboveZeroBeforeTheTip } from './behind-is-above-zero-before-the-tip.ts';
import { behindIsZeroAtTheTip } from './behind-is-zero-at-the-tip.ts';
import { childShardsAtTheEnd } from './child-shards-at-the-end.ts';
import { describeStreamPaging } from './describe-stream-paging.ts';
import { describeStreamSummary } from './describe-stream-summary.ts';
import { latest } from './latest.ts';
import { latestKeepsItsPlace } from './latest-keeps-its-place.ts';
import { latestOfAClosedShard } from './latest-of-a-closed-shard.ts';
import { limitIsAMaximum } from './limit-is-a-maximum.ts';
import { listShardsExclusiveStart } from './list-shards-exclusive-start.ts';
import { listShardsFilters } from './list-shards-filters.ts';
import { listShardsPaging } from './list-shards-paging.ts';
import { listStreamsPaging } from './list-streams-paging.ts';
import { pagesOfOneGoOn } from './pages-of-one-go-on.ts';
import { pagingIsComplete } from './paging-is-complete.ts';
import { readsAreOrderedByNumber } from './reads-are-ordered-by-number.ts';
import { trimHorizon } from './trim-horizon.ts';
import { twoReadersAgree } from './two-readers-agree.ts';

export const readsClaims = {
  'a-closed-shard-ends': aClosedShardEnds,
  'after-sequence-number': afterSequenceNumber,
  'after-the-first-record': afterTheFirstRecord,
  'after-the-last-record': afterTheLastRecord,
  'an-empty-shard-reads-empty': anEmptyShardReadsEmpty,
  'at-sequence-number': atSequenceNumber,
  'at-the-shards-starting-number': atTheShardsStartingNumber,
  'at-timestamp': atTimestamp,
  'at-timestamp-before-the-horizon': atTimestampBeforeTheHorizon,
  'at-timestamp-of-a-record': atTimestampOfARecord,
  'at-timestamp-on-an-empty-shard': atTimestampOnAnEmptyShard,
  'behind-is-above-zero-before-the-tip': behindIsAboveZeroBeforeTheTip,
  'behind-is-zero-at-the-tip': behindIsZeroAtTheTip,
  'child-shards-at-the-end': childShardsAtTheEnd,
  'describe-stream-paging': describeStreamPaging,
  'describe-stream-summary': describeStreamSummary,
  latest: latest,
  'latest-keeps-its-place': latestKeepsItsPlace,
  'latest-of-a-closed-shard': latestOfAClosedShard,
  'limit-is-a-maximum': limitIsAMaximum,
  'list-shards-exclusive-start': listShardsExclusiveStart,
  'list-shards-filters': listShardsFilters,
  'list-shards-paging': listShardsPaging,
  'list-streams-paging': listStreamsPaging,
  'pages-of-one-go-on': pagesOfOneGoOn,
  'paging-is-complete': pagingIsComplete,
  'reads-are-ordered-by-number': readsAreOrderedByNumber,
  'trim-horizon': trimHorizon,
  'two-readers-agree': twoReadersAgree,
} as const satisfies Record<string, Claim>;
