import { defineScenario, getRecords, mergeShards, putRecord, splitShard } from 'kinesis-order';

export default defineScenario({
  name: 'split-and-merge-under-load',
  why: 'order holds through a lineage of several generations',
  source:
    '"the library ensures that you receive the data in order even if a reshard occurs" (developer guide, on the KCL)',
  needs: ['splitShard', 'mergeShards'],
  stream: { shards: 2 },
  workload: { keys: 12, recordsPerKey: 15 },
  producers: [putRecord({ inFlight: 2, keys: 'own' })],
  reshard: [
    splitShard({ afterAcked: 40 }),
    splitShard({ afterAcked: 80, shard: 2 }),
    mergeShards({ afterAcked: 120, shard: 1 }),
  ],
  consumers: [getRecords()],
});
