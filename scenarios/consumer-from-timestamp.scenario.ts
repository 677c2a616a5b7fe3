import { defineScenario, getRecords, putRecord } from 'kinesis-order';

export default defineScenario({
  name: 'consumer-from-timestamp',
  why: 'a consumer that begins AT_TIMESTAMP is given what the engine itself says arrived from then on',
  source: '"AT_TIMESTAMP: Start reading from the position denoted by a specific time stamp" (SDK, GetShardIterator)',
  stream: { shards: 1 },
  workload: { keys: 5, recordsPerKey: 16 },
  producers: [putRecord()],
  consumers: [getRecords({ from: 'AT_TIMESTAMP', startAfterAcked: 30 })],
});
