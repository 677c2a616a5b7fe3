import type { PutFact, ReadFact } from './fact.ts';

/** The identity of a record. */
export type Who = {
  readonly key: string | undefined;
  readonly flow: string | undefined;
  readonly counter: number | undefined;
  readonly producer: string | undefined;
  readonly digest: string | undefined;
  readonly bytes: number | undefined;
};

/** The values of a row, one per field. */
export type RowParts = Who & Omit<ReadFact, 'kind' | 'n' | 'isRestart'>;

/** `arrival` is in microseconds, like the other times. */
export const factOf = (parts: RowParts): ReadFact => {
  const { time, reader, worker, shard, seq, sub, key, flow, counter, producer, digest, bytes, arrival } = parts;
  const { file, line } = parts;
  const isKeyed = key !== undefined || flow !== undefined;
  return {
    kind: 'read',
    time,
    reader,
    worker,
    shard,
    seq,
    sub,
    key,
    flow: flow === key ? undefined : flow,
    n: isKeyed ? counter : undefined,
    producer,
    digest,
    bytes,
    arrival: arrival === undefined ? undefined : arrival / 1000,
    file,
    line,
  };
};

export const putOf = (read: ReadFact, error: unknown, api: unknown): PutFact => {
  const known = api === 'PutRecord' || api === 'PutRecords' ? api : undefined;
  return { ...read, kind: 'put', error: textOf(error), api: known };
};

/** Usual names of a put's error. */
export const errorFields = ['error', 'errorCode', 'error_code', 'ErrorCode', 'exception'];

export const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

/** `3` means shardId-000000000003. */
export const shardName = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text !== undefined && text.length < 12 && /^\d+$/.test(text) ? `shardId-${text.padStart(12, '0')}` : text;
};
