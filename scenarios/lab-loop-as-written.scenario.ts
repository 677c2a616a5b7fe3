import { defineScenario, putRecord, rideId, taxiRide } from 'kinesis-order';

export default defineScenario({
  name: 'lab-loop-as-written',
  why: "the lab's own loop: its partition key is a random ride id, so nothing can be said of order, only that nothing is lost or changed",
  source: 'seed lab, lab1.py: put_record(StreamName=kdsname, Data=json.dumps(new_dict), PartitionKey=id)',
  tags: ['@lab', '@quick'],
  stream: { shards: 2 },
  workload: { keys: 8, recordsPerKey: 10, payload: taxiRide(), partitionKey: rideId() },
  producers: [putRecord()],
  // No key has two records, so claims about order would be unknown.
  expect: { ignore: ['key-reorder', 'nonmonotonic-send'] },
});
