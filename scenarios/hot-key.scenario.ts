import { bytes, defineScenario, hotKey, putRecords } from 'kinesis-order';

export default defineScenario({
  name: 'hot-key',
  why: 'one key takes most of the records and stays in one shard: order holds, and no number of shards makes that key faster',
  source:
    '"on-demand … does not detect and isolate hash keys; a single key over 1 MB/s or 1,000 records/s still throttles" (developer guide)',
  stream: { shards: 4 },
  workload: { keys: 10, recordsPerKey: 60, payload: bytes(150), partitionKey: hotKey(0.8) },
  producers: [putRecords({ batch: 100 })],
});
