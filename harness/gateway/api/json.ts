import { isJsonBuffer } from '../../model/answer-fields.ts';
import type { Protocol, Shape } from './protocol.ts';

/**
 * AWS JSON 1.1: blobs are base64, timestamps are seconds. The Kinesis API has one blob, `Data`, and its timestamps
 * end in `Timestamp`.
 */
export const jsonProtocol: Protocol = {
  contentType: 'application/x-amz-json-1.1',
  decode: (body) => {
    if (body.length === 0) return {};
    try {
      const value: unknown = JSON.parse(body.toString('utf8'));
      return isObject(value) ? revive(value) : undefined;
    } catch {
      return undefined;
    }
  },
  encode: (shape) => Buffer.from(JSON.stringify(plain(shape))),
  streamName: (body) => {
    const found = lastFields.exec(body.toString('latin1', Math.max(0, body.length - lastBytesMax)));
    return (found ?? firstField.exec(body.toString('latin1', 0, nameBytesMax)))?.[1];
  },
};

/** Kinesis limits: a stream name has at most 128 characters, a key at most 256. */
const nameBytesMax = 160;
const lastBytesMax = 640;
/**
 * Clients write StreamName first or last. boto3 writes it first. The SDKs for JS and Go write it last in PutRecords;
 * in PutRecord, the SDK for JS writes it before the key. A match at either end of the body is always a top-level
 * field, because quotes inside a string are escaped. If both ends match, the last one counts, as in JSON.parse.
 */
const lastFields =
  /(?<!\\)"StreamName"\s*:\s*"([\w.-]+)"(?:\s*,\s*"(?:PartitionKey|ExplicitHashKey|SequenceNumberForOrdering)"\s*:\s*"[^"\\]*")*\s*\}\s*$/;
const firstField = /^\s*\{\s*"StreamName"\s*:\s*"([\w.-]+)"/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Changes the object in place: JSON.parse has just made it, and nothing else refers to it. */
const revive = (shape: Record<string, unknown>): Shape => {
  for (const name in shape) {
    const value = shape[name];
    if (typeof value === 'string') {
      if (name === 'Data') shape[name] = Buffer.from(value, 'base64');
    } else if (typeof value === 'number') {
      if (name.endsWith('Timestamp')) shape[name] = new Date(value * 1000);
    } else if (Array.isArray(value)) {
      for (const item of value) if (isObject(item)) revive(item);
    } else if (name === 'Data' && isJsonBuffer(value)) shape[name] = Buffer.from(value.data);
    else if (isObject(value)) revive(value);
  }
  return shape;
};

const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, plain(of)]));
};
