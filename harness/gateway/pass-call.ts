import { messageOf } from '../lib/error.ts';
import { isPut } from '../model/put-api.ts';
import { answerInstead } from './answer-instead.ts';
import { readAnswer } from './api/read-answer.ts';
import { readCall } from './api/read-call.ts';
import { goneAnswer, type WaitingClient } from './client.ts';
import type { Context } from './context.ts';
import { flowOn } from './flow-on.ts';
import { ask, type Outcome, outcomeFrom, type Passing } from './passing.ts';
import { streamOn } from './stream-on.ts';
import { throughFaults } from './through-faults.ts';
import type { EngineAnswer } from './upstream/ask-engine.ts';
import { EngineFailure, NotSent } from './upstream/connection.ts';
import type { WireRequest } from './wire/messages.ts';

/** Handles a call of the Kinesis API, from its last byte to its answer. Never rejects. */
export const passCall = async (
  context: Context,
  client: WaitingClient,
  request: WireRequest,
  operation: string,
): Promise<void> => {
  if (context.isClosed()) return client.kill();
  // The call is sent before it is decoded and recorded, so that the engine works meanwhile. All of this happens in one
  // turn of the event loop, so the call is recorded before its answer.
  const asAsked = (): Promise<EngineAnswer> | undefined =>
    context.faults.isArmed() ? undefined : ask({ context, client }, request, forwardOf(client, operation));
  let asked = context.watches.isAsked ? undefined : asAsked();
  const call = readCall(request, operation, context.nextId(), client.port);
  if (context.watches.isAsked) {
    const waits = context.watches.before(call.apiCall);
    const instead = waits === undefined ? undefined : await waits;
    if (context.isClosed()) return client.kill();
    if (instead !== undefined) return answerInstead(client, call, instead);
    asked = asAsked();
  }
  const passing: Passing = { context, client, request, call, watch: context.watches.sent(call.apiCall) };
  try {
    const outcome = asked === undefined ? await faulted(passing) : outcomeFrom(await asked);
    const flowing = handOn(passing, outcome);
    if (flowing !== undefined) await flowing;
  } catch (thrown) {
    lose(passing, thrown);
  }
};

/** undefined for a subscription, because its events are recorded before the client gets them. */
const forwardOf = ({ forward }: WaitingClient, operation: string): WaitingClient['forward'] =>
  operation === 'SubscribeToShard' ? undefined : forward;

const faulted = async (passing: Passing): Promise<Outcome> => {
  const { context, call, watch, request } = passing;
  const { faults } = context;
  const counted = context.countCall(call.apiCall, watch.op);
  if (counted === undefined) return outcomeFrom(await ask(passing, request));
  const isAwaited = isPut(call.apiCall.operation);
  if (isAwaited) faults.begun(counted);
  try {
    if (!call.isReadable) return outcomeFrom(await ask(passing, request));
    const work = throughFaults(passing, { ...counted, body: call.apiCall.input });
    // A held call is sent even if its client has given up, so `heal` waits for it.
    if (isAwaited) faults.inBackground(work);
    return await work;
  } finally {
    if (isAwaited) faults.answered(counted);
  }
};

/** Returns a promise if the answer is streamed. */
const handOn = (passing: Passing, outcome: Outcome): Promise<void> | undefined => {
  const { client, watch } = passing;
  if (outcome.kind === 'flowing') return flowOn(passing, outcome);
  if (outcome.kind === 'stream') return streamOn(passing, outcome.from, outcome.next);
  if (outcome.kind !== 'whole') {
    watch.answered({ kind: 'lost', message: 'a fault dropped the answer', isSent: true });
    if (outcome.kind === 'cut') client.sendHalf(outcome.answer);
    else if (outcome.kind === 'reset') client.reset();
    else client.kill();
    return undefined;
  }
  const isGone = client.isGone();
  // The client gets the answer before it is decoded, and in nearly all cases before it is parsed. The client's next
  // request is handled in a later turn, so the lines of the history are in the right order.
  if (!outcome.isForwarded) client.send(outcome.answer);
  watch.answered(isGone ? goneAnswer(client) : (outcome.tapAnswer ?? readAnswer(outcome.answer)));
  return undefined;
};

/**
 * Records a call without an answer, and breaks the client's connection, as would happen without a gateway. The client
 * never gets an error that no engine sent.
 */
const lose = ({ context, client, watch }: Passing, thrown: unknown): void => {
  const isEngine = thrown instanceof EngineFailure;
  const message = messageOf(thrown);
  watch.answered({ kind: 'lost', message, isSent: isEngine ? thrown.isSent : !(thrown instanceof NotSent) });
  watch.ended();
  context.trouble({ side: isEngine ? 'engine' : 'gateway', port: client.port, message });
  client.kill();
};
