import { defineScenario, failRecord, putRecords, taxiRide } from 'kinesis-order';

export default defineScenario({
  name: 'put-records-order-forbidden',
  why: 'the same as put-records-failed-entry-sent-again, by someone who relies on order: red, and the report says why',
  source: '"PutRecords doesn\'t guarantee the ordering of records." (SDK, PutRecords)',
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 30, payload: taxiRide() },
  producers: [putRecords({ batch: 50, retry: 'failed-entries' })],
  faults: [failRecord({ call: 3, entries: [1] })],
  expect: { forbid: ['key-reorder'] },
});
