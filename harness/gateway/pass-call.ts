import type { ProxiedAnswer, ProxiedCall } from '../faults/fault.ts';
import { messageOf } from '../lib/error.ts';
import type { ApiAnswer } from '../tap/call.ts';
import type { Shape } from './api/protocol.ts';
import { answerOf, answerShape, readAnswer } from './api/read-answer.ts';
import { type KinesisCall, readCall } from './api/read-call.ts';
import { clientGone, type WaitingClient } from './client.ts';
import type { Context } from './context.ts';
import { isPut } from './count-calls.ts';
import { flowOn } from './flow-on.ts';
import { askEngine, type EngineAnswer, isEventStream } from './upstream/ask-engine.ts';
import { EngineFailure, NotSent } from './upstream/connection.ts';
import type { Outbound } from './upstream/upstream.ts';
import type { SafeWatch } from './watch-once.ts';
import { type Fields, fieldOf } from './wire/fields.ts';
import { type WireAnswer, type WireRequest, withAnswerBody, withRequestBody } from './wire/messages.ts';

/** One call of the Kinesis API on its way, from its last byte to its answer. */
type Passing = {
  readonly context: Context;
  readonly client: WaitingClient;
  readonly request: WireRequest;
  readonly call: KinesisCall;
  readonly watch: SafeWatch;
};

/** What became of a call: the answer, and what the tap is told of it. `drop`: a fault takes the answer away. */
type Outcome =
  | { readonly kind: 'whole'; readonly answer: WireAnswer; readonly told: ApiAnswer }
  | (EngineAnswer & { readonly kind: 'flowing' })
  | { readonly kind: 'drop' };

/** Never rejects. */
export const passCall = async (
  context: Context,
  client: WaitingClient,
  request: WireRequest,
  operation: string,
): Promise<void> => {
  const call = readCall(request, operation, context.nextId(), client.port);
  const waits = context.watches.before(call.told);
  const instead = waits === undefined ? undefined : await waits;
  if (instead !== undefined) return answerInstead(client, call, instead);
  const passing = { context, client, request, call, watch: context.watches.sent(call.told) };
  try {
    await handOn(passing, await outcomeOf(passing));
  } catch (thrown) {
    lose(passing, thrown);
  }
};

/** What the observer answers in the engine's place, in the protocol of the client. */
const answerInstead = (client: WaitingClient, { protocol }: KinesisCall, answer: ApiAnswer): void => {
  if (answer.kind === 'lost') return client.kill();
  const shape = answer.kind === 'ok' ? answer.output : { __type: answer.code, message: answer.message ?? '' };
  const fields: Fields = [['content-type', protocol.contentType]];
  const id: Fields = answer.requestId === undefined ? [] : [['x-amzn-requestid', answer.requestId]];
  const head = { status: answer.status, version: '1.1', fields: [...fields, ...id] };
  const body = Object.keys(shape).length === 0 ? Buffer.alloc(0) : protocol.encode(shape);
  client.send({ head, body, raw: undefined });
};

const outcomeOf = async (passing: Passing): Promise<Outcome> => {
  const { context, call, watch } = passing;
  const { faults } = context;
  const counted = faults.isArmed() ? context.countCall(call.told, watch.op) : undefined;
  if (counted === undefined) return outcomeFrom(await ask(passing, passing.request));
  const isCounted = isPut(call.told.operation);
  try {
    if (!call.isReadable) return outcomeFrom(await ask(passing, passing.request));
    const work = throughFaults(passing, { ...counted, body: call.told.input });
    // A held call is carried out though its client has given up: heal must not be over before it has landed.
    if (isCounted) faults.inBackground(work);
    return await work;
  } finally {
    if (isCounted) faults.answered(counted);
  }
};

const outcomeFrom = (answer: EngineAnswer): Outcome =>
  answer.kind === 'whole' ? { ...answer, told: readAnswer(answer.answer) } : answer;

const ask = async ({ context, client }: Passing, request: WireRequest): Promise<EngineAnswer> => {
  const { origin, bytes } = await outboundOf(context, request);
  return askEngine(client.pool, { origin, bytes, isToHead: false, isFlowing: isEventStream });
};

const outboundOf = async ({ upstream }: Context, request: WireRequest): Promise<Outbound> => {
  try {
    return await upstream.outbound(request);
  } catch (thrown) {
    throw new NotSent(thrown);
  }
};

const throughFaults = async (passing: Passing, proxied: ProxiedCall): Promise<Outcome> => {
  const { request, call, context } = passing;
  const relayed = new Map<ProxiedAnswer, EngineAnswer>();
  let last: EngineAnswer | undefined;
  let unreadable: EngineAnswer | undefined;
  const answer = await context.faults.pass(proxied, async (given) => {
    const isUntouched = given === call.told.input;
    last = await ask(passing, isUntouched ? request : withRequestBody(request, call.protocol.encode(given)));
    const shape = last.kind === 'whole' ? answerShape(last.answer) : {};
    if (shape === undefined) unreadable = last;
    const status = last.kind === 'whole' ? last.answer.head.status : last.head.status;
    const seen: ProxiedAnswer = { kind: 'answer', status, body: shape ?? {} };
    relayed.set(seen, last);
    return seen;
  });
  // What no fault has touched, and what no fault could read, goes back as it came.
  const untouched = answer.kind === 'drop' ? undefined : (unreadable ?? relayed.get(answer));
  for (const other of relayed.values()) if (other.kind === 'flowing' && other !== untouched) abandon(other);
  if (answer.kind === 'drop') return { kind: 'drop' };
  if (untouched !== undefined) return outcomeFrom(untouched);
  return changed(passing, answer.status, answer.body, last);
};

/** An answer that a fault has made or changed, in the protocol of the one that it replaces. */
const changed = ({ call }: Passing, status: number, body: Shape, last: EngineAnswer | undefined): Outcome => {
  const fields = last?.kind === 'whole' ? last.answer.head.fields : [];
  const isTyped = fieldOf(fields, 'content-type') !== undefined;
  const answer = withAnswerBody(
    { status, version: '1.1', fields: isTyped ? fields : [...fields, ['content-type', call.protocol.contentType]] },
    call.protocol.encode(body),
  );
  return { kind: 'whole', answer, told: answerOf(answer, body) };
};

const abandon = (answer: EngineAnswer & { readonly kind: 'flowing' }): void =>
  answer.to({ body: () => undefined, raw: () => true, end: () => undefined, failed: () => undefined }).cancel();

const handOn = async (passing: Passing, outcome: Outcome): Promise<void> => {
  const { client, watch } = passing;
  if (outcome.kind === 'drop') {
    watch.answered({ kind: 'lost', message: 'a fault took the answer away', isSent: true });
    return client.kill();
  }
  if (outcome.kind === 'flowing') return flowOn(passing, outcome);
  watch.answered(client.isGone() ? clientGone : outcome.told);
  client.send(outcome.answer);
};

/** No answer: the client sees its connection break, as it would have without a gateway. It never gets an error that no engine sent. */
const lose = ({ context, client, watch }: Passing, thrown: unknown): void => {
  const isEngine = thrown instanceof EngineFailure;
  const message = messageOf(thrown);
  watch.answered({ kind: 'lost', message, isSent: isEngine ? thrown.isSent : !(thrown instanceof NotSent) });
  watch.ended();
  context.trouble({ side: isEngine ? 'engine' : 'gateway', port: client.port, message });
  client.kill();
};
