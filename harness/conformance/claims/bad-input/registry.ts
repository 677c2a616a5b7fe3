import type { Claim } from '../../claim.ts';
import { aDeletedStreamIsGone } from './a-deleted-stream-is-gone.ts';
import { createAStreamTwice } from './create-a-stream-twice.ts';
import { deleteNoStream } from './delete-no-stream.ts';
import { explicitHashKeyNotANumber } from './explicit-hash-key-not-a-number.ts';
import { getRecordsWithAMadeUpIterator } from './get-records-with-a-made-up-iterator.ts';
import { iteratorSequenceNumberNotANumber } from './iterator-sequence-number-not-a-number.ts';
import { iteratorWithoutSequenceNumber } from './iterator-without-sequence-number.ts';
import { listShardsNameWithToken } from './list-shards-name-with-token.ts';
import { listShardsWithAMadeUpToken } from './list-shards-with-a-made-up-token.ts';
import { orderingNumberNotANumber } from './ordering-number-not-a-number.ts';
import { putRecordToNoStream } from './put-record-to-no-stream.ts';
import { putRecordWithEmptyKey } from './put-record-with-empty-key.ts';
import { putRecordWithoutData } from './put-record-without-data.ts';
import { putRecordWithoutKey } from './put-record-without-key.ts';
import { putRecordWithoutStream } from './put-record-without-stream.ts';
import { putRecordsWithOneBadEntry } from './put-records-with-one-bad-entry.ts';
import { putRecordsWithoutRecords } from './put-records-without-records.ts';
import { readFromNoStream } from './read-from-no-stream.ts';
import { unknownIteratorType } from './unknown-iterator-type.ts';
import { unknownShard } from './unknown-shard.ts';

export const badInputClaims = {
  'a-deleted-stream-is-gone': aDeletedStreamIsGone,
  'create-a-stream-twice': createAStreamTwice,
  'delete-no-stream': deleteNoStream,
  'explicit-hash-key-not-a-number': explicitHashKeyNotANumber,
  'get-records-with-a-made-up-iterator': getRecordsWithAMadeUpIterator,
  'iterator-sequence-number-not-a-number': iteratorSequenceNumberNotANumber,
  'iterator-without-sequence-number': iteratorWithoutSequenceNumber,
  'list-shards-name-with-token': listShardsNameWithToken,
  'list-shards-with-a-made-up-token': listShardsWithAMadeUpToken,
  'ordering-number-not-a-number': orderingNumberNotANumber,
  'put-record-to-no-stream': putRecordToNoStream,
  'put-record-with-empty-key': putRecordWithEmptyKey,
  'put-record-without-data': putRecordWithoutData,
  'put-record-without-key': putRecordWithoutKey,
  'put-record-without-stream': putRecordWithoutStream,
  'put-records-with-one-bad-entry': putRecordsWithOneBadEntry,
  'put-records-without-records': putRecordsWithoutRecords,
  'read-from-no-stream': readFromNoStream,
  'unknown-iterator-type': unknownIteratorType,
  'unknown-shard': unknownShard,
} as const satisfies Record<string, Claim>;
