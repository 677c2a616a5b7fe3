import type { ApiAnswer } from '../tap/call.ts';
import type { Flowing } from './upstream/ask-engine.ts';
import type { UpstreamPool } from './upstream/pool.ts';
import type { AnswerHead } from './wire/head.ts';
import type { WireAnswer } from './wire/messages.ts';

/**
 * The client that waits for the answer to one request, over any protocol. No method throws after the client has
 * disconnected.
 */
export type WaitingClient = {
  /** The listener's name. */
  readonly port: string;
  readonly pool: UpstreamPool;
  readonly isGone: () => boolean;
  /**
   * True if the client is gone because the gateway ended another call of the same connection. Absent for clients that
   * make one call at a time.
   */
  readonly isCutOff?: () => boolean;
  readonly send: (answer: WireAnswer) => void;
  /**
   * Sends bytes of the engine's answer as they arrive. Returns false if the client is gone. Absent if the client's
   * protocol does not allow it.
   */
  readonly forward?: (bytes: Buffer) => boolean;
  readonly startFlow: (head: AnswerHead) => ClientFlow;
  /** Sends events one by one, in place of the engine's own bytes. */
  readonly startEvents: (head: AnswerHead) => EventsFlow;
  /** Closes the connection without an answer; over HTTP/2, the session with all its streams. */
  readonly kill: () => void;
  /** Like `kill`, with a TCP reset where Node can send one. */
  readonly reset: () => void;
  /** Sends the head, which declares the full length, and half of the body; then closes the connection. */
  readonly sendHalf: (answer: WireAnswer) => void;
};

/** An answer that is streamed to the client. */
export type ClientFlow = {
  readonly body: (bytes: Buffer) => void;
  /** False if the client is slow: `resume` is called when it is ready again. */
  readonly raw: (bytes: Buffer) => boolean;
  readonly end: () => void;
  readonly from: (engine: Flowing) => void;
};

export type EventsFlow = {
  readonly write: (frame: Buffer) => void;
  readonly end: () => void;
  /** Called once if the client disconnects before the end. */
  readonly onGone: (left: () => void) => void;
};

/** The answer that the tap sees if the client disconnected before it. */
export const goneAnswer = ({ isCutOff }: WaitingClient): ApiAnswer => ({
  kind: 'lost',
  message:
    isCutOff?.() === true
      ? 'the gateway had closed the connection, with all its calls, since another of them got no answer'
      : 'the client had closed its connection before the answer came',
  isSent: true,
});
