import { crc32 } from 'node:zlib';
import { EventStreamCodec } from '@smithy/core/event-streams';
import type { Shape } from './protocol.ts';
import { protocolNamed } from './protocols.ts';

/** Cuts an event stream (application/vnd.amazon.eventstream) into its frames and decodes each. */
export type EventFrames = {
  /** Calls `event` for each frame that these bytes complete. Throws if they are not an event stream. */
  readonly push: (bytes: Buffer, event: (event: Shape, frame: Buffer) => void) => void;
  /** False in the middle of a frame. */
  readonly isBetween: () => boolean;
};

const frameBytesMax = 64 * 1024 * 1024;
/** 12 bytes of prelude and 4 of checksum. */
const frameBytesMin = 16;

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')),
  (text) => Buffer.from(text, 'utf8'),
);

export const eventFrames = (): EventFrames => {
  let parts: Buffer[] = [];
  let held = 0;
  let length: number | undefined;
  const join = (): Buffer => {
    const [only] = parts;
    const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    parts = [bytes];
    return bytes;
  };
  const take = (size: number): Buffer => {
    const all = join();
    parts = size === all.length ? [] : [all.subarray(size)];
    held -= size;
    length = undefined;
    return all.subarray(0, size);
  };
  return {
    push: (bytes, event) => {
      parts.push(bytes);
      held += bytes.length;
      while (held >= preludeBytes) {
        length ??= frameLength(join());
        if (held < length) return;
        const frame = take(length);
        event(readFrame(frame), frame);
      }
    },
    isBetween: () => held === 0,
  };
};

/**
 * Total length, length of the headers, and the checksum of both, 4 bytes each. Source: the AWS event stream encoding.
 */
const preludeBytes = 12;

const frameLength = (bytes: Buffer): number => {
  const length = bytes.readUInt32BE(0);
  if (length < frameBytesMin || length > frameBytesMax || crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8))
    throw new Error('bytes that are not an event frame');
  return length;
};

/**
 * `{ SubscribeToShardEvent: {…} }`, `{ ResourceNotFoundException: {…} }`. The payload is in the protocol that the frame
 * names, which may differ from the client's.
 */
const readFrame = (frame: Buffer): Shape => {
  const { headers, body } = codec.decode(frame);
  const text = (name: string): string | undefined => {
    const header = headers[name];
    return header?.type === 'string' ? header.value : undefined;
  };
  const name = text(':event-type') ?? text(':exception-type') ?? text(':error-code') ?? 'unknown';
  const message = text(':error-message');
  const payload = protocolNamed(text(':content-type')).decode(
    Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  );
  return { [name]: message === undefined ? (payload ?? {}) : { message } };
};

/** An exception frame of an event stream. */
export const exceptionFrame = (name: string, message: string): Buffer =>
  Buffer.from(
    codec.encode({
      headers: {
        ':message-type': { type: 'string', value: 'exception' },
        ':exception-type': { type: 'string', value: name },
        ':content-type': { type: 'string', value: 'application/json' },
      },
      body: Buffer.from(JSON.stringify({ message })),
    }),
  );
