import { textIn } from '../lib/text-in.ts';
import { recordFields, wrongField, wrongItem } from '../model/answer-fields.ts';
import { digestOf } from '../model/digest.ts';
import type { ReadRecord } from '../model/event.ts';
import { decodeAggregate } from '../workload/aggregation.ts';
import type { RecordId, RecordIds } from './record-ids.ts';
import { bytesIn } from './stream-ref.ts';
import { keyField } from './write-put.ts';

/** A record as an engine returned it. */
export type GivenRecord = {
  readonly seq: string;
  /** PartitionKey. Absent if the stream distributes records itself (AUTO), and the writer gave none. */
  readonly key?: string | undefined;
  readonly data: Uint8Array;
  /** ApproximateArrivalTimestamp, Unix milliseconds. */
  readonly arrival?: number;
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * The records of an answer. A string says what is wrong with an answer that has no valid list of records; it is
 * written as a failed read.
 */
export const givenRecords = (answer: Fields): readonly GivenRecord[] | string => {
  const list = answer['Records'];
  if (!Array.isArray(list)) return wrongField(answer, { Records: 'a list' }) ?? '';
  return wrongItem('Records', list, recordFields) ?? list.map((item: unknown) => givenRecord(item as Fields));
};

const givenRecord = (fields: Fields): GivenRecord => {
  const { ApproximateArrivalTimestamp: arrival } = fields;
  return {
    seq: textIn(fields, 'SequenceNumber') ?? '',
    key: textIn(fields, 'PartitionKey'),
    data: bytesIn(fields, 'Data') ?? new Uint8Array(),
    ...(arrival instanceof Date && !Number.isNaN(arrival.getTime()) ? { arrival: arrival.getTime() } : {}),
  };
};

/**
 * Records as in a history: digests instead of payloads, user records instead of aggregates, each with the identity
 * that `read` gives it. A payload that only looks like an aggregate is an ordinary record. `wait`: one of the records
 * may belong to an unanswered put.
 */
export const readRecords = (
  shard: string,
  given: readonly GivenRecord[],
  read: RecordIds['read'],
): readonly ReadRecord[] | 'wait' => {
  const records: ReadRecord[] = [];
  for (const record of given) {
    const users = decodeAggregate(record.data);
    for (const [index, { key, data }] of (users ?? [record]).entries()) {
      const sub = users === undefined ? undefined : index;
      const digest = digestOf(data);
      const id = read({ shard, seq: record.seq, sub, key, data, digest });
      if (id === 'wait') return id;
      records.push(fieldsOf({ ...record, key, data }, sub, digest, id));
    }
  }
  return records;
};

const fieldsOf = (
  { seq, key, data, arrival }: GivenRecord,
  sub: number | undefined,
  digest: string,
  id: RecordId & { readonly idKey?: string },
): ReadRecord => ({
  seq,
  ...(sub === undefined ? {} : { sub }),
  ...keyField(key),
  ...id,
  digest,
  bytes: data.byteLength,
  ...(arrival === undefined ? {} : { arrival }),
});
