import { bytes, defineScenario, delay, putRecord } from 'kinesis-order';

export default defineScenario({
  name: 'put-record-held-call-overtaken',
  why: 'with calls in flight, one that is held up is stored behind later ones of its key: the application order is lost without any failure',
  source: '"write serially to a shard" (SDK, PutRecord): whoever does not, has no order',
  stream: { shards: 1 },
  workload: { keys: 1, recordsPerKey: 60, payload: bytes(200) },
  producers: [putRecord({ inFlight: 4 })],
  faults: [delay({ call: 10, laterCalls: 6 })],
  expect: { find: ['key-reorder'] },
});
