import type { GetRecordsCommandOutput, _Record as KinesisRecord } from '@aws-sdk/client-kinesis';
import { childFields, isJsonBuffer, pageFields, recordFields, wrongField, wrongItem } from '../model/answer-fields.ts';
import type { Page, RawRecord, ReadFailure } from './kinesis.ts';
import { failureOf } from './put-outcome.ts';

export const pageOf = (output: GetRecordsCommandOutput): Page | ReadFailure => {
  const wrong = wrongPage(output);
  if (wrong !== undefined) return malformed(`GetRecords: ${wrong}`);
  const { Records = [], NextShardIterator: next, MillisBehindLatest: behind, ChildShards: children } = output;
  return {
    ok: true,
    records: Records.map(rawRecord),
    ...(next === undefined || next === null ? {} : { next }),
    ...(behind === undefined || behind === null ? {} : { behind }),
    ...(children === undefined || children === null ? {} : { children: children.map(({ ShardId }) => ShardId ?? '') }),
  };
};

/**
 * Says what is wrong with a page; undefined if it is valid. Without this check, an empty answer without a next
 * iterator would look like the end of a shard.
 */
const wrongPage = (output: GetRecordsCommandOutput): string | undefined =>
  wrongField(output, pageFields) ??
  wrongItem('Records', output.Records ?? [], recordFields) ??
  wrongItem('ChildShards', output.ChildShards ?? [], childFields);

export const rawRecord = ({
  SequenceNumber = '',
  PartitionKey,
  Data,
  ApproximateArrivalTimestamp: arrival,
}: KinesisRecord): RawRecord => ({
  seq: SequenceNumber,
  key: PartitionKey ?? undefined,
  data: isJsonBuffer(Data) ? Uint8Array.from(Data.data) : (Data ?? new Uint8Array()),
  ...(arrival instanceof Date && !Number.isNaN(arrival.getTime()) ? { arrival: arrival.getTime() } : {}),
});

export const malformed = (message: string): ReadFailure => ({ ok: false, error: 'MalformedResponse', message });

export const readFailure = (call: string, thrown: unknown): ReadFailure => {
  const { error, message } = failureOf(call, thrown);
  return { ok: false, error, ...(message === undefined ? {} : { message }) };
};
