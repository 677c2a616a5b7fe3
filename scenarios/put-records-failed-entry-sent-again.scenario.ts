import { defineScenario, failRecord, putRecords, taxiRide } from 'kinesis-order';

export default defineScenario({
  name: 'put-records-failed-entry-sent-again',
  why: 'PutRecords gives no order once a failed entry is sent again: the entry lands behind later records of its key',
  source:
    '"A single record failure does not stop the processing of subsequent records. As a result, PutRecords doesn\'t guarantee the ordering of records." (SDK, PutRecords)',
  tags: ['@quick'],
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 30, payload: taxiRide() },
  producers: [putRecords({ batch: 50, retry: 'failed-entries' })],
  faults: [failRecord({ call: 3, entries: [1] })],
  expect: { find: ['key-reorder'] },
});
