import type { ApiAnswer } from '../tap/call.ts';
import type { Flowing } from './upstream/ask-engine.ts';
import type { UpstreamPool } from './upstream/pool.ts';
import type { AnswerHead } from './wire/head.ts';
import type { WireAnswer } from './wire/messages.ts';

/** Who waits for the answer to one request, over whatever protocol. Nothing here throws once the client has gone. */
export type WaitingClient = {
  /** The listener's name. */
  readonly port: string;
  readonly pool: UpstreamPool;
  readonly isGone: () => boolean;
  readonly send: (answer: WireAnswer) => void;
  readonly startFlow: (head: AnswerHead) => ClientFlow;
  /** Events one by one, in place of the engine's own bytes. */
  readonly startEvents: (head: AnswerHead) => EventsFlow;
  /** The client never gets an answer: its connection is closed, over HTTP/2 the session with all that is on it. */
  readonly kill: () => void;
  /** The same, with a TCP reset. */
  readonly reset: () => void;
  /** The head, which tells the whole length, and half of the body; then the connection is closed. */
  readonly sendHalf: (answer: WireAnswer) => void;
};

/** An answer handed on as it comes. */
export type ClientFlow = {
  readonly body: (bytes: Buffer) => void;
  /** False where the client is slow: `resume` is called when it is ready again. */
  readonly raw: (bytes: Buffer) => boolean;
  readonly end: () => void;
  readonly from: (engine: Flowing) => void;
};

export type EventsFlow = {
  readonly write: (frame: Buffer) => void;
  readonly end: () => void;
  /** Called once where the client leaves before the end. */
  readonly onGone: (left: () => void) => void;
};

/** What the tap is told where the client did not wait for the answer. */
export const clientGone: ApiAnswer = {
  kind: 'lost',
  message: 'the client had closed its connection before the answer came',
  isSent: true,
};
