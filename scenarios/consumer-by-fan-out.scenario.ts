import { defineScenario, putRecord, subscribeToShard } from 'kinesis-order';

export default defineScenario({
  name: 'consumer-by-fan-out',
  why: 'a consumer of enhanced fan-out is pushed every record of a shard once and in order; a second one, which reads afterwards, is pushed the same',
  source:
    '"Use this as SequenceNumber in the next call to SubscribeToShard" (SDK, SubscribeToShardEvent, ContinuationSequenceNumber)',
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 10 },
  producers: [putRecord()],
  consumers: [subscribeToShard({ name: 'live' }), subscribeToShard({ name: 'later', final: true })],
});
