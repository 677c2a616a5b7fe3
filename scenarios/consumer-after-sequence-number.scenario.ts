import { defineScenario, getRecords, putRecord } from 'kinesis-order';

export default defineScenario({
  name: 'consumer-after-sequence-number',
  why: 'a consumer that begins AFTER a number it knows is given the record behind it first',
  source:
    '"AFTER_SEQUENCE_NUMBER: Start reading right after the position denoted by a specific sequence number" (SDK, GetShardIterator)',
  stream: { shards: 1 },
  workload: { keys: 5, recordsPerKey: 16 },
  producers: [putRecord()],
  consumers: [
    getRecords({ name: 'after', from: 'AFTER_SEQUENCE_NUMBER', startAfterAcked: 30 }),
    getRecords({ name: 'at', from: 'AT_SEQUENCE_NUMBER', startAfterAcked: 30 }),
  ],
});
