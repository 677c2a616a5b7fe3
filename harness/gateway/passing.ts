import type { EventFate } from '../faults/fault.ts';
import type { ApiAnswer } from '../tap/call.ts';
import type { Shape } from './api/protocol.ts';
import type { KinesisCall } from './api/read-call.ts';
import type { WaitingClient } from './client.ts';
import type { Context } from './context.ts';
import { askEngine, type EngineAnswer, isEventStream } from './upstream/ask-engine.ts';
import { NotSent } from './upstream/connection.ts';
import type { Outbound } from './upstream/upstream.ts';
import type { SafeWatch } from './watch-once.ts';
import type { WireAnswer, WireRequest } from './wire/messages.ts';

/** One call in flight. */
export type Passing = {
  readonly context: Context;
  readonly client: WaitingClient;
  readonly request: WireRequest;
  readonly call: KinesisCall;
  readonly watch: SafeWatch;
};

/**
 * The outcome of a call. `tapAnswer`: the answer as the tap sees it, if it is not just the decoded one. `drop`: a fault
 * drops the answer.
 */
export type Outcome =
  | {
      readonly kind: 'whole';
      readonly answer: WireAnswer;
      readonly tapAnswer: ApiAnswer | undefined;
      /** True if the client already has the answer. */
      readonly isForwarded: boolean;
    }
  | (EngineAnswer & { readonly kind: 'flowing' })
  /** Events of a subscription. `next` decides on each event whether it is forwarded. */
  | { readonly kind: 'stream'; readonly from: EngineAnswer & { readonly kind: 'flowing' }; readonly next: NextEvent }
  /** The answer is cut off halfway. */
  | { readonly kind: 'cut'; readonly answer: WireAnswer }
  | { readonly kind: 'drop' | 'reset' };

export type NextEvent = (event: Shape) => EventFate;

export const outcomeFrom = (answer: EngineAnswer): Outcome =>
  answer.kind === 'whole' ? { ...answer, tapAnswer: undefined } : answer;

/** Forwards a request once. `forward`: see `Question`. Rejects with EngineFailure or NotSent. */
export const ask = (
  { context, client }: Pick<Passing, 'context' | 'client'>,
  request: WireRequest,
  forward?: WaitingClient['forward'],
): Promise<EngineAnswer> => {
  try {
    const outbound = context.upstream.outbound(request);
    return outbound instanceof Promise
      ? outbound.then((made) => sendOn(client, made, forward), notSent)
      : sendOn(client, outbound, forward);
  } catch (thrown) {
    return notSent(thrown);
  }
};

const notSent = (thrown: unknown): Promise<never> => Promise.reject(new NotSent(thrown));

const sendOn = (
  { pool }: WaitingClient,
  { origin, bytes }: Outbound,
  forward: WaitingClient['forward'],
): Promise<EngineAnswer> => askEngine(pool, { origin, bytes, isToHead: false, isFlowing: isEventStream, forward });
