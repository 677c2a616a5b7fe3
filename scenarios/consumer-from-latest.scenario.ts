import { defineScenario, getRecords, putRecord } from 'kinesis-order';

export default defineScenario({
  name: 'consumer-from-latest',
  why: 'a consumer that begins at LATEST in the middle of the load is given all that comes after, and nothing that was acknowledged before',
  source:
    '"LATEST: Start reading just after the most recent record in the shard, so that you always read the most recent data in the shard." (SDK, GetShardIterator)',
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 10 },
  producers: [putRecord()],
  consumers: [getRecords({ from: 'LATEST', startAfterAcked: 40 })],
});
