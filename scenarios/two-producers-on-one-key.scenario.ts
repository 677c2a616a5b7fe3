import { defineScenario, getRecords, putRecord, taxiRide } from 'kinesis-order';

export default defineScenario({
  name: 'two-producers-on-one-key',
  why: 'two producers write one key: each keeps its own order, and nothing is promised between them',
  source: '"for puts from the same client and to the same partition key" (SDK, SequenceNumberForOrdering)',
  stream: { shards: 1 },
  workload: { keys: 2, recordsPerKey: 25, payload: taxiRide() },
  producers: [
    putRecord({ name: 'left', keys: 'shared', sequenceNumberForOrdering: true }),
    putRecord({ name: 'right', keys: 'shared', sequenceNumberForOrdering: true }),
  ],
  consumers: [getRecords()],
});
