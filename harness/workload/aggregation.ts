import { hash } from 'node:crypto';
import { PbfReader, PbfWriter } from 'pbf';
import type { PutRecordInput } from '../model/put-fits.ts';
import { recordBytes } from './aggregation-size.ts';

/**
 * The aggregated record of the Kinesis Producer Library: magic, protobuf, MD5 of the protobuf. Source:
 * aggregation-format.md of amazon-kinesis-producer. What counts as a plain record is as in AggregatorUtil of
 * amazon-kinesis-client.
 */
const magic = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
const md5Bytes = 16;
/** The bytes around the protobuf. */
export const aggregateOverheadBytes = magic.length + md5Bytes;

/**
 * Fields of AggregatedRecord: key, hash, record. Fields of Record: keyIndex, hashIndex, data. Wire types: a varint; a
 * length followed by bytes.
 */
const field = { key: 1, hash: 2, record: 3, keyIndex: 1, hashIndex: 2, data: 3 } as const;
const wire = { varint: 0, bytes: 2 } as const;

/**
 * Returns the bytes of one aggregate; each key is in its table once. It is written field by field without message
 * objects, because all lengths are known beforehand.
 */
export const encodeAggregate = (records: readonly PutRecordInput[]): Uint8Array => {
  const keys = new Map<string, number>();
  const hashes = new Map<string, number>();
  const keyIndexes = records.map(({ key }) => indexIn(keys, key));
  const hashIndexes = records.map(({ hash: given }) => (given === undefined ? undefined : indexIn(hashes, given)));
  const writer = new PbfWriter();
  for (const key of keys.keys()) writer.writeBytesField(field.key, Buffer.from(key));
  for (const given of hashes.keys()) writer.writeBytesField(field.hash, Buffer.from(given));
  for (const [at, { data }] of records.entries()) {
    const keyIndex = keyIndexes[at] ?? 0;
    const hashIndex = hashIndexes[at];
    writer.writeTag(field.record, wire.bytes);
    writer.writeVarint(recordBytes(keyIndex, hashIndex, data.byteLength));
    writer.writeVarintField(field.keyIndex, keyIndex);
    if (hashIndex !== undefined) writer.writeVarintField(field.hashIndex, hashIndex);
    writer.writeBytesField(field.data, data);
  }
  const message = writer.finish();
  return Buffer.concat([magic, message, hash('md5', message, 'buffer')]);
};

const indexIn = (table: Map<string, number>, text: string): number => {
  const found = table.get(text);
  if (found !== undefined) return found;
  table.set(text, table.size);
  return table.size - 1;
};

/**
 * Returns the user records in their order, or undefined for a plain record. Bytes that only look aggregated are a
 * plain record, never an error.
 */
export const decodeAggregate = (data: Uint8Array): readonly PutRecordInput[] | undefined => {
  if (data.byteLength <= aggregateOverheadBytes) return undefined;
  for (let index = 0; index < magic.length; index += 1) if (data[index] !== magic[index]) return undefined;
  const message = data.subarray(magic.length, data.byteLength - md5Bytes);
  const sum = hash('md5', message, 'buffer');
  if (sum.compare(data, data.byteLength - md5Bytes) !== 0) return undefined;
  try {
    const records = userRecords(message);
    // An aggregate without user records would vanish, so its stored record counts as a plain one.
    return records.length === 0 ? undefined : records;
  } catch {
    return undefined;
  }
};

const userRecords = (message: Uint8Array): readonly PutRecordInput[] => {
  const keys: string[] = [];
  const hashes: string[] = [];
  const records: Uint8Array[] = [];
  eachField(message, (number, reader) => {
    if (reader.type !== wire.bytes) return;
    if (number === field.key) keys.push(textOf(reader));
    else if (number === field.hash) hashes.push(textOf(reader));
    else if (number === field.record) records.push(reader.readBytes());
  });
  return records.map((record) => userRecord(record, keys, hashes));
};

/** pbf's own text writer is not used: pbf 5.1.2 corrupts characters above U+1FFFF. */
const textOf = (reader: PbfReader): string => Buffer.from(reader.readBytes()).toString('utf8');

const userRecord = (bytes: Uint8Array, keys: readonly string[], hashes: readonly string[]): PutRecordInput => {
  let keyIndex: number | undefined;
  let hashIndex: number | undefined;
  let data: Uint8Array | undefined;
  eachField(bytes, (number, reader) => {
    if (number === field.data && reader.type === wire.bytes) data = reader.readBytes();
    else if (reader.type !== wire.varint) return;
    else if (number === field.keyIndex) keyIndex = reader.readVarint();
    else if (number === field.hashIndex) hashIndex = reader.readVarint();
  });
  if (keyIndex === undefined || data === undefined) throw new RangeError('a user record without key or data');
  const key = at(keys, keyIndex);
  return hashIndex === undefined ? { key, data } : { key, data, hash: at(hashes, hashIndex) };
};

/**
 * Gives every field to `take`, in order, and skips what `take` leaves unread. Throws if the message ends inside a
 * field.
 */
const eachField = (bytes: Uint8Array, take: (number: number, reader: PbfReader) => void): void => {
  const reader = new PbfReader(bytes);
  for (let number = reader.nextField(); number > 0; number = reader.nextField()) take(number, reader);
  if (reader.pos !== reader.length) throw new RangeError('a message that ends in the middle of a field');
};

/** Throws for an index beyond its table, which makes all bytes a plain record. */
const at = (table: readonly string[], index: number): string => {
  const found = table[index];
  if (found === undefined) throw new RangeError('no such entry in the key table');
  return found;
};
