import { hash } from 'node:crypto';
import { textIn } from '../lib/text-in.ts';
import { digestOf } from '../model/digest.ts';
import type { PutApi, PutPart } from '../model/event.ts';
import { isPut } from '../model/put-api.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';
import { decodeAggregate } from '../workload/aggregation.ts';
import type { ApiCall } from './call.ts';
import { bytesIn } from './stream-ref.ts';
import { keyField } from './write-put.ts';

/**
 * One record as the client sent it: a Kinesis record, or a user record of an aggregate, with the index of its Kinesis
 * record and its index in the aggregate.
 */
export type SentRecord = {
  /** PartitionKey. Optional if the stream distributes records itself (AUTO). */
  readonly key?: string | undefined;
  readonly data: Uint8Array;
  readonly digest: string;
  readonly hash?: string;
  readonly after?: string;
  readonly part?: number;
  /** Only in an aggregate. */
  readonly sub?: number;
};

export type PutCall = {
  readonly api: PutApi;
  readonly records: readonly SentRecord[];
  /** The Kinesis records of the call, if at least one of them is an aggregate. */
  readonly parts?: readonly PutPart[];
  /** The number of Kinesis records in the call. */
  readonly count: number;
};

type Fields = Readonly<Record<string, unknown>>;
type Outer = {
  readonly key?: string | undefined;
  readonly data: Uint8Array;
  readonly hash?: string;
  readonly after?: string;
};

/**
 * The put of a call. undefined for other operations, and for a body that could not be decoded or that no engine would
 * accept as a put; the answer to it will show the error.
 */
export const putCallOf = ({ operation, input }: ApiCall): PutCall | undefined => {
  if (!isPut(operation)) return undefined;
  const raw = operation === 'PutRecord' ? [input] : input['Records'];
  if (!Array.isArray(raw) || raw.length === 0) return undefined;
  const outers = raw.map((fields: unknown) => outerOf(fields as Fields | null));
  if (!outers.every((outer) => outer !== undefined)) return undefined;
  return { api: operation, count: outers.length, ...recordsOf(outers) };
};

const outerOf = (fields: Fields | null): Outer | undefined => {
  const data = bytesIn(fields ?? {}, 'Data');
  const key = textIn(fields ?? {}, 'PartitionKey');
  if (fields === null || data === undefined) return undefined;
  const hashKey = textIn(fields, 'ExplicitHashKey');
  const after = textIn(fields, 'SequenceNumberForOrdering');
  if (hashKey === undefined && after === undefined) return { key, data };
  return {
    key,
    data,
    // A value that is not a number is left out: engines refuse it, and it would make the history invalid.
    ...(isSequenceNumber(hashKey) ? { hash: hashKey } : {}),
    ...(isSequenceNumber(after) ? { after } : {}),
  };
};

const recordsOf = (outers: readonly Outer[]): Pick<PutCall, 'records' | 'parts'> => {
  const aggregates = outers.map(({ data }) => decodeAggregate(data));
  if (aggregates.every(isNothing)) return { records: outers.map(plain) };
  return {
    parts: outers.map(partOf),
    records: outers.flatMap((outer, part): readonly SentRecord[] => {
      const users = aggregates[part];
      if (users === undefined) return [{ ...plain(outer), part }];
      return users.map((user, sub) => ({ ...user, digest: digestOf(user.data), part, sub }));
    }),
  };
};

const partOf = ({ key, hash: hashKey }: Outer): PutPart => ({
  ...keyField(key),
  ...(hashKey === undefined ? {} : { hash: hashKey }),
});

const isNothing = (value: unknown): boolean => value === undefined;

/**
 * A record outside an aggregate. Absent fields are not copied, because that would cost as much as the digest, and most
 * of thousands of records a second have neither field.
 */
const plain = (outer: Outer): SentRecord => {
  const { key, data, hash: hashKey, after } = outer;
  const digest = digestOf(data);
  return hashKey === undefined && after === undefined ? { key, data, digest } : { ...outer, digest };
};

/** The content of a record: its partition key and bytes. */
export const contentOf = ({ key, digest }: Pick<SentRecord, 'key' | 'digest'>): string => `${digest}${key ?? ''}`;

/** One short string (SHA-256, base64) for the contents of a call. */
export const contentOfAll = (contents: readonly string[]): string => {
  let all = '';
  for (const content of contents) all += `${content.length}:${content}`;
  return hash('sha256', all, 'base64');
};
