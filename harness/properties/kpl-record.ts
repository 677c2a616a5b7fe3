import { createHash } from 'node:crypto';
import { PbfReader } from 'pbf';
import type { PutRecordInput } from '../model/put-fits.ts';

/**
 * The user records of a KPL aggregate, read field by field; undefined for a plain record. The laws have their own
 * decoder, so that they do not trust the code under test. Source: aggregation-format.md of amazon-kinesis-producer:
 * magic, protobuf, MD5 of the protobuf.
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
    if (field === 1) keys.push(Buffer.from(reader.readBytes()).toString('utf8'));
    else if (field === 2) hashes.push(Buffer.from(reader.readBytes()).toString('utf8'));
    else if (field === 3) records.push(reader.readBytes());
  });
  return records.map((record) => userOf(record, keys, hashes));
};

const userOf = (bytes: Uint8Array, keys: readonly string[], hashes: readonly string[]): PutRecordInput => {
  let key: string | undefined;
  let hash: string | undefined;
  let data: Uint8Array | undefined;
  eachField(bytes, (field, reader) => {
    if (field === 1) key = entryOf(keys, reader.readVarint());
    else if (field === 2) hash = entryOf(hashes, reader.readVarint());
    else if (field === 3) data = reader.readBytes();
  });
  if (key === undefined || data === undefined) throw new RangeError('a user record without key or data');
  return hash === undefined ? { key, data } : { key, data, hash };
};

const entryOf = (table: readonly string[], index: number): string => {
  const found = table[index];
  if (found === undefined) throw new RangeError(`no entry ${index} in a table of ${table.length}`);
  return found;
};

/** Calls `take` with every field of a message, in order. Fields that `take` does not read are skipped. */
const eachField = (bytes: Uint8Array, take: (field: number, reader: PbfReader) => void): void => {
  const reader = new PbfReader(bytes);
  for (let field = reader.nextField(); field > 0; field = reader.nextField()) take(field, reader);
  if (reader.pos !== reader.length) throw new RangeError('a message that ends in the middle of a field');
};
