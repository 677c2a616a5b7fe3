import { defineScenario, eventSourceMapping, putRecords } from 'kinesis-order';

export default defineScenario({
  name: 'goes-on',
  why: 'a handler that goes on after a failure applies what came behind it twice',
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
      partialBatchResponse: true,
      onFailure: 'orders-dlq',
      env: { GOES_ON: '1' },
    }),
  ],
});
