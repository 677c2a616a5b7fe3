import { defineScenario, getRecords, putRecord, updateShardCount } from 'kinesis-order';

export default defineScenario({
  name: 'update-shard-count-under-load',
  why: 'doubling the shards by UpdateShardCount loses nothing and keeps every key in order, short-lived shards included',
  source: 'UpdateShardCount "can cause short-lived shards to be created, in addition to the final shards" (SDK)',
  needs: ['updateShardCount'],
  stream: { shards: 2 },
  workload: { keys: 12, recordsPerKey: 12 },
  producers: [putRecord({ sequenceNumberForOrdering: true })],
  reshard: [updateShardCount({ afterAcked: 60, target: 4 })],
  consumers: [getRecords()],
});
