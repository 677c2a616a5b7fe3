import { digestOf } from '../model/digest.ts';
import type { ReadRecord } from '../model/event.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';
import { decodeAggregate } from '../workload/aggregation.ts';
import type { RecordId, RecordIds } from './record-ids.ts';
import { bytesIn, textIn } from './stream-ref.ts';

/** A record as an engine gave it out. */
export type GivenRecord = {
  readonly seq: string;
  readonly key: string;
  readonly data: Uint8Array;
  /** ApproximateArrivalTimestamp, Unix milliseconds. */
  readonly arrival?: number;
};

/** Undefined where the answer is no list of records with sequence numbers: it is written as a failed read. */
export const givenRecords = (list: unknown): readonly GivenRecord[] | undefined => {
  if (!Array.isArray(list)) return undefined;
  const given = list.map((item: unknown) => givenRecord(item as Readonly<Record<string, unknown>> | null));
  return given.every((record) => record !== undefined) ? given : undefined;
};

const givenRecord = (fields: Readonly<Record<string, unknown>> | null): GivenRecord | undefined => {
  const seq = textIn(fields ?? {}, 'SequenceNumber');
  if (fields === null || !isSequenceNumber(seq)) return undefined;
  const { ApproximateArrivalTimestamp: arrival } = fields;
  return {
    seq,
    key: textIn(fields, 'PartitionKey') ?? '',
    data: bytesIn(fields, 'Data') ?? new Uint8Array(),
    ...(arrival instanceof Date && !Number.isNaN(arrival.getTime()) ? { arrival: arrival.getTime() } : {}),
  };
};

/**
 * Records as the history holds them: digests in place of payloads, user records in place of aggregates (whatever only
 * looks like one is a record like any other), each with the identity that `ids` gives it. `wait`: one of them may
 * belong to a put that has no answer yet.
 */
export const readRecords = (
  shard: string,
  given: readonly GivenRecord[],
  read: RecordIds['read'],
): readonly ReadRecord[] | 'wait' => {
  const records: ReadRecord[] = [];
  for (const record of given) {
    const users = decodeAggregate(record.data);
    const whole = users === undefined ? [{ key: record.key, data: record.data }] : users;
    for (const [index, { key, data }] of whole.entries()) {
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
  key,
  ...id,
  digest,
  bytes: data.byteLength,
  ...(arrival === undefined ? {} : { arrival }),
});
