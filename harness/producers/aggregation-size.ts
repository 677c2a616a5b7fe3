import type { PutRecordInput } from '../model/put-fits.ts';

/** What a user record adds to an aggregate's protobuf, to the byte, without encoding it. The tables hold what is in the aggregate already. */
export const addedBytes = (
  { key, hash, data }: PutRecordInput,
  keys: ReadonlyMap<string, number>,
  hashes: ReadonlyMap<string, number>,
): number => {
  let table = 0;
  let inner = 1 + varintBytes(keys.get(key) ?? keys.size) + field(data.byteLength);
  if (!keys.has(key)) table += field(Buffer.byteLength(key));
  if (hash !== undefined) {
    inner += 1 + varintBytes(hashes.get(hash) ?? hashes.size);
    if (!hashes.has(hash)) table += field(hash.length);
  }
  return table + field(inner);
};

/** Tag, length and content; all tags of the format take one byte. */
const field = (length: number): number => 1 + varintBytes(length) + length;

const varintBytes = (value: number): number => {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
};
