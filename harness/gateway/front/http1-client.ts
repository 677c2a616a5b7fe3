import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ClientFlow, EventsFlow, WaitingClient } from '../client.ts';
import { isEventStream } from '../upstream/ask-engine.ts';
import type { UpstreamPool } from '../upstream/pool.ts';
import { fieldsOf, lengthFields, withoutFields } from '../wire/fields.ts';
import type { AnswerHead, RequestHead } from '../wire/head.ts';
import { answerBytes, headBytes, type WireAnswer } from '../wire/messages.ts';

export type Http1Client = {
  readonly socket: Socket;
  readonly port: string;
  readonly pool: UpstreamPool;
  readonly isGone: () => boolean;
  /** The head of the request in flight. */
  readonly head: () => RequestHead | undefined;
};

/** Writes answers to an HTTP/1.1 client. The engine's answers are forwarded byte for byte. */
export const http1Client = ({ socket, port, pool, isGone, head }: Http1Client): WaitingClient => ({
  port,
  pool,
  isGone,
  send: (answer) => {
    if (!socket.writable) return;
    if (answer.raw !== undefined) return writeAll(socket, answer.raw);
    const isLast = isLastOn(head());
    writeAll(socket, madeBytes(answer, isLast));
    if (isLast) socket.end();
  },
  forward: (bytes) => {
    if (isGone() || !socket.writable) return false;
    socket.write(bytes);
    return true;
  },
  startFlow: (head) => clientFlow(socket, isEventStream(head)),
  startEvents: (head) => eventsFlow(socket, head),
  kill: () => void socket.destroy(),
  reset: () => void resetTcp(socket),
  sendHalf: ({ head, body }) => {
    if (!socket.writable) return;
    const [start = Buffer.alloc(0)] = answerBytes(head, body);
    socket.end(Buffer.concat([start, body.subarray(0, Math.floor(body.length / 2))]), () => socket.destroy());
  },
});

/** A TLS socket cannot send a reset; the TCP socket below it can. */
const resetTcp = (socket: Socket): unknown =>
  socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy();

/** Sends each event as a chunk of its own. */
const eventsFlow = (socket: Socket, { status, fields }: AnswerHead): EventsFlow => {
  const kept = withoutFields(fields, lengthFields);
  const write = (bytes: Buffer): void => {
    if (socket.writable) socket.write(bytes);
  };
  write(headBytes(`HTTP/1.1 ${status} OK`, [...kept, ['transfer-encoding', 'chunked']]));
  let left = (): void => undefined;
  const leave = (): void => left();
  socket.once('close', leave).once('end', leave);
  return {
    write: (frame) =>
      write(Buffer.concat([Buffer.from(`${frame.length.toString(16)}\r\n`), frame, Buffer.from('\r\n')])),
    end: () => {
      socket.off('close', leave).off('end', leave);
      write(Buffer.from('0\r\n\r\n'));
    },
    onGone: (gone) => {
      left = gone;
      if (socket.destroyed || socket.readableEnded) gone();
    },
  };
};

const writeAll = (socket: Socket, parts: readonly Buffer[]): void => {
  if (parts.length > 1) socket.cork();
  for (const part of parts) socket.write(part);
  if (parts.length > 1) socket.uncork();
};

const madeBytes = ({ head, body }: WireAnswer, isLast: boolean): readonly Buffer[] =>
  answerBytes(isLast ? { ...head, fields: fieldsOf([...head.fields.all(), ['connection', 'close']]) } : head, body);

/** True if the connection closes after the answer (RFC 9112, 9.3). */
const isLastOn = (head: RequestHead | undefined): boolean => {
  if (head === undefined) return false;
  const connection = head.fields.get('connection')?.toLowerCase();
  return head.version === '1.0' ? connection !== 'keep-alive' : connection === 'close';
};

/**
 * A subscription never ends by itself: if the client has ended its side, it has left. With any other answer, it may
 * still read the rest.
 */
const clientFlow = (socket: Socket, isSubscription: boolean): ClientFlow => {
  let stop = (): void => undefined;
  return {
    body: () => undefined,
    raw: (bytes) => !socket.writable || socket.write(bytes),
    end: () => stop(),
    from: ({ resume, cancel }) => {
      const leave = isSubscription ? 'end' : 'close';
      socket.on('drain', resume).once('close', cancel).once(leave, cancel);
      stop = () => void socket.off('drain', resume).off('close', cancel).off(leave, cancel);
      if (socket.destroyed || (isSubscription && socket.readableEnded)) cancel();
    },
  };
};
