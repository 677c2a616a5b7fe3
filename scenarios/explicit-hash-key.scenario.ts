import { defineScenario, getRecords, putRecord } from 'kinesis-order';

export default defineScenario({
  name: 'explicit-hash-key',
  why: 'an ExplicitHashKey overrides the partition key: everything lies in the shard that holds it',
  source:
    '"ExplicitHashKey: The hash value used to explicitly determine the shard the data record is assigned to by overriding the partition key hash." (SDK, PutRecord)',
  stream: { shards: 4 },
  workload: { keys: 6, recordsPerKey: 12, explicitHashKey: '170141183460469231731687303715884105800' },
  producers: [putRecord({ sequenceNumberForOrdering: true })],
  consumers: [getRecords()],
});
