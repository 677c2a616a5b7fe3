import { defineScenario, delay, putRecord, taxiRide } from 'kinesis-order';

export default defineScenario({
  name: 'put-record-held-call-lands-late',
  why: 'a put that was given up can still land, behind records of its key that were sent and acknowledged later',
  source: '"a timed-out request may actually succeed at the backend" (KPL, RequestTimeout)',
  stream: { shards: 1 },
  workload: { keys: 2, recordsPerKey: 30, payload: taxiRide() },
  producers: [putRecord()],
  faults: [delay({ call: 5, laterCalls: 12, lose: true })],
  expect: { find: ['zombie-append'] },
});
