import { createRequire } from 'node:module';
import type { PutRecordInput } from '../harness/model/put-fits.ts';

/**
 * AWS's own implementation of aggregates for Node.js, as plain functions. Its types need an SDK that is not a
 * dependency.
 */
const other = createRequire(import.meta.url)('aws-kinesis-agg') as {
  readonly RecordAggregator: new () => {
    readonly addUserRecord: (record: TheirRecord) => void;
    readonly build: () => { readonly data: Buffer };
  };
  readonly deaggregateSync: (
    record: { readonly data: string },
    isChecked: boolean,
    done: (error: Error | null | undefined, records: readonly unknown[]) => void,
  ) => void;
};

type TheirRecord = { readonly partitionKey: string; readonly data: Uint8Array };
export const theirRecords = (records: readonly PutRecordInput[]): readonly TheirRecord[] =>
  records.map(({ key, data }) => ({ partitionKey: key, data }));

const fail = (error: Error): never => {
  throw error;
};

/** The bytes of one aggregate. Their `aggregate` is asynchronous; this is what it does inside. */
export const theirEncode = (records: readonly TheirRecord[]): Uint8Array => {
  const aggregator = new other.RecordAggregator();
  for (const record of records) aggregator.addUserRecord(record);
  return aggregator.build().data;
};

/** The number of user records in an aggregate. The checksum is verified, as our decoder always does. */
export const theirDecode = (base64: string): number => {
  let count = 0;
  other.deaggregateSync({ data: base64 }, true, (error, records) => {
    if (error instanceof Error) fail(error);
    count = records.length;
  });
  return count;
};
