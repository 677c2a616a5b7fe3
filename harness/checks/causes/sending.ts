import type { Causes } from './cause.ts';

export const sendingCauses = {
  'nonmonotonic-send': {
    causes: [
      'The engine numbers records when a thread comes to them, not when they arrive.',
      'SequenceNumberForOrdering was not used: without it AWS orders coarsely, by arrival.',
      'A reshard moved the key, and the child began at a lower number.',
    ],
    todo: [
      'Send the records of a key one after the other, each with SequenceNumberForOrdering of the last answer.',
      'If it was used: report both request ids.',
    ],
  },
  'snfo-broken': {
    causes: [
      'The engine ignores SequenceNumberForOrdering.',
      'The number belongs to another key or producer: then it promises nothing.',
    ],
    todo: [
      'Check that the number was acknowledged to this producer for this key.',
      'Report it: this is the one order that AWS guarantees.',
    ],
  },
  'realtime-append-order': {
    causes: ['Several front ends number the records of a shard; the order is coarse by design.'],
    todo: [
      'Do not rely on the order between producers.',
      'Where two writers must be in order, let one write for both.',
    ],
  },
  'int-nonmonotonic-send': {
    causes: ['PutRecords handles the entries of a call in parallel.'],
    todo: ['Send the records of one key in separate calls, one after the other.', 'Or put them into one record.'],
  },
  'int-send-skip': {
    causes: ['Another producer wrote to the shard at the same time.'],
    todo: ['Do not take a call for a transaction.'],
  },
  'key-reorder': {
    causes: [
      'An entry of PutRecords failed and was sent again behind newer records of its key (kind retry; redpanda-connect#1641, flink#18488).',
      'Two calls of one key were under way at the same time, in threads or asynchronously (amazon-kinesis-producer#23).',
      'The application handed the record over late, behind newer ones (kind sent-late).',
    ],
    todo: [
      'Where order matters: PutRecord, one call of a key at a time, each with SequenceNumberForOrdering.',
      'With PutRecords: after a failed entry hold back all newer records of its key, and send them again in order.',
      'Or let the consumer sort by a counter of the producer.',
    ],
  },
  'zombie-append': {
    causes: ['A call timed out, was given up or sent again, and was stored after a newer record of its key.'],
    todo: [
      'After a timeout wait until the outcome is known, or write with SequenceNumberForOrdering.',
      'Let the consumer drop a number below the highest that it has handled.',
    ],
  },
} as const satisfies Record<string, Causes>;
