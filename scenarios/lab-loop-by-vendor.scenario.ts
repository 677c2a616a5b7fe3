import { defineScenario, getRecords, putRecord, taxiRide, vendorId } from 'kinesis-order';

export default defineScenario({
  name: 'lab-loop-by-vendor',
  why: "the lab's loop with vendorId as its partition key: now order per vendor can be claimed, and is",
  source: 'seed lab: "If ordering is important, you must specify partitionKey in your request."',
  tags: ['@lab', '@quick'],
  stream: { shards: 2 },
  workload: { keys: 8, recordsPerKey: 10, payload: taxiRide(), partitionKey: vendorId() },
  producers: [putRecord({ sequenceNumberForOrdering: true })],
  consumers: [getRecords()],
});
