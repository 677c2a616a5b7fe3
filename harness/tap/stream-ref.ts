import { streamNameIn } from '../model/stream-name.ts';
import type { ApiCall } from './call.ts';

/** Emulators distinguish streams of the same name by region and account. A history is about one of them. */
export type StreamRef = {
  readonly name: string;
  readonly region: string | undefined;
  readonly accessKeyId: string | undefined;
};

/**
 * The stream that a call names, by StreamName, StreamARN or ConsumerARN; undefined for a call that names none (only an
 * iterator or a NextToken, or ListStreams).
 */
export const streamRefOf = ({ input, scope }: Pick<ApiCall, 'input' | 'scope'>): StreamRef | undefined => {
  const name = streamNameIn(input);
  return name === undefined ? undefined : { name, ...scope };
};

/** Like `streamRefOf`, without decoding the call if possible. */
export const streamRefBefore = (call: ApiCall): StreamRef | undefined => {
  const { streamName: name, scope } = call;
  return name === undefined ? streamRefOf(call) : { name, ...scope };
};

export const refKey = ({ name, region, accessKeyId }: StreamRef): string =>
  `${region ?? ''}/${accessKeyId ?? ''}/${name}`;

/**
 * The bytes of a blob; undefined if the field is none. kinesis-local encodes blobs in CBOR as base64 text, and clients
 * accept it.
 */
export const bytesIn = (fields: Readonly<Record<string, unknown>>, name: string): Uint8Array | undefined => {
  const value = fields[name];
  if (typeof value === 'string') return Buffer.from(value, 'base64');
  return value instanceof Uint8Array ? value : undefined;
};
