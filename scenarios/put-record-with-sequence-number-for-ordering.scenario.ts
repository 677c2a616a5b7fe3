import { defineScenario, getRecords, putRecord } from 'kinesis-order';

export default defineScenario({
  name: 'put-record-with-sequence-number-for-ordering',
  why: 'serial PutRecord, each naming the last number of its key, is the one way of writing for which AWS promises strict order',
  source:
    '"To guarantee strictly increasing ordering, write serially to a shard and use the SequenceNumberForOrdering parameter." (SDK, PutRecord)',
  tags: ['@quick'],
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 10 },
  producers: [putRecord({ sequenceNumberForOrdering: true })],
  consumers: [getRecords()],
});
