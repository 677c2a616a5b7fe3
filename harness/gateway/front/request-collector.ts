import type { Socket } from 'node:net';
import { type RequestHead, readRequestHead, requestFraming, requestLine } from '../wire/head.ts';
import { type MessageReader, messageReader, UnreadableMessage } from '../wire/message-reader.ts';
import type { WireRequest } from '../wire/messages.ts';

export type RequestCollector = Pick<MessageReader, 'push' | 'isBetween'> & {
  /** The bytes of an incomplete request. */
  readonly received: () => readonly Buffer[];
};

const requestBytesMax = 64 * 1024 * 1024;
const continueBytes = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n');
const nothing = Buffer.alloc(0);

/**
 * Collects the requests of one connection, each until its last byte. Clients that send Expect: 100-continue get 100
 * Continue.
 */
export const requestCollector = (
  socket: Pick<Socket, 'write'>,
  whole: (request: WireRequest) => void,
): RequestCollector => {
  let head: RequestHead | undefined;
  let raw: Buffer[] = [];
  let body: Buffer[] = [];
  let size = 0;
  const reader = messageReader<RequestHead>(
    { read: readRequestHead, framing: requestFraming, firstLine: requestLine },
    {
      head: (messageHead) => {
        head = messageHead;
        if (messageHead.fields.get('expect')?.toLowerCase() === '100-continue') socket.write(continueBytes);
      },
      raw: (bytes) => {
        raw.push(bytes);
        size += bytes.length;
        if (size > requestBytesMax)
          throw new UnreadableMessage(`a request of more than ${requestBytesMax} bytes`, nothing);
      },
      body: (bytes) => void body.push(bytes),
      end: () => {
        if (head === undefined) return;
        const request = { head, body: joined(body), raw };
        head = undefined;
        raw = [];
        body = [];
        size = 0;
        whole(request);
      },
    },
  );
  return {
    push: reader.push,
    isBetween: reader.isBetween,
    received: () => {
      const unfinished = reader.held();
      return unfinished === undefined ? raw : [...raw, unfinished];
    },
  };
};

const joined = (parts: readonly Buffer[]): Buffer => {
  const [only] = parts;
  if (only === undefined) return nothing;
  return parts.length === 1 ? only : Buffer.concat(parts);
};
