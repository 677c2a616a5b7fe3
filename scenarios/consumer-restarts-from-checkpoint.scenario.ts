import { defineScenario, getRecords, putRecords } from 'kinesis-order';

export default defineScenario({
  name: 'consumer-restarts-from-checkpoint',
  why: 'a consumer that dies after every few pages and goes on AFTER its checkpoint misses nothing and is given nothing twice',
  source: '"Restart … from the last checkpoint" (developer guide, duplicate records: consumer retries)',
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 40 },
  producers: [putRecords({ batch: 40 })],
  consumers: [getRecords({ limit: 10, restartAfter: 25 })],
});
