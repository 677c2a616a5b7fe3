import { bytes, defineScenario, getRecords, putRecords } from 'kinesis-order';

export default defineScenario({
  name: 'many-keys-on-many-shards',
  why: 'every key lies in the shard to which its MD5 leads, whole, and nowhere else',
  source:
    'seed lab: "It segregates data records into multiple shards, using the partition key associated with each record."',
  tags: ['@lab'],
  stream: { shards: 8 },
  workload: { keys: 200, recordsPerKey: 5, payload: bytes(150) },
  producers: [putRecords({ batch: 200 })],
  consumers: [getRecords({ limit: 50 })],
});
