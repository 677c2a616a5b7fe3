import { hash } from 'node:crypto';
import { digestOf } from '../model/digest.ts';
import type { PutApi, PutPart } from '../model/event.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';
import { decodeAggregate } from '../workload/aggregation.ts';
import type { ApiCall } from './call.ts';
import { bytesIn, textIn } from './stream-ref.ts';

/**
 * One record as the client sent it: a Kinesis record, or a user record of an aggregate, with the index of its part and
 * its place inside it.
 */
export type SentRecord = {
  readonly key: string;
  readonly data: Uint8Array;
  readonly digest: string;
  readonly hash?: string;
  readonly after?: string;
  readonly part?: number;
  /** Only of an aggregate. */
  readonly sub?: number;
};

export type PutCall = {
  readonly api: PutApi;
  readonly records: readonly SentRecord[];
  /** Where at least one record is an aggregate: the Kinesis records of the call. */
  readonly parts?: readonly PutPart[];
  /** Kinesis records of the call. */
  readonly count: number;
};

export const isPut = (operation: string): operation is PutApi =>
  operation === 'PutRecord' || operation === 'PutRecords';

type Fields = Readonly<Record<string, unknown>>;
type Outer = { readonly key: string; readonly data: Uint8Array; readonly hash?: string; readonly after?: string };

/** Undefined for a body that could not be read, or is no put that an engine would take: its answer will say so. */
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
  if (fields === null || key === undefined || data === undefined) return undefined;
  const hashKey = textIn(fields, 'ExplicitHashKey');
  const after = textIn(fields, 'SequenceNumberForOrdering');
  if (hashKey === undefined && after === undefined) return { key, data };
  return {
    key,
    data,
    // What is no number is refused by the engine, and would make the history unreadable.
    ...(isSequenceNumber(hashKey) ? { hash: hashKey } : {}),
    ...(isSequenceNumber(after) ? { after } : {}),
  };
};

const recordsOf = (outers: readonly Outer[]): Pick<PutCall, 'records' | 'parts'> => {
  const aggregates = outers.map(({ data }) => decodeAggregate(data));
  if (aggregates.every(isNothing)) return { records: outers.map(plain) };
  return {
    parts: outers.map(({ key, hash: hashKey }) => (hashKey === undefined ? { key } : { key, hash: hashKey })),
    records: outers.flatMap((outer, part): readonly SentRecord[] => {
      const users = aggregates[part];
      if (users === undefined) return [{ ...plain(outer), part }];
      return users.map((user, sub) => ({ ...user, digest: digestOf(user.data), part, sub }));
    }),
  };
};

const isNothing = (value: unknown): boolean => value === undefined;

/** Thousands a second, most of them with neither: copying what is not there would cost as much as the digest. */
const plain = (outer: Outer): SentRecord => {
  const { key, data, hash: hashKey, after } = outer;
  const digest = digestOf(data);
  return hashKey === undefined && after === undefined ? { key, data, digest } : { ...outer, digest };
};

/** What tells records of one content: their partition key and the bytes. */
export const contentOf = ({ key, digest }: Pick<SentRecord, 'key' | 'digest'>): string => `${digest}${key}`;

/** One short text for the contents of a whole call. */
export const contentOfAll = (contents: readonly string[]): string => {
  let all = '';
  for (const content of contents) all += `${content.length}:${content}`;
  return hash('sha256', all, 'base64');
};
