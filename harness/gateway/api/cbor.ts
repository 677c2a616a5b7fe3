import { cbor, tag } from '@smithy/core/cbor';
import { isJsonBuffer } from '../../model/answer-fields.ts';
import type { Protocol } from './protocol.ts';

export type CborOptions = {
  readonly contentType: string;
  /** How timestamps are encoded: milliseconds (AWS CBOR 1.1), else seconds (Smithy RPC v2). Decoding accepts both. */
  readonly isMillis: boolean;
};

export const cborProtocol = ({ contentType, isMillis }: CborOptions): Protocol => ({
  contentType,
  decode: (body) => {
    if (body.length === 0) return {};
    if (!beginsMap(body)) return undefined;
    try {
      const value: unknown = revive(cbor.deserialize(body));
      return isMap(value) ? value : undefined;
    } catch {
      return undefined;
    }
  },
  encode: (shape) => Buffer.from(cbor.serialize(plain(shape, isMillis))),
});

/**
 * True for CBOR major types 5 (map) and 6 (tag). Other bodies are not decoded: the library accepts any value, and
 * warns on the console about numbers that no request or answer contains.
 */
const beginsMap = (body: Buffer): boolean => (body[0] ?? 0) >> 5 === 5 || (body[0] ?? 0) >> 5 === 6;

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !(value instanceof Date);

type Tagged = { readonly tag: number; readonly value: unknown };
const isTagged = (value: object): value is Tagged =>
  'tag' in value && 'value' in value && Object.getOwnPropertySymbols(value).length > 0;

/**
 * RFC 8949, 3.4.2: tag 1 is a time. The Kinesis API uses no other tag, so other tagged items decode to their plain
 * value.
 */
const revive = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(revive);
  if (isTagged(value)) return value.tag === 1 ? dateOf(Number(value.value)) : revive(value.value);
  const shape = value as Record<string, unknown>;
  for (const name in shape) {
    const of = shape[name];
    if (typeof of === 'number' && name.endsWith('Timestamp')) shape[name] = dateOf(of);
    // kinesis-local encodes a blob as base64 text, and the SDK for Java accepts it.
    else if (typeof of === 'string' && name === 'Data') shape[name] = Buffer.from(of, 'base64');
    else if (name === 'Data' && isJsonBuffer(of)) shape[name] = Buffer.from(of.data);
    else shape[name] = revive(of);
  }
  return shape;
};

/**
 * The AWS SDK for Java writes milliseconds, Smithy seconds; the two are a factor of 1,000 apart, and no stream is as
 * old as 1973.
 */
const dateOf = (time: number): Date => new Date(Math.abs(time) > 1e11 ? time : time * 1000);

const plain = (value: unknown, isMillis: boolean): unknown => {
  if (value instanceof Date) return tag({ tag: 1, value: isMillis ? value.getTime() : value.getTime() / 1000 });
  if (Array.isArray(value)) return value.map((item) => plain(item, isMillis));
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([, of]) => of !== undefined);
  return Object.fromEntries(entries.map(([name, of]) => [name, plain(of, isMillis)]));
};
