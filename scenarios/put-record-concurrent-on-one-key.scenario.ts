import { bytes, defineScenario, getRecords, putRecord } from 'kinesis-order';

export default defineScenario({
  name: 'put-record-concurrent-on-one-key',
  why: 'several PutRecord calls of one key in flight promise no order; nothing is lost or doubled all the same',
  source:
    '"the returned sequence numbers are not guaranteed to increase because the put operations appear essentially as simultaneous" (developer guide)',
  stream: { shards: 1 },
  workload: { keys: 1, recordsPerKey: 150, payload: bytes(200) },
  producers: [putRecord({ inFlight: 8 })],
  consumers: [getRecords()],
});
