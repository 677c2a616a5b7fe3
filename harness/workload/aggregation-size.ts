import type { PutRecordInput } from '../model/put-fits.ts';

/**
 * Returns the bytes of a `Record` message without its own tag and length: the fields before its data, and the data.
 * All tags of the format take one byte.
 */
export const recordBytes = (keyIndex: number, hashIndex: number | undefined, dataBytes: number): number =>
  1 + varintBytes(keyIndex) + (hashIndex === undefined ? 0 : 1 + varintBytes(hashIndex)) + fieldBytes(dataBytes);

/**
 * Returns the exact bytes that a user record adds to an aggregate, without encoding it. The tables hold the keys that
 * the aggregate already has.
 */
export const addedBytes = (
  { key, hash, data }: PutRecordInput,
  keys: ReadonlyMap<string, number>,
  hashes: ReadonlyMap<string, number>,
): number => {
  let table = 0;
  const keyIndex = keys.get(key);
  const hashIndex = hash === undefined ? undefined : (hashes.get(hash) ?? hashes.size);
  if (keyIndex === undefined) table += fieldBytes(Buffer.byteLength(key));
  if (hash !== undefined && hashIndex === hashes.size) table += fieldBytes(hash.length);
  return table + fieldBytes(recordBytes(keyIndex ?? keys.size, hashIndex, data.byteLength));
};

/** Tag, length and content. */
const fieldBytes = (length: number): number => 1 + varintBytes(length) + length;

const varintBytes = (value: number): number => {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
};
