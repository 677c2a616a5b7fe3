import type { Causes } from './cause.ts';

/** Of the claims about an application that reads, and about aggregates. */
export const subjectCauses = {
  'subject-loss': {
    causes: [
      'An exception in the handler, after which the batch was skipped (amazon-kinesis-client#10).',
      'A checkpoint was written before the batch was handled, and the worker died.',
      'A shard that a reshard made was never picked up (kind shard).',
      'Reading began at LATEST, after the first record was written (kind head).',
    ],
    todo: [
      'Write a checkpoint only behind the last record that is done.',
      'Send what cannot be handled to a dead-letter queue, and say so.',
      'List shards again after each shard end.',
    ],
  },
  'subject-reorder': {
    causes: ['Records of a key are handled by several threads.', 'After a failure newer records of the key went on.'],
    todo: ['Give all records of a key to one lane, and stop that lane at a failure.'],
  },
  'subject-duplicate': {
    causes: [
      'A worker began again behind its last checkpoint (kind resume).',
      'Two workers read one shard for a while (two-owners).',
    ],
    todo: ['Make the handler idempotent, by producer, key and number.', 'Write checkpoints more often.'],
  },
  'checkpoint-ahead': {
    causes: [
      'The checkpoint is written when a batch is fetched, not when it is done (pulsar#8192).',
      'Records are handled asynchronously, and the checkpoint does not wait.',
    ],
    todo: [
      'Write the checkpoint of a record after its effect.',
      'With several in flight: only up to the first that is not done.',
    ],
  },
  'checkpoint-back': {
    causes: ['A worker that had lost its lease wrote its checkpoint late.'],
    todo: ['Write checkpoints conditionally, with the lease counter.'],
  },
  'two-owners': {
    causes: [
      'A worker paused (garbage collection, SIGSTOP) longer than its lease, and went on.',
      'The lease table knows nothing of a worker that reads by itself.',
    ],
    todo: [
      'Stop reading when the lease is lost, and look at it before each batch.',
      'Lease longer than the longest pause.',
    ],
  },
  'effect-reorder': {
    causes: ['Effects of a key are applied in parallel.', 'A failed record was retried after newer ones of its key.'],
    todo: ['Apply the effects of a key one after the other.'],
  },
  'effect-duplicate': {
    causes: ['A batch was handled again after one of its records failed (powertools-lambda-java#1820).'],
    todo: [
      'Answer with the failed numbers (batchItemFailures), and stop at the first one of a key.',
      'Make effects idempotent.',
    ],
  },
  'fetched-not-delivered': {
    causes: [
      'The client library fetched the record and dropped it: a filter, an aggregate that it takes for foreign, a full queue.',
    ],
    todo: [
      'Look at the log of the library at the time of the fetch.',
      'Compare with a reader that does not take aggregates apart.',
    ],
  },
  'subject-discard': {
    causes: ['Retries were spent, or the record was too old, and there was nowhere to put it.'],
    todo: ['Give a destination for failed records (onFailure, dead-letter queue).'],
  },
  'subject-claim': {
    causes: [
      'The application reports a number that it was never given: an index instead of a number, or one of another shard.',
    ],
    todo: ['Report the sequence number as it came, with its shard.'],
  },
  'stray-sub-record': {
    causes: ['The aggregator packs by an old list of shards, or not by shard at all (kinesis-aggregation#11).'],
    todo: ['Pack only records whose hash keys lie in one shard, and list shards again after a reshard.'],
  },
  undeliverable: {
    causes: ['All copies of the record lie in aggregates that consumer libraries drop.'],
    todo: ['As for stray-sub-record; send the record again by itself.'],
  },
} as const satisfies Record<string, Causes>;
