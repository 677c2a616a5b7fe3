import { defineScenario, dropResponse, putRecord, taxiRide } from 'kinesis-order';

export default defineScenario({
  name: 'put-record-lost-answer-and-retry',
  why: 'an answer that never came and a retry store a record twice; the order of first occurrences is kept',
  source:
    '"there will be two Kinesis Data Streams records … although the two records have identical data, they also have unique sequence numbers" (developer guide, producer retries)',
  tags: ['@quick'],
  stream: { shards: 1 },
  workload: { keys: 5, recordsPerKey: 12, payload: taxiRide() },
  producers: [putRecord({ retry: 'resend' })],
  faults: [dropResponse({ call: 5 })],
  expect: { find: ['duplicate'] },
});
