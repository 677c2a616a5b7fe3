import type { Answer, ProxiedAnswer, ProxiedCall } from '../faults/fault.ts';
import type { Shape } from './api/protocol.ts';
import { answerOf, answerShape } from './api/read-answer.ts';
import { targetPrefix } from './api/target-prefix.ts';
import { ask, type Outcome, outcomeFrom, type Passing } from './passing.ts';
import type { EngineAnswer } from './upstream/ask-engine.ts';
import { type Field, fieldsOf } from './wire/fields.ts';
import { type WireRequest, withAnswerBody, withRequestBody } from './wire/messages.ts';

/**
 * Sends a call through the armed faults. Requests and answers that no fault changed, or that cannot be decoded, are
 * forwarded byte for byte.
 */
export const throughFaults = async (passing: Passing, proxied: ProxiedCall): Promise<Outcome> => {
  const { request, call, context } = passing;
  const relayed = new Map<ProxiedAnswer, EngineAnswer>();
  let last: EngineAnswer | undefined;
  let unreadable: EngineAnswer | undefined;
  const answer = await context.faults.pass(proxied, async (given, api) => {
    const isUntouched = given === call.apiCall.input && api === undefined;
    const named = api === undefined ? request : forOperation(request, api);
    const asked = await ask(passing, isUntouched ? request : withRequestBody(named, call.protocol.encode(given)));
    const seen = seenByFaults(asked);
    const faultAnswer: Answer = seen ?? { kind: 'answer', status: statusOf(asked), body: {} };
    // The answer to a fault's own request is not for the client.
    if (api !== undefined) return faultAnswer;
    if (seen === undefined) unreadable = asked;
    last = asked;
    relayed.set(faultAnswer, asked);
    return faultAnswer;
  });
  const kept = outcomeOf(passing, answer, { relayed, unreadable, last });
  for (const other of relayed.values()) if (other.kind === 'flowing' && !isIn(kept, other)) abandon(other);
  return kept;
};

type Asked = {
  readonly relayed: ReadonlyMap<ProxiedAnswer, EngineAnswer>;
  readonly unreadable: EngineAnswer | undefined;
  readonly last: EngineAnswer | undefined;
};

const outcomeOf = (passing: Passing, answer: ProxiedAnswer, { relayed, unreadable, last }: Asked): Outcome => {
  if (answer.kind === 'drop' || answer.kind === 'reset') return { kind: answer.kind };
  if (answer.kind === 'cut') {
    const whole = outcomeOf(passing, answer.answer, { relayed, unreadable, last });
    return whole.kind === 'whole' ? { kind: 'cut', answer: whole.answer } : { kind: 'drop' };
  }
  if (answer.kind === 'stream') {
    const from = relayed.get(answer.answer);
    if (from?.kind === 'flowing') return { kind: 'stream', from, next: answer.next };
    return from === undefined ? { kind: 'drop' } : outcomeFrom(from);
  }
  const untouched = unreadable ?? relayed.get(answer);
  return untouched === undefined ? changed(passing, answer.status, answer.body, last) : outcomeFrom(untouched);
};

const isIn = (outcome: Outcome, answer: EngineAnswer): boolean =>
  outcome === answer || (outcome.kind === 'stream' && outcome.from === answer);

/**
 * The request with the same credentials for another operation. Smithy RPC v2 has the operation in the path, the JSON
 * and CBOR protocols in a header field.
 */
const forOperation = ({ head, body, raw }: WireRequest, api: string): WireRequest => {
  const fields = head.fields
    .all()
    .map(([name, value]): Field => [name, name === 'x-amz-target' ? `${targetPrefix}${api}` : value]);
  const path = head.target.replace(/(\/operation\/)[A-Za-z]+$/, `$1${api}`);
  return { head: { ...head, target: path, fields: fieldsOf(fields) }, body, raw };
};

/** undefined if the answer cannot be decoded. A streamed answer has an empty body. */
const seenByFaults = (answer: EngineAnswer): Answer | undefined => {
  const body = answer.kind === 'whole' ? answerShape(answer.answer) : {};
  return body === undefined ? undefined : { kind: 'answer', status: statusOf(answer), body };
};

const statusOf = (answer: EngineAnswer): number =>
  answer.kind === 'whole' ? answer.answer.head.status : answer.head.status;

/** An answer that a fault created or changed, in the protocol of the client. */
const changed = ({ call }: Passing, status: number, body: Shape, last: EngineAnswer | undefined): Outcome => {
  const made = fieldsOf([['content-type', call.protocol.contentType]]);
  const fields = last?.kind === 'whole' ? last.answer.head.fields : made;
  const isTyped = fields.get('content-type') !== undefined;
  const head = { status, version: '1.1', fields: isTyped ? fields : fieldsOf([...fields.all(), ...made.all()]) };
  const answer = withAnswerBody(head, call.protocol.encode(body));
  return { kind: 'whole', answer, tapAnswer: answerOf(answer, body), isForwarded: false };
};

const abandon = (answer: EngineAnswer & { readonly kind: 'flowing' }): void =>
  answer.to({ body: () => undefined, raw: () => true, end: () => undefined, failed: () => undefined }).cancel();
