import { command, defineScenario, killConsumer, splitShard } from 'kinesis-order';

export default defineScenario({
  name: 'consumer',
  why: 'a consumer that is killed, and meets a split, is given all, in the order of each key',
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 10 },
  producers: [{ type: 'putRecord' }],
  consumers: [
    command({
      role: 'subject',
      name: 'app',
      run: ['python', 'consumer.py', '{stream}'],
      owes: 'TRIM_HORIZON',
      doneMs: 20_000,
    }),
  ],
  faults: [killConsumer({ of: 'app/1', afterDelivered: 30 })],
  reshard: [splitShard({ afterAcked: 40 })],
});
