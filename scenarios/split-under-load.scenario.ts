import { defineScenario, getRecords, putRecord, splitShard } from 'kinesis-order';

export default defineScenario({
  name: 'split-under-load',
  why: 'a key keeps its order across a split, read parents before children',
  source:
    '"always continue to read data from the parent shards until it is exhausted" (developer guide, after resharding)',
  tags: ['@quick'],
  needs: ['splitShard'],
  stream: { shards: 1 },
  workload: { keys: 10, recordsPerKey: 12 },
  producers: [putRecord()],
  reshard: [splitShard({ afterAcked: 50 })],
  consumers: [getRecords()],
});
