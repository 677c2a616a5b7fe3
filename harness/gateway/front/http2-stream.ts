import {
  constants as http2,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { messageOf } from '../../lib/error.ts';
import type { ClientFlow, EventsFlow, WaitingClient } from '../client.ts';
import type { Context } from '../context.ts';
import { pass } from '../pass.ts';
import type { UpstreamPool } from '../upstream/pool.ts';
import { connectionFields, type Field, type Fields, fieldsOf } from '../wire/fields.ts';
import type { AnswerHead, RequestHead } from '../wire/head.ts';
import { requestBytes, type WireRequest } from '../wire/messages.ts';

export type ServedStream = {
  readonly session: ServerHttp2Session;
  readonly stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  readonly port: string;
  readonly pool: UpstreamPool;
  readonly context: Context;
};

const requestBytesMax = 64 * 1024 * 1024;

/** Serves one request of a session, once all of it has arrived. */
export const serveStream = (served: ServedStream): void => {
  const { stream, context, port } = served;
  const parts: Buffer[] = [];
  let size = 0;
  stream.on('data', (part: Buffer) => {
    size += part.length;
    if (size <= requestBytesMax) parts.push(part);
  });
  stream.on('end', () => {
    context.onRequest(port);
    // A stream that was reset ends as well, with half a request.
    if (stream.aborted || stream.closed || stream.destroyed) return;
    if (size > requestBytesMax) return stream.respond({ ':status': 413 }, { endStream: true });
    pass(context, http2Client(served), requestOf(served.headers, Buffer.concat(parts))).catch((thrown: unknown) => {
      context.trouble({ side: 'gateway', port, message: messageOf(thrown) });
      kill(served.session);
    });
  });
};

/** The request as the client would have sent it over HTTP/1.1. */
const requestOf = (headers: IncomingHttpHeaders, body: Buffer): WireRequest => {
  const fields: Field[] = [['host', String(headers[':authority'] ?? headers.host ?? '')]];
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.startsWith(':') || notForward.has(name)) continue;
    fields.push([name, Array.isArray(value) ? value.join(name === 'cookie' ? '; ' : ', ') : value]);
  }
  const head: RequestHead = {
    method: String(headers[':method'] ?? 'GET'),
    target: String(headers[':path'] ?? '/'),
    version: '2',
    fields: fieldsOf(fields),
  };
  return { head, body, raw: requestBytes(head, body) };
};

const notForward: ReadonlySet<string> = new Set([...connectionFields, 'host', 'te']);

const http2Client = ({ session, stream, port, pool }: ServedStream): WaitingClient => {
  const isGone = (): boolean => stream.destroyed || stream.aborted || session.destroyed;
  return {
    port,
    pool,
    isGone,
    send: ({ head, body }) => {
      if (isGone()) return;
      stream.respond({ ...headersOf(head), 'content-length': String(body.length) });
      stream.end(body);
    },
    startFlow: (head) => {
      if (!isGone()) stream.respond(headersOf(head));
      return streamFlow(stream);
    },
    startEvents: (head) => eventsFlow(stream, head),
    isCutOff: () => killed.has(session),
    kill: () => kill(session),
    // Node keeps the socket of a session to itself: a TCP reset is not possible.
    reset: () => kill(session, http2.NGHTTP2_INTERNAL_ERROR),
    sendHalf: ({ head, body }) => {
      if (isGone()) return;
      stream.respond({ ...headersOf(head), 'content-length': String(body.length) });
      stream.write(body.subarray(0, Math.floor(body.length / 2)), () => kill(session));
    },
  };
};

/** The sessions that the gateway ended itself. Their other calls are not reported as left by the client. */
const killed = new WeakSet<ServerHttp2Session>();

const kill = (session: ServerHttp2Session, code?: number): void => {
  if (!session.destroyed) killed.add(session);
  session.destroy(undefined, code);
};

const eventsFlow = (stream: ServerHttp2Stream, head: AnswerHead): EventsFlow => {
  if (!stream.destroyed) stream.respond(headersOf(head));
  let left = (): void => undefined;
  const leave = (): void => left();
  stream.once('close', leave);
  return {
    write: (frame) => {
      if (stream.writable) stream.write(frame);
    },
    end: () => {
      stream.off('close', leave);
      stream.end();
    },
    onGone: (gone) => {
      left = gone;
      if (stream.destroyed) gone();
    },
  };
};

const streamFlow = (stream: ServerHttp2Stream): ClientFlow => {
  let stop = (): void => undefined;
  return {
    body: (bytes) => {
      if (stream.writable) stream.write(bytes);
    },
    raw: () => !stream.writable || !stream.writableNeedDrain,
    end: () => {
      stop();
      stream.end();
    },
    from: ({ resume, cancel }) => {
      stream.on('drain', resume).once('close', cancel);
      stop = () => void stream.off('drain', resume).off('close', cancel);
      if (stream.destroyed) cancel();
    },
  };
};

const headersOf = ({ status, fields }: AnswerHead): OutgoingHttpHeaders => ({ ':status': status, ...named(fields) });

const named = (fields: Fields): OutgoingHttpHeaders => {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of fields.all()) {
    if (connectionFields.has(name)) continue;
    const before = headers[name];
    if (name === 'set-cookie') headers[name] = [...(Array.isArray(before) ? before : []), value];
    else if (before === undefined) headers[name] = value;
  }
  return headers;
};
