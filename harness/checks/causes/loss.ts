import type { Causes } from './cause.ts';

export const lossCauses = {
  'lost-write': {
    causes: [
      'The engine acknowledged before it stored, and lost it under load or at a restart (kinesis-mock#130; kinesis-local killed between two saves).',
      'A reshard closed the shard while the put was under way.',
      'Retention was shorter than the reading took.',
    ],
    todo: [
      'Look at what stands near: a reshard, a restart, a fault.',
      'Report it with the request id of the acknowledgement, the shard and the sequence number.',
    ],
  },
  unseen: {
    causes: [
      'Reading ended before it came to the record.',
      'The run was interrupted.',
      'No end marker was written, so nobody can say that the reader went past.',
    ],
    todo: [
      'Let the final reader run on, or raise budget.drainMs.',
      'Use a stream that the tool may write its end markers to (--seal).',
    ],
  },
  recovered: {
    causes: ['The call timed out at the client and was stored all the same.'],
    todo: ['Nothing is wrong. Know that a timeout says nothing about the outcome.'],
  },
  'expired-unread': {
    causes: ['The readers began later than the retention of the stream allows.'],
    todo: ['Raise the retention, or begin reading earlier.'],
  },
  'counter-gap': {
    causes: [
      'The producer looked at the error of the call only, and not at its entries (aws-sdk-go#1003): FailedRecordCount was not 0.',
      'It gave up after its last retry, or its time to live was over (amazon-kinesis-producer#128).',
      'It never sent the number: an exception in the application, or a buffer that was dropped at exit.',
    ],
    todo: [
      'Check every entry of PutRecords for an ErrorCode, and send those again.',
      'Count what is given up, and raise an alarm.',
      'Flush the producer before the process ends.',
    ],
  },
} as const satisfies Record<string, Causes>;
