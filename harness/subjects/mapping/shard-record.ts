import type { ReadRecord } from '../../model/event.ts';
import { type GivenRecord, readRecords } from '../../tap/read-records.ts';
import type { RecordIds } from '../../tap/record-ids.ts';
import type { Queued } from './batch.ts';
import { type EventSource, type LambdaRecord, lambdaRecord, recordBytes } from './lambda-event.ts';

/** A Kinesis record, as the handler receives it and as the history has it. */
export type ShardRecord = Queued & {
  readonly key: string;
  readonly event: LambdaRecord;
  /**
   * Its user records: those of an aggregate, or the record itself. A handler that gets the aggregate gets all of them.
   */
  readonly read: readonly ReadRecord[];
};

export const shardRecord = (
  given: GivenRecord,
  shard: string,
  source: EventSource,
  identify: RecordIds['read'],
): ShardRecord => {
  const { seq, key = '', arrival } = given;
  const read = readRecords(shard, [given], identify);
  return {
    seq,
    key,
    arrival,
    bytes: recordBytes(given),
    event: lambdaRecord(given, shard, source),
    read: read === 'wait' ? [] : read,
  };
};
