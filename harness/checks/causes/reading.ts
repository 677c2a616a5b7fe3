import type { Causes } from './cause.ts';

export const readingCauses = {
  'int-nonmonotonic-poll': {
    causes: [
      'The engine compares numbers as text, or keeps records in the order in which threads stored them.',
      'A recorder merged two pages.',
    ],
    todo: [
      'Check that the page of the finding is one answer of GetRecords.',
      'Report it: the order inside a page is promised.',
    ],
  },
  'nonmonotonic-poll': {
    causes: [
      'The reader used an older iterator again, after an error or an expiry.',
      'NextShardIterator of the engine points before the page (kinesis-mock#1186).',
    ],
    todo: [
      'Keep only the newest iterator of a shard.',
      'After an expiry ask AFTER_SEQUENCE_NUMBER of the last record that was given.',
    ],
  },
  're-delivery': {
    causes: [
      'The reader began again AT instead of AFTER its checkpoint (amazon-kinesis-client#1014).',
      'AFTER_SEQUENCE_NUMBER of the engine gives the record itself again (kinesis-mock#1187, LocalStack up to 4.10).',
      'A lease moved before the last checkpoint was written.',
    ],
    todo: [
      'Look at how the second iterator began: the line is in the witness.',
      'Make the handler idempotent: across a restart a second delivery is allowed.',
    ],
  },
  'poll-skip': {
    causes: [
      'The engine let a record become visible late, behind one that had been given already.',
      'The reader dropped part of a page, or an answer was lost and the next iterator was used all the same.',
      'Parallel puts were stored out of order in the engine (kinesis-mock#130).',
    ],
    todo: [
      'Compare with the final reader: has it the record, then the service gave it too late.',
      'After an error read again from the last record that was handled, not from the next iterator.',
    ],
  },
  'resumable-broken': {
    causes: [
      'The engine begins one record too early or too late (kinesis-mock#1187).',
      'A reader of LATEST asked for its iterator after it let the producer begin.',
    ],
    todo: [
      'Compare the iterator on its line with the first record that it gave.',
      'Use TRIM_HORIZON and a checkpoint of your own on this engine.',
    ],
  },
  'reader-divergence': {
    causes: [
      'Two readers of one shard were served from two states of it.',
      'Records expired, or were trimmed, between the two passes.',
    ],
    todo: [
      'Read the stretch a third time, after the load has ended.',
      'Report it with the place: a stored order does not change.',
    ],
  },
  'bookmark-broken': {
    causes: [
      'Reads are eventually consistent: a record came later than the reader was told.',
      'The engine answers 0 for an empty page.',
    ],
    todo: [
      'Do not take a single MillisBehindLatest of 0 as the end of a shard.',
      'Wait for a known last record instead, as the sentinel of this tool does.',
    ],
  },
  'premature-shard-end': {
    causes: [
      'The engine ends iterators of a shard as soon as a reshard begins.',
      'A page of the parent was lost while its shard was closing (kinesis-mock#413).',
    ],
    todo: [
      'Read the shard again from its last record after the reshard.',
      'Compare the end with the last number that was acknowledged there.',
    ],
  },
  'stuck-shard-end': {
    causes: [
      'The engine never ends a closed shard that is empty (spring-integration-aws#177).',
      'The end comes late: nothing says how soon it must.',
    ],
    todo: [
      'Let the consumer ask ListShards, and stop at the ending number of the shard.',
      'Raise tolerances.settleMs if the end only comes late.',
    ],
  },
  'nonmonotonic-session': {
    causes: ['The second iterator was served by a replica that is behind.', 'Records expired between the two passes.'],
    todo: [
      'Read on until the record is there: reads are eventually consistent.',
      'Keep a checkpoint, and do not begin again from the beginning.',
    ],
  },
  'lost-in-view': {
    causes: [
      'A live reader was ahead of a record that became visible late.',
      'The reader filters, or drops what it cannot decode.',
      'An aggregate with a record outside the range of its shard was dropped whole by a consumer library (amazon-kinesis-client#343).',
    ],
    todo: [
      'Look for an error page or a restart of that reader near the place.',
      'Compare the two readers by their lines in the witness.',
    ],
  },
} as const satisfies Record<string, Causes>;
