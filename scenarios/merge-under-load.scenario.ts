import { defineScenario, getRecords, mergeShards, putRecord } from 'kinesis-order';

export default defineScenario({
  name: 'merge-under-load',
  why: 'a key keeps its order across a merge: both parents are read to their end before the child',
  source:
    '"ensure that it also reads all the data from the other parent shard before reading any new data from the child shard" (developer guide)',
  needs: ['mergeShards'],
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 12 },
  producers: [putRecord()],
  reshard: [mergeShards({ afterAcked: 50 })],
  consumers: [getRecords()],
});
