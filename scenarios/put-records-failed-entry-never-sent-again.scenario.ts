import { defineScenario, failRecord, putRecords, taxiRide } from 'kinesis-order';

export default defineScenario({
  name: 'put-records-failed-entry-never-sent-again',
  why: 'whoever looks at the call and not at its entries loses records without an error: a gap in a key',
  source: 'aws/aws-sdk-go#1003: err was checked, FailedRecordCount was not',
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 20, payload: taxiRide() },
  producers: [putRecords({ batch: 50, retry: 'leave' })],
  faults: [failRecord({ call: 2, entries: [4], code: 'ProvisionedThroughputExceededException' })],
  expect: { find: ['counter-gap'] },
});
