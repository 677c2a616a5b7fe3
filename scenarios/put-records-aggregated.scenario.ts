import { defineScenario, getRecords, putRecordsAggregated, taxiRide } from 'kinesis-order';

export default defineScenario({
  name: 'put-records-aggregated',
  why: 'records of one key keep their order inside and across aggregates, read by sequence number and index',
  source:
    'aggregation-format.md of the Kinesis Producer Library; the index of a user record is its place among the records of the aggregate (Kinesis Client Library)',
  tags: ['@quick'],
  stream: { shards: 2 },
  workload: { keys: 12, recordsPerKey: 30, payload: taxiRide() },
  producers: [putRecordsAggregated({ batch: 4, aggregateBytes: 2048 })],
  consumers: [getRecords()],
});
