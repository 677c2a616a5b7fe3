import { EventStreamCodec } from '@smithy/core/event-streams';
import type { Shape } from './protocol.ts';
import { protocolNamed } from './protocols.ts';

/** Cuts an event stream (application/vnd.amazon.eventstream) into its frames and decodes each. */
export type EventFrames = {
  /** Calls `event` for each frame that is whole with these bytes. Throws where they are no event stream. */
  readonly push: (bytes: Buffer, event: (event: Shape) => void) => void;
};

const frameBytesMax = 64 * 1024 * 1024;
/** Total length, headers length, checksum of the two; and the checksum at the end. Source: the AWS event stream encoding. */
const frameBytesMin = 16;

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')),
  (text) => Buffer.from(text, 'utf8'),
);

export const eventFrames = (): EventFrames => {
  let parts: Buffer[] = [];
  let held = 0;
  const join = (): Buffer => {
    const [only] = parts;
    const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    parts = [bytes];
    return bytes;
  };
  return {
    push: (bytes, event) => {
      parts.push(bytes);
      held += bytes.length;
      while (held >= 4) {
        const all = (parts[0]?.length ?? 0) >= 4 ? parts[0] : join();
        const length = all?.readUInt32BE(0) ?? 0;
        if (length < frameBytesMin || length > frameBytesMax) throw new Error(`an event frame of ${length} bytes`);
        if (held < length) return;
        const whole = join();
        event(readFrame(whole.subarray(0, length)));
        parts = length === whole.length ? [] : [whole.subarray(length)];
        held -= length;
      }
    },
  };
};

/** `{ SubscribeToShardEvent: {…} }`, `{ ResourceNotFoundException: {…} }`. The payload is in the protocol that the frame names, whatever the client speaks. */
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
