import { messageOf } from '../../lib/error.ts';
import { chunkedReader } from './chunked.ts';
import type { Framing } from './head.ts';

/**
 * Follows HTTP/1.1 messages through a stream of bytes and leaves the bytes as they are: whoever relays them needs
 * them untouched, which no parser of a library hands out.
 */
export type MessageEvents<Head> = {
  readonly head: (head: Head) => void;
  /** Each byte of the message once, in order, as it came: head, framing and body. */
  readonly raw: (bytes: Buffer) => void;
  /** The body without its framing. */
  readonly body: (bytes: Buffer) => void;
  readonly end: () => void;
};

export type MessageSyntax<Head> = {
  readonly read: (text: string) => Head | undefined;
  readonly framing: (head: Head) => Framing | undefined;
  /** What a first line may look like before all of it is there. */
  readonly firstLine: RegExp;
};

export type MessageReader = {
  /**
   * Reads until a message ends, and gives what is left of `bytes` (undefined: nothing). Throws UnreadableMessage.
   */
  readonly push: (bytes: Buffer) => Buffer | undefined;
  /** The peer has ended: true where this is the end of a message, or none was begun. */
  readonly finish: () => boolean;
  /** No byte of a message is waiting for its end. */
  readonly isBetween: () => boolean;
  /** The bytes of a head that is not whole yet. */
  readonly held: () => Buffer | undefined;
};

/** No HTTP/1.1 by the letter. `bytes`: what was not given to `raw` yet. */
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

/** Gives how many of the bytes, from `at`, belong to the body, and whether it is over with them. */
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

  /** Where the body begins; undefined where the head is not whole yet. */
  const readHead = (bytes: Buffer): number | undefined => {
    const end = bytes.indexOf(headEnd);
    if (end < 0) {
      checkBeginning(bytes, syntax.firstLine);
      held = bytes;
      return undefined;
    }
    const head = syntax.read(bytes.toString('latin1', 0, end));
    const framing = head === undefined ? undefined : syntax.framing(head);
    if (head === undefined || framing === undefined) throw new UnreadableMessage('a head that is no HTTP/1.1', bytes);
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

/** RFC 9112, 2.2: some clients send an empty line after a body. It belongs to nothing. */
const withoutEmptyLines = (bytes: Buffer): Buffer => {
  let start = 0;
  while (bytes[start] === 13 && bytes[start + 1] === 10) start += 2;
  return start === 0 ? bytes : bytes.subarray(start);
};

/** A head that can no longer become one is told at once, not when its end never comes. */
const checkBeginning = (bytes: Buffer, firstLine: RegExp): void => {
  if (bytes.length > headBytesMax) throw new UnreadableMessage(`a head of more than ${headBytesMax} bytes`, bytes);
  const feed = bytes.indexOf(10);
  if (feed < 0 && bytes.length < 8 * 1024) {
    if (!printable.test(bytes.toString('latin1', 0, 64))) throw new UnreadableMessage('bytes that are no text', bytes);
    return;
  }
  const line = bytes.toString('latin1', 0, Math.max(0, feed - 1));
  if (bytes[feed - 1] !== 13 || !firstLine.test(line))
    throw new UnreadableMessage('a first line that is no HTTP/1.1', bytes);
};

const printable = /^[\x20-\x7e\r\n]*$/;
