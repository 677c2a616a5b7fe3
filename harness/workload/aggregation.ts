import { createHash } from 'node:crypto';
import protobuf from 'protobufjs';
import type { PutRecordInput } from '../model/put-fits.ts';

/**
 * The aggregated record of the Kinesis Producer Library: magic, protobuf, MD5 of the protobuf. Source: aggregation-format.md of amazon-kinesis-producer; what a reader
 * takes for a plain record: AggregatorUtil of amazon-kinesis-client.
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

/** The bytes of one aggregate; keys stand once in their table. */
export const encodeAggregate = (records: readonly PutRecordInput[]): Uint8Array => {
  const keys = new Map<string, number>();
  const hashes = new Map<string, number>();
  const message = schema
    .encode({
      records: records.map(({ key, hash, data }) => ({
        partition_key_index: indexIn(keys, key),
        ...(hash === undefined ? {} : { explicit_hash_key_index: indexIn(hashes, hash) }),
        data,
      })),
      partition_key_table: [...keys.keys()],
      explicit_hash_key_table: [...hashes.keys()],
    })
    .finish();
  return Buffer.concat([magic, message, createHash('md5').update(message).digest()]);
};

const indexIn = (table: Map<string, number>, text: string): number => {
  const found = table.get(text);
  if (found !== undefined) return found;
  table.set(text, table.size);
  return table.size - 1;
};

/** The user records in their order, or undefined for a plain record: whatever only looks aggregated is one, never an error. */
export const decodeAggregate = (data: Uint8Array): readonly PutRecordInput[] | undefined => {
  if (data.byteLength <= aggregateOverheadBytes) return undefined;
  for (let index = 0; index < magic.length; index += 1) if (data[index] !== magic[index]) return undefined;
  const message = data.subarray(magic.length, data.byteLength - md5Bytes);
  const sum = createHash('md5').update(message).digest();
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
