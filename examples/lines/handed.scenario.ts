import { command, defineScenario, dropResponse, splitShard } from 'kinesis-order';

export default defineScenario({
  name: 'handed',
  why: 'the order in which the application handed its records over is the order in which they are read',
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 10 },
  producers: [command({ name: 'app', run: ['python', 'handed.py'], records: 'stdin' })],
  faults: [dropResponse({ call: 10 })],
  reshard: [splitShard({ afterAcked: 40 })],
});
