import { createHash } from 'node:crypto';
import protobuf from 'protobufjs';
import type { PutRecordInput } from '../model/put-fits.ts';

/**
 * The user records of a KPL aggregate, read field by field; undefined for a plain record. The laws' own reading, so
 * that they do not trust the code that they test. Source: aggregation-format.md of amazon-kinesis-producer: magic,
 * protobuf, MD5 of the protobuf.
 */
export const kplRecords = (data: Uint8Array): readonly PutRecordInput[] | undefined => {
  if (data.byteLength < 20 || !Buffer.from(data.subarray(0, 4)).equals(magic)) return undefined;
  const message = data.subarray(4, data.byteLength - 16);
  if (
    !createHash('md5')
      .update(message)
      .digest()
      .equals(data.subarray(data.byteLength - 16))
  )
    return undefined;
  try {
    return usersOf(message);
  } catch {
    return undefined;
  }
};

const magic = Buffer.from('f3899ac2', 'hex');

const usersOf = (message: Uint8Array): readonly PutRecordInput[] => {
  const keys: string[] = [];
  const hashes: string[] = [];
  const records: Uint8Array[] = [];
  eachField(message, (field, reader) => {
    if (field === 1) keys.push(reader.string());
    else if (field === 2) hashes.push(reader.string());
    else if (field === 3) records.push(reader.bytes());
    else return false;
    return true;
  });
  return records.map((record) => userOf(record, keys, hashes));
};

const userOf = (bytes: Uint8Array, keys: readonly string[], hashes: readonly string[]): PutRecordInput => {
  let key: string | undefined;
  let hash: string | undefined;
  let data: Uint8Array | undefined;
  eachField(bytes, (field, reader) => {
    if (field === 1) key = entryOf(keys, reader.uint32());
    else if (field === 2) hash = entryOf(hashes, reader.uint32());
    else if (field === 3) data = reader.bytes();
    else return false;
    return true;
  });
  if (key === undefined || data === undefined) throw new RangeError('a user record without key or data');
  return hash === undefined ? { key, data } : { key, data, hash };
};

const entryOf = (table: readonly string[], index: number): string => {
  const found = table[index];
  if (found === undefined) throw new RangeError(`no entry ${index} in a table of ${table.length}`);
  return found;
};

/** Every field of a message, in its order; one that `take` does not know is passed over. */
const eachField = (bytes: Uint8Array, take: (field: number, reader: protobuf.Reader) => boolean): void => {
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (!take(tag >>> 3, reader)) reader.skipType(tag & 7);
  }
};
