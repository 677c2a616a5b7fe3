import { messageOf } from '../../lib/error.ts';
import { chunkedReader } from './chunked.ts';
import type { Framing } from './head.ts';

/**
 * Finds HTTP/1.1 messages in a stream of bytes. It hands out the original bytes, because the gateway relays them
 * unchanged; no parser of a library does that.
 */
export type MessageEvents<Head> = {
  readonly head: (head: Head) => void;
  /** Each byte of the message once, in order, unchanged: head, framing and body. */
  readonly raw: (bytes: Buffer) => void;
  /** The body without its framing. */
  readonly body: (bytes: Buffer) => void;
  readonly end: () => void;
};

export type MessageSyntax<Head> = {
  readonly read: (text: string) => Head | undefined;
  readonly framing: (head: Head) => Framing | undefined;
  /** The pattern of a first line, to reject a wrong one early. */
  readonly firstLine: RegExp;
};

export type MessageReader = {
  /** Reads to the end of a message, and returns the rest of `bytes` (undefined: none). Throws UnreadableMessage. */
  readonly push: (bytes: Buffer) => Buffer | undefined;
  /** Call when the peer has ended its side. Returns false if a message was cut off by that. */
  readonly finish: () => boolean;
  /** True if no message is incomplete. */
  readonly isBetween: () => boolean;
  /** The bytes of an incomplete head. */
  readonly held: () => Buffer | undefined;
};

/** The bytes are not valid HTTP/1.1. `bytes` are those that were not yet given to `raw`. */
export class UnreadableMessage extends Error {
  readonly bytes: Buffer;

  constructor(message: string, bytes: Buffer) {
    super(message);
    this.name = 'UnreadableMessage';
    this.bytes = bytes;
  }
}

const headBytesMax = 64 * 1024;
const headEnd = Buffer.from('\r\n\r\n');

/** Returns where the body ends in the bytes, starting from `at`, and whether it is complete. */
type BodyReader = (bytes: Buffer, at: number) => { readonly end: number; readonly isOver: boolean };

export const messageReader = <Head>(syntax: MessageSyntax<Head>, events: MessageEvents<Head>): MessageReader => {
  let held: Buffer | undefined;
  let body: BodyReader | undefined;
  let isUntilClose = false;

  const bodyReader = (framing: Framing): BodyReader | undefined => {
    if (framing === 0) return undefined;
    isUntilClose = framing === 'until-close';
    if (framing === 'chunked') {
      const chunks = chunkedReader();
      return (bytes, at) => chunks.push(bytes, at, events.body);
    }
    let left = framing === 'until-close' ? Number.POSITIVE_INFINITY : framing;
    return (bytes, at) => {
      const end = Math.min(bytes.length, at + left);
      if (end > at) events.body(bytes.subarray(at, end));
      left -= end - at;
      return { end, isOver: left === 0 };
    };
  };

  /** Where the body begins; undefined if the head is incomplete. */
  const readHead = (bytes: Buffer): number | undefined => {
    const end = bytes.indexOf(headEnd);
    if (end < 0) {
      checkBeginning(bytes, syntax.firstLine);
      held = bytes;
      return undefined;
    }
    const head = syntax.read(bytes.toString('latin1', 0, end));
    const framing = head === undefined ? undefined : syntax.framing(head);
    if (head === undefined || framing === undefined) throw new UnreadableMessage('a head that is not HTTP/1.1', bytes);
    body = bodyReader(framing);
    events.head(head);
    return end + headEnd.length;
  };

  const readBody = (bytes: Buffer, at: number): { readonly end: number; readonly isOver: boolean } => {
    try {
      return body === undefined ? { end: at, isOver: true } : body(bytes, at);
    } catch (thrown) {
      throw new UnreadableMessage(messageOf(thrown), bytes);
    }
  };

  return {
    push: (chunk) => {
      const isHead = body === undefined;
      const all = held === undefined ? chunk : Buffer.concat([held, chunk]);
      held = undefined;
      const bytes = isHead ? withoutEmptyLines(all) : all;
      if (bytes.length === 0) return undefined;
      const at = isHead ? readHead(bytes) : 0;
      if (at === undefined) return undefined;
      const { end, isOver } = readBody(bytes, at);
      events.raw(end === bytes.length ? bytes : bytes.subarray(0, end));
      if (!isOver) return undefined;
      body = undefined;
      events.end();
      return end === bytes.length ? undefined : bytes.subarray(end);
    },
    finish: () => {
      if (body === undefined) return held === undefined;
      if (!isUntilClose) return false;
      body = undefined;
      events.end();
      return true;
    },
    isBetween: () => body === undefined && held === undefined,
    held: () => held,
  };
};

/** RFC 9112, 2.2: some clients send an empty line after a body. It is skipped. */
const withoutEmptyLines = (bytes: Buffer): Buffer => {
  let start = 0;
  while (bytes[start] === 13 && bytes[start + 1] === 10) start += 2;
  return start === 0 ? bytes : bytes.subarray(start);
};

/** A head that cannot become valid is rejected at once, because its end may never come. */
const checkBeginning = (bytes: Buffer, firstLine: RegExp): void => {
  if (bytes.length > headBytesMax) throw new UnreadableMessage(`a head of more than ${headBytesMax} bytes`, bytes);
  const feed = bytes.indexOf(10);
  if (feed < 0 && bytes.length < 8 * 1024) {
    if (!printable.test(bytes.toString('latin1', 0, 64))) throw new UnreadableMessage('bytes that are not text', bytes);
    return;
  }
  const line = bytes.toString('latin1', 0, Math.max(0, feed - 1));
  if (bytes[feed - 1] !== 13 || !firstLine.test(line))
    throw new UnreadableMessage('a first line that is not HTTP/1.1', bytes);
};

const printable = /^[\x20-\x7e\r\n]*$/;
