import { defineScenario, getRecords, putRecord, updateStack } from 'kinesis-order';

export default defineScenario({
  name: 'reshard-by-stack-update',
  why: 'doubling the shards in the template loses nothing and keeps every key in order; what the stack says is held against what the stream does',
  source:
    'AWS::Kinesis::Stream, ShardCount: "Update requires: Some interruptions" (CloudFormation template reference); a stack update calls UpdateShardCount',
  needs: ['cloudformation'],
  stream: { shards: 2 },
  workload: { keys: 12, recordsPerKey: 12 },
  producers: [putRecord({ rate: 100 })],
  reshard: [updateStack({ afterAcked: 30, target: 4 })],
  consumers: [getRecords()],
});
