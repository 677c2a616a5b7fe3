import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { messageOf } from '../../lib/error.ts';
import type { IdleWatch } from '../idle-watch.ts';
import { type AnswerHead, answerFraming, readAnswerHead } from '../wire/head.ts';
import { messageReader } from '../wire/message-reader.ts';

/** The address that calls are sent to. */
export type Origin = {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  /** Certificates are verified, except those of engines on this machine. */
  readonly isVerified: boolean;
};

/** Receives one answer. Of interim answers (100 Continue), only `arrived` gets the bytes. */
export type AnswerSink = {
  /** Called with bytes as they arrive, before they are parsed, including those of interim answers. */
  readonly arrived: (bytes: Buffer) => void;
  readonly head: (head: AnswerHead) => void;
  readonly raw: (bytes: Buffer) => void;
  readonly body: (bytes: Buffer) => void;
  readonly end: () => void;
  readonly failed: (failure: EngineFailure) => void;
};

/**
 * The engine sent no complete answer. `isSent` is false if no connection was made: then the call definitely had no
 * effect.
 */
export class EngineFailure extends Error {
  readonly isSent: boolean;

  constructor(message: string, isSent: boolean) {
    super(message);
    this.name = 'EngineFailure';
    this.isSent = isSent;
  }
}

/** A call could not be sent, because of a failure in this tool. */
export class NotSent extends Error {
  constructor(cause: unknown) {
    super(messageOf(cause), { cause });
    this.name = 'NotSent';
  }
}

/** One connection to an engine, HTTP/1.1. One exchange at a time; it never retries. */
export type UpstreamConnection = {
  /** Begins an exchange: its answer goes to `sink`. */
  readonly begin: (sink: AnswerSink, isToHead: boolean) => void;
  /** False if the bytes are buffered: then wait for `drained`. */
  readonly write: (bytes: Buffer) => boolean;
  readonly drained: (listener: () => void) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly isUsable: () => boolean;
  /** Called once, when the connection closes while no exchange is in flight. */
  readonly onIdleClose: (listener: () => void) => void;
  /**
   * How long the engine keeps an idle connection, in milliseconds, by its Keep-Alive header, less one second. 4,000
   * without the header.
   */
  readonly keepsForMs: () => number;
  readonly destroy: () => void;
};

export const openSocket = ({ host, port, isTls, isVerified }: Origin): Socket =>
  isTls
    ? connectTls({
        host,
        port,
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ALPNProtocols: ['http/1.1'],
        rejectUnauthorized: isVerified,
      }).setNoDelay(true)
    : connect({ host, port, noDelay: true });

/**
 * Opens one connection. `idle` waits longer than any client, so it only closes connections that no client waits for.
 */
export const upstreamConnection = (origin: Origin, idle: IdleWatch, onOver: () => void): UpstreamConnection => {
  const socket = openSocket(origin);
  let sink: AnswerSink | undefined;
  let isToHead = false;
  let isConnected = false;
  let isOver = false;
  let keepsForMs = 4000;
  let isInterim = false;
  let onIdleClose: () => void = () => undefined;

  const over = (message: string): void => {
    if (isOver) return;
    isOver = true;
    socket.destroy();
    onOver();
    const waiting = sink;
    sink = undefined;
    if (waiting === undefined) onIdleClose();
    else waiting.failed(new EngineFailure(message, isConnected));
  };
  const reader = messageReader<AnswerHead>(
    {
      read: readAnswerHead,
      framing: (head) => answerFraming(head, isToHead),
      firstLine: /^HTTP\/1\.[01] \d{3}/,
    },
    {
      head: (head) => {
        isInterim = head.status < 200 && head.status !== 101;
        if (isInterim) return;
        keepsForMs = keepAliveMs(head) ?? keepsForMs;
        sink?.head(head);
      },
      raw: (bytes) => {
        if (!isInterim) sink?.raw(bytes);
      },
      body: (bytes) => sink?.body(bytes),
      end: () => {
        if (isInterim) {
          isInterim = false;
          return;
        }
        const done = sink;
        sink = undefined;
        done?.end();
      },
    },
  );

  socket.on('data', (chunk: Buffer) => {
    let rest: Buffer | undefined = chunk;
    sink?.arrived(chunk);
    try {
      while (rest !== undefined && sink !== undefined) rest = reader.push(rest);
    } catch (thrown) {
      return over(`the engine's answer cannot be parsed: ${messageOf(thrown)}`);
    }
    if (rest !== undefined) over('the engine sent bytes without a request');
  });
  socket.on(origin.isTls ? 'secureConnect' : 'connect', () => {
    isConnected = true;
  });
  socket.on('end', () => {
    reader.finish();
    over('the engine closed the connection without a whole answer');
  });
  socket.on('error', (error: NodeJS.ErrnoException) => over(`the engine's connection broke: ${errorWords(error)}`));
  socket.on('close', () => over('the engine closed the connection without a whole answer'));
  idle.watch(socket, () => over('the engine was silent for too long'));

  return {
    begin: (next, toHead) => {
      sink = next;
      isToHead = toHead;
    },
    write: (bytes) => socket.write(bytes),
    drained: (listener) => void socket.once('drain', listener),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    isUsable: () => !isOver && sink === undefined,
    onIdleClose: (listener) => {
      onIdleClose = listener;
    },
    keepsForMs: () => keepsForMs,
    destroy: () => over('the gateway closed the connection'),
  };
};

/** The error of a connection to several addresses has an empty message. */
const errorWords = (error: NodeJS.ErrnoException): string =>
  error.message === '' ? (error.code ?? 'no reason') : error.message;

/** `Keep-Alive: timeout=5`, minus one second, so that no call is sent on a connection that is being closed. */
const keepAliveMs = ({ fields }: AnswerHead): number | undefined => {
  const hint = fields.get('keep-alive');
  const seconds = /timeout=(\d+)/.exec(hint ?? '')?.[1];
  return seconds === undefined ? undefined : Math.max(0, Number(seconds) * 1000 - 1000);
};
