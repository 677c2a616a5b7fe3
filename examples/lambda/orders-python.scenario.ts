import { defineScenario, eventSourceMapping, putRecord } from 'kinesis-order';

export default defineScenario({
  name: 'orders-python',
  why: 'the same handler in Python, a program that is given one event a line',
  stream: { shards: 2 },
  workload: { keys: 8, recordsPerKey: 15 },
  producers: [putRecord()],
  consumers: [
    eventSourceMapping({
      name: 'orders-fn',
      handler: { command: ['python', 'orders.py'] },
      batchSize: 10,
      partialBatchResponse: true,
    }),
  ],
});
