import { defineScenario, getRecords, putRecord, putRecordsAggregated, splitShard, taxiRide } from 'kinesis-order';

export default defineScenario({
  name: 'put-records-aggregated-under-split',
  why: 'an aggregate packed for a shard before its split goes whole into one child, records of the other child’s keys inside: nothing is lost and no key is reordered, though its records may lie in both children',
  source:
    'the aggregate goes by its first record’s hash key (kinesis_record.cc of the Kinesis Producer Library); its client library drops an aggregate that holds a record outside the shard’s range, and this reader does not',
  needs: ['splitShard'],
  stream: { shards: 1 },
  workload: { keys: 12, recordsPerKey: 20, payload: taxiRide() },
  producers: [
    putRecordsAggregated({ batch: 1, aggregateBytes: 2048 }),
    // Aggregates have no partition key of their own. Plain records show what crosses the reshard.
    putRecord(),
  ],
  reshard: [splitShard({ afterAcked: 100 })],
  consumers: [getRecords()],
  // The KCL would drop records if the split comes while an aggregate is in flight. This tool's reader reads them.
  expect: { allow: ['undeliverable'] },
});
