import { defineScenario, putRecord } from 'kinesis-order';

export default defineScenario({
  name: 'put-record-without-sequence-number-for-ordering',
  why: 'serial PutRecord without SequenceNumberForOrdering keeps order on these engines too; they cannot tell the two apart, AWS may',
  source:
    '"If this parameter is not set, records are coarsely ordered based on arrival time." (SDK, SequenceNumberForOrdering)',
  stream: { shards: 2 },
  workload: { keys: 10, recordsPerKey: 8 },
  producers: [putRecord()],
});
