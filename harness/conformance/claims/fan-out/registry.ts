import type { Claim } from '../../claim.ts';
import { consumerNamesAreUnique } from './consumer-names-are-unique.ts';
import { continuationResumes } from './continuation-resumes.ts';
import { continuationWithoutRecords } from './continuation-without-records.ts';
import { deletingAStreamWithConsumers } from './deleting-a-stream-with-consumers.ts';
import { deregisteredConsumersAreGone } from './deregistered-consumers-are-gone.ts';
import { listStreamConsumersPaging } from './list-stream-consumers-paging.ts';
import { registerMakesAConsumer } from './register-makes-a-consumer.ts';
import { secondSubscriptionWithinFiveSeconds } from './second-subscription-within-five-seconds.ts';
import { subscribeAfterSequenceNumber } from './subscribe-after-sequence-number.ts';
import { subscribeAtSequenceNumber } from './subscribe-at-sequence-number.ts';
import { subscribeAtTimestamp } from './subscribe-at-timestamp.ts';
import { subscribeLatest } from './subscribe-latest.ts';
import { subscribeToAnUnknownShard } from './subscribe-to-an-unknown-shard.ts';
import { subscribeTrimHorizon } from './subscribe-trim-horizon.ts';
import { subscribeWithAnUnknownConsumer } from './subscribe-with-an-unknown-consumer.ts';
import { subscriptionEndsWithTheShard } from './subscription-ends-with-the-shard.ts';

export const fanOutClaims = {
  'consumer-names-are-unique': consumerNamesAreUnique,
  'continuation-resumes': continuationResumes,
  'continuation-without-records': continuationWithoutRecords,
  'deleting-a-stream-with-consumers': deletingAStreamWithConsumers,
  'deregistered-consumers-are-gone': deregisteredConsumersAreGone,
  'list-stream-consumers-paging': listStreamConsumersPaging,
  'register-makes-a-consumer': registerMakesAConsumer,
  'second-subscription-within-five-seconds': secondSubscriptionWithinFiveSeconds,
  'subscribe-after-sequence-number': subscribeAfterSequenceNumber,
  'subscribe-at-sequence-number': subscribeAtSequenceNumber,
  'subscribe-at-timestamp': subscribeAtTimestamp,
  'subscribe-latest': subscribeLatest,
  'subscribe-to-an-unknown-shard': subscribeToAnUnknownShard,
  'subscribe-trim-horizon': subscribeTrimHorizon,
  'subscribe-with-an-unknown-consumer': subscribeWithAnUnknownConsumer,
  'subscription-ends-with-the-shard': subscriptionEndsWithTheShard,
} as const satisfies Record<string, Claim>;
