import { defineScenario, eventSourceMapping, putRecord, splitShard, mergeShards } from 'kinesis-order';

export default defineScenario({
  name: 'orders',
  why: 'a handler that stops where it fails keeps each key in order, also while the stream is split and merged',
  stream: { shards: 2 },
  workload: { keys: 8, recordsPerKey: 15 },
  producers: [putRecord()],
  consumers: [
    eventSourceMapping({
      name: 'orders-fn',
      handler: './orders.mjs#handler',
      batchSize: 10,
      partialBatchResponse: true,
      parallelizationFactor: 4,
    }),
  ],
  reshard: [splitShard({ afterAcked: 40 }), mergeShards({ afterAcked: 100 })],
});
