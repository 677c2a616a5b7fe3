import type { Socket } from 'node:net';
import type { ClientFlow, WaitingClient } from '../client.ts';
import { isEventStream } from '../upstream/ask-engine.ts';
import type { UpstreamPool } from '../upstream/pool.ts';
import { fieldsOf } from '../wire/fields.ts';
import type { RequestHead } from '../wire/head.ts';
import { answerBytes, type WireAnswer } from '../wire/messages.ts';

export type Http1Client = {
  readonly socket: Socket;
  readonly port: string;
  readonly pool: UpstreamPool;
  readonly isGone: () => boolean;
  /** The head of the request under way. */
  readonly head: () => RequestHead | undefined;
};

/** Writes answers to a client that speaks HTTP/1.1. What the engine said goes back byte by byte. */
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
  startFlow: (head) => clientFlow(socket, isEventStream(head)),
  kill: () => void socket.destroy(),
});

const writeAll = (socket: Socket, parts: readonly Buffer[]): void => {
  if (parts.length > 1) socket.cork();
  for (const part of parts) socket.write(part);
  if (parts.length > 1) socket.uncork();
};

const madeBytes = ({ head, body }: WireAnswer, isLast: boolean): readonly Buffer[] =>
  answerBytes(isLast ? { ...head, fields: fieldsOf([...head.fields.all(), ['connection', 'close']]) } : head, body);

/** RFC 9112, 9.3: whether the connection ends with the answer. */
const isLastOn = (head: RequestHead | undefined): boolean => {
  if (head === undefined) return false;
  const connection = head.fields.get('connection')?.toLowerCase();
  return head.version === '1.0' ? connection !== 'keep-alive' : connection === 'close';
};

/**
 * A subscription has no end of its own: a client that has ended its side has left it. Of another answer it may want
 * the rest.
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
