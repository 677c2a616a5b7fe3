import type { Causes } from './cause.ts';

export const identityCauses = {
  'inconsistent-offsets': {
    causes: [
      'The engine handed one sequence number to two records, often after a restart that lost its last state (kinesis-local with persistence, killed between two saves).',
      'A recorder or an importer mixed lines of two streams or of two runs.',
    ],
    todo: [
      'Compare the request ids of both acknowledgements; on AWS open a support case with them.',
      'On an emulator run the same scenario on another engine, and without a restart.',
    ],
  },
  duplicate: {
    causes: [
      'A call timed out after it was stored, and was sent again (kind retry).',
      'The producer sent a whole batch again although some of its records were stored (kind resend; fluent-bit#6369).',
      'An SDK or a proxy retried without telling the application.',
    ],
    todo: [
      'Make the consumer idempotent: after a retry a second copy is what AWS documents.',
      'For kind resend: send again only the entries that have an ErrorCode.',
      'For kind null, neither retried nor resent: report it to the engine with both sequence numbers.',
    ],
  },
  'seq-collision': {
    causes: [
      'The engine counts per shard, as several emulators do.',
      'A merge or a split began its child at a number of its sibling.',
    ],
    todo: ['Never use a sequence number without its shard as an identity.', 'Compare the engine with another one.'],
  },
  'ack-mismatch': {
    causes: [
      'The engine answers with a number before it stores, and stores under another one.',
      'A proxy or a client library mixed the answers of two calls (kinesis-mock#151 is the case inside one call).',
    ],
    todo: [
      'Do not use the acknowledged number as a checkpoint or as SequenceNumberForOrdering on this engine.',
      'Run the same scenario without the proxy.',
    ],
  },
  corruption: {
    causes: [
      'The payload was encoded twice, or with another charset, on its way.',
      'Threads shared a buffer in the producer (neptune-export#11).',
      'An aggregate was taken apart by a reader with other rules.',
    ],
    todo: [
      'Compare the two digests on the lines that the finding names.',
      'Write one record with one thread; if that holds, look for a shared buffer.',
    ],
  },
  phantom: {
    causes: [
      'Another writer uses the stream.',
      'Records of an earlier run are still retained.',
      'The recording began after the producer did.',
    ],
    todo: [
      'Use a stream of its own, or say that the stream is shared (stream.shared).',
      'Start the recording before the producer.',
    ],
  },
  'aborted-read': {
    causes: [
      'The engine stored an entry and answered with an error for it.',
      'A proxy or a fault answered in the place of the service.',
    ],
    todo: [
      'Treat this error as an unknown outcome on this engine.',
      'Report it with the request id and the error of the answer.',
    ],
  },
  'read-from-the-future': {
    causes: [
      'The clocks of two recorders differ: puts and reads come from two machines.',
      'The put was written down after it had been sent.',
    ],
    todo: [
      'Record both ends with one clock, or set tolerances.clockSkewMs.',
      'Write a put down before the call is sent.',
    ],
  },
  'seq-out-of-range': {
    causes: [
      'The engine declares a range that it does not keep: kinesis-local gives closed shards 2^63 - 1 as their end (kind declared).',
      'A record was stored after its shard was closed; then write-to-closed stands beside it.',
    ],
    todo: [
      'Do not compute with declared ranges on this engine.',
      'Name it as a known deviation of the target, so that it is counted and allowed.',
    ],
  },
  'response-misalignment': {
    causes: [
      'The engine sorts or groups the entries of a call by shard, and answers in that order (kinesis-mock#151).',
      'A client library sorts the results.',
    ],
    todo: [
      'Do not match results to records by their index on this engine: a retry would send the wrong records.',
      'Send single PutRecord calls until it is mended.',
    ],
  },
  'arrival-regression': {
    causes: ['The service stamps arrivals with several clocks.', 'The clock of the engine was set back.'],
    todo: [
      'Never order by ApproximateArrivalTimestamp: use the sequence number.',
      'Keep AT_TIMESTAMP for coarse positions, with a margin.',
    ],
  },
} as const satisfies Record<string, Causes>;
