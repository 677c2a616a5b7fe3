import { cut } from '../lib/cut.ts';
import { HarnessError } from '../lib/error.ts';
import { hashKeyMax, hashKeyWords } from './hash-key.ts';
import type { Limits } from './limits.ts';

/** A record on its way to PutRecords: partition key, data before base64, ExplicitHashKey. */
export type PutRecordInput = { readonly key: string; readonly data: Uint8Array; readonly hash?: string };

/**
 * Bytes that count against a record's and a request's limit: data plus the key in UTF-8. Source: AWS API reference,
 * PutRecords.
 */
export const sizeOf = ({ key, data }: PutRecordInput): number => data.byteLength + utf8Length(key);

/** Short keys are mostly ASCII: counted here, without a call into the runtime. */
const utf8Length = (text: string): number => {
  if (text.length > 64) return Buffer.byteLength(text);
  for (let index = 0; index < text.length; index += 1)
    if (text.charCodeAt(index) > 0x7f) return Buffer.byteLength(text);
  return text.length;
};

/** Why a record can never be sent, whatever it is; undefined where it can. */
export const unsendable = (record: PutRecordInput, limits: Limits): HarnessError | undefined =>
  malformed(record) ?? refusalOf(record, sizeOf(record), limits);

/** Why a record can never be sent, naming record and limit; undefined where it can. */
export const refusalOf = (record: PutRecordInput, size: number, limits: Limits): HarnessError | undefined => {
  const { key, hash } = record;
  const most = Math.min(limits.recordBytes, limits.requestBytes);
  if (size > most) return refusal(record, `${size} bytes with its key, the limit is ${most} (${nameOf(most, limits)})`);
  if (key.length === 0) return refusal(record, 'a partition key has at least 1 character');
  if (key.length > limits.keyCharacters)
    return refusal(
      record,
      `a partition key of ${key.length} characters, the limit is ${limits.keyCharacters} (keyCharacters)`,
    );
  if (hash !== undefined && !isHashKey(hash))
    return refusal(record, `explicit hash key ${JSON.stringify(hash)} is not ${hashKeyWords}`);
  return undefined;
};

/**
 * Why a record from code without types is malformed: no key, data that is not bytes, or a hash key that is no text.
 * Undefined if it is well-formed.
 */
export const malformed = (record: unknown): HarnessError | undefined => {
  const { key, data, hash } = (record ?? {}) as Readonly<Partial<Record<keyof PutRecordInput, unknown>>>;
  if (typeof key !== 'string') return new HarnessError('usage', `record without a partition key: key is ${typeof key}`);
  if (!(data instanceof Uint8Array))
    return new HarnessError('usage', `record ${named(key)}: data is ${typeof data}, not bytes`);
  if (hash !== undefined && typeof hash !== 'string')
    return new HarnessError(
      'usage',
      `record ${named(key)}: explicit hash key is ${typeof hash}, not decimal digits in a text`,
    );
  return undefined;
};

const nameOf = (most: number, { recordBytes }: Limits): string =>
  most === recordBytes ? 'recordBytes' : 'requestBytes';

const refusal = ({ key }: PutRecordInput, what: string): HarnessError =>
  new HarnessError('usage', `record ${named(key)}: ${what}`, {
    hint: 'it was not sent; the other records were',
  });

const named = (key: string): string => JSON.stringify(key.length > keyShownMax ? `${cut(key, keyShownMax)}…` : key);
const keyShownMax = 300;

const isHashKey = (text: string): boolean => /^(0|[1-9]\d{0,38})$/.test(text) && BigInt(text) <= hashKeyMax;
