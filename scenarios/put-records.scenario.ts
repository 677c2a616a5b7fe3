import { bytes, defineScenario, getRecords, putRecords } from 'kinesis-order';

export default defineScenario({
  name: 'put-records',
  why: 'PutRecords without a failure keeps the order of its entries on these engines, though it promises none',
  source: 'seed lab: "PutRecords is useful for achieving higher throughput when ordering of records is not required"',
  tags: ['@lab', '@quick'],
  stream: { shards: 2 },
  workload: { keys: 20, recordsPerKey: 50, payload: bytes(200) },
  producers: [putRecords({ batch: 100 })],
  consumers: [getRecords()],
});
