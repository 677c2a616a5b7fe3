import { defineScenario, eventSourceMapping, putRecords } from 'kinesis-order';

export default defineScenario({
  name: 'throws',
  why: 'without bisect and a destination, one bad record loses its whole batch',
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
      env: { THROWS: '1' },
    }),
  ],
});
