import { defineScenario, failRecord, putRecords, taxiRide } from 'kinesis-order';

export default defineScenario({
  name: 'put-records-failed-entry-and-following-sent-again',
  why: 'sending a failed entry and all that follow of its key again doubles records, and readers still meet a later one first: only the last copies are in order',
  source: 'aws/aws-sdk-java#2480: users send the whole batch again to keep order',
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 20, payload: taxiRide() },
  producers: [putRecords({ batch: 50, retry: 'failed-and-following' })],
  faults: [failRecord({ call: 2, entries: [1] })],
  expect: { find: ['duplicate', 'key-reorder'] },
});
