import { hash } from 'node:crypto';
import protobuf from 'protobufjs';
import type { PutRecordInput } from '../model/put-fits.ts';
import { recordBytes } from './aggregation-size.ts';

/**
 * The aggregated record of the Kinesis Producer Library: magic, protobuf, MD5 of the protobuf. Source:
 * aggregation-format.md of amazon-kinesis-producer; what a reader takes for a plain record: AggregatorUtil of
 * amazon-kinesis-client.
 */
const magic = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
const md5Bytes = 16;
/** What stands around the protobuf. */
export const aggregateOverheadBytes = magic.length + md5Bytes;

const schema = protobuf
  .parse(
    `syntax = "proto2";
   message AggregatedRecord {
     repeated string partition_key_table = 1;
     repeated string explicit_hash_key_table = 2;
     repeated Record records = 3;
   }
   message Tag { required string key = 1; optional string value = 2; }
   message Record {
     required uint64 partition_key_index = 1;
     optional uint64 explicit_hash_key_index = 2;
     required bytes data = 3;
     repeated Tag tags = 4;
   }`,
    { keepCase: true },
  )
  .root.lookupType('AggregatedRecord');

type Decoded = {
  readonly partition_key_table: readonly string[];
  readonly explicit_hash_key_table: readonly string[];
  readonly records: readonly {
    readonly partition_key_index: unknown;
    readonly explicit_hash_key_index?: unknown;
    readonly data: Uint8Array;
  }[];
};

/** Field number and wire type (2: length, then bytes; 0: a varint), as they stand before a value. */
const tag = {
  key: (1 << 3) | 2,
  hash: (2 << 3) | 2,
  record: (3 << 3) | 2,
  keyIndex: 1 << 3,
  hashIndex: 2 << 3,
  data: (3 << 3) | 2,
};

/**
 * The bytes of one aggregate; keys stand once in their table. Written field by field: the lengths are known
 * beforehand, so that no message is built as objects first.
 */
export const encodeAggregate = (records: readonly PutRecordInput[]): Uint8Array => {
  const keys = new Map<string, number>();
  const hashes = new Map<string, number>();
  const keyIndexes = records.map(({ key }) => indexIn(keys, key));
  const hashIndexes = records.map(({ hash: given }) => (given === undefined ? undefined : indexIn(hashes, given)));
  const writer = protobuf.Writer.create();
  for (const key of keys.keys()) writer.uint32(tag.key).string(key);
  for (const given of hashes.keys()) writer.uint32(tag.hash).string(given);
  for (const [at, { data }] of records.entries()) {
    const keyIndex = keyIndexes[at] ?? 0;
    const hashIndex = hashIndexes[at];
    writer.uint32(tag.record).uint32(recordBytes(keyIndex, hashIndex, data.byteLength));
    writer.uint32(tag.keyIndex).uint32(keyIndex);
    if (hashIndex !== undefined) writer.uint32(tag.hashIndex).uint32(hashIndex);
    writer.uint32(tag.data).bytes(data);
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
 * The user records in their order, or undefined for a plain record: whatever only looks aggregated is one, never an
 * error.
 */
export const decodeAggregate = (data: Uint8Array): readonly PutRecordInput[] | undefined => {
  if (data.byteLength <= aggregateOverheadBytes) return undefined;
  for (let index = 0; index < magic.length; index += 1) if (data[index] !== magic[index]) return undefined;
  const message = data.subarray(magic.length, data.byteLength - md5Bytes);
  const sum = hash('md5', message, 'buffer');
  if (sum.compare(data, data.byteLength - md5Bytes) !== 0) return undefined;
  try {
    const records = userRecords(schema.decode(message) as unknown as Decoded);
    // Without user records nothing would be left of it: what was stored is the record itself.
    return records.length === 0 ? undefined : records;
  } catch {
    return undefined;
  }
};

const userRecords = (decoded: Decoded): readonly PutRecordInput[] =>
  decoded.records.map((record) => {
    const hashIndex = Object.hasOwn(record, 'explicit_hash_key_index') ? record.explicit_hash_key_index : undefined;
    const key = at(decoded.partition_key_table, record.partition_key_index);
    if (hashIndex === undefined) return { key, data: record.data };
    return { key, data: record.data, hash: at(decoded.explicit_hash_key_table, hashIndex) };
  });

/** An index that its table does not have makes the whole a plain record. */
const at = (table: readonly string[], index: unknown): string => {
  const found = table[Number(index)];
  if (found === undefined) throw new RangeError('no such entry in the key table');
  return found;
};
