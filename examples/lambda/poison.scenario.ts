import { defineScenario, eventSourceMapping, putRecords } from 'kinesis-order';

export default defineScenario({
  name: 'poison',
  why: 'a record that can never be applied goes to the destination, and the others are handled once and in order',
  stream: { shards: 2 },
  workload: { keys: 8, recordsPerKey: 15 },
  producers: [putRecords({ batch: 40 })],
  consumers: [
    eventSourceMapping({
      name: 'orders-fn',
      handler: './poison.mjs',
      batchSize: 10,
      batchWindow: 0.5,
      retries: 2,
      bisect: true,
      partialBatchResponse: true,
      onFailure: 'orders-dlq',
    }),
  ],
});
