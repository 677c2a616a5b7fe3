import type { Claim } from '../../claim.ts';
import { aRecordIsNeverModified } from './a-record-is-never-modified.ts';
import { arrivalTimestampHasMilliseconds } from './arrival-timestamp-has-milliseconds.ts';
import { arrivalTimestampIsSet } from './arrival-timestamp-is-set.ts';
import { concurrentPutsAreAllStored } from './concurrent-puts-are-all-stored.ts';
import { dataIsUnchanged } from './data-is-unchanged.ts';
import { dryRunStoresNothing } from './dry-run-stores-nothing.ts';
import { emptyDataIsARecord } from './empty-data-is-a-record.ts';
import { encryptionShowsInTheAnswer } from './encryption-shows-in-the-answer.ts';
import { explicitHashKeyInPutRecords } from './explicit-hash-key-in-put-records.ts';
import { explicitHashKeyOverridesTheKey } from './explicit-hash-key-overrides-the-key.ts';
import { failedRecordCount } from './failed-record-count.ts';
import { partitionKeyComesBack } from './partition-key-comes-back.ts';
import { partitionKeyIsHashedByMd5 } from './partition-key-is-hashed-by-md5.ts';
import { putRecordAnswersItsPlace } from './put-record-answers-its-place.ts';
import { putRecordsAnswersAsMany } from './put-records-answers-as-many.ts';
import { putRecordsAnswersEachEntry } from './put-records-answers-each-entry.ts';
import { putRecordsNaturalOrder } from './put-records-natural-order.ts';
import { putRecordsRoutesEachEntry } from './put-records-routes-each-entry.ts';
import { sequenceNumberForOrdering } from './sequence-number-for-ordering.ts';
import { sequenceNumberShape } from './sequence-number-shape.ts';
import { sequenceNumbersAreUnique } from './sequence-numbers-are-unique.ts';
import { sequenceNumbersIncrease } from './sequence-numbers-increase.ts';
import { streamArnInPlaceOfTheName } from './stream-arn-in-place-of-the-name.ts';

export const writesClaims = {
  'a-record-is-never-modified': aRecordIsNeverModified,
  'arrival-timestamp-has-milliseconds': arrivalTimestampHasMilliseconds,
  'arrival-timestamp-is-set': arrivalTimestampIsSet,
  'concurrent-puts-are-all-stored': concurrentPutsAreAllStored,
  'data-is-unchanged': dataIsUnchanged,
  'dry-run-stores-nothing': dryRunStoresNothing,
  'empty-data-is-a-record': emptyDataIsARecord,
  'encryption-shows-in-the-answer': encryptionShowsInTheAnswer,
  'explicit-hash-key-in-put-records': explicitHashKeyInPutRecords,
  'explicit-hash-key-overrides-the-key': explicitHashKeyOverridesTheKey,
  'failed-record-count': failedRecordCount,
  'partition-key-comes-back': partitionKeyComesBack,
  'partition-key-is-hashed-by-md5': partitionKeyIsHashedByMd5,
  'put-record-answers-its-place': putRecordAnswersItsPlace,
  'put-records-answers-as-many': putRecordsAnswersAsMany,
  'put-records-answers-each-entry': putRecordsAnswersEachEntry,
  'put-records-natural-order': putRecordsNaturalOrder,
  'put-records-routes-each-entry': putRecordsRoutesEachEntry,
  'sequence-number-for-ordering': sequenceNumberForOrdering,
  'sequence-number-shape': sequenceNumberShape,
  'sequence-numbers-are-unique': sequenceNumbersAreUnique,
  'sequence-numbers-increase': sequenceNumbersIncrease,
  'stream-arn-in-place-of-the-name': streamArnInPlaceOfTheName,
} as const satisfies Record<string, Claim>;
