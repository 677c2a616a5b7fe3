import type { ProxiedAnswer, ProxiedCall } from '../faults/fault.ts';
import type { Shape } from './api/protocol.ts';
import { answerOf, answerShape } from './api/read-answer.ts';
import { ask, type Outcome, outcomeFrom, type Passing } from './passing.ts';
import type { EngineAnswer } from './upstream/ask-engine.ts';
import { fieldsOf } from './wire/fields.ts';
import { withAnswerBody, withRequestBody } from './wire/messages.ts';

/**
 * A call through the armed faults. What none of them has touched, and what none could read, goes on and comes back
 * byte by byte.
 */
export const throughFaults = async (passing: Passing, proxied: ProxiedCall): Promise<Outcome> => {
  const { request, call, context } = passing;
  const relayed = new Map<ProxiedAnswer, EngineAnswer>();
  let last: EngineAnswer | undefined;
  let unreadable: EngineAnswer | undefined;
  const answer = await context.faults.pass(proxied, async (given) => {
    const isUntouched = given === call.told.input;
    const asked = await ask(passing, isUntouched ? request : withRequestBody(request, call.protocol.encode(given)));
    const seen = seenByFaults(asked);
    if (seen === undefined) unreadable = asked;
    const told = seen ?? { kind: 'answer', status: statusOf(asked), body: {} };
    last = asked;
    relayed.set(told, asked);
    return told;
  });
  const untouched = answer.kind === 'drop' ? undefined : (unreadable ?? relayed.get(answer));
  for (const other of relayed.values()) if (other.kind === 'flowing' && other !== untouched) abandon(other);
  if (answer.kind === 'drop') return { kind: 'drop' };
  return untouched === undefined ? changed(passing, answer.status, answer.body, last) : outcomeFrom(untouched);
};

/** undefined where the answer cannot be read. An answer that flows has an empty body. */
const seenByFaults = (answer: EngineAnswer): ProxiedAnswer | undefined => {
  const body = answer.kind === 'whole' ? answerShape(answer.answer) : {};
  return body === undefined ? undefined : { kind: 'answer', status: statusOf(answer), body };
};

const statusOf = (answer: EngineAnswer): number =>
  answer.kind === 'whole' ? answer.answer.head.status : answer.head.status;

/** An answer that a fault has made or changed, in the protocol of the client. */
const changed = ({ call }: Passing, status: number, body: Shape, last: EngineAnswer | undefined): Outcome => {
  const made = fieldsOf([['content-type', call.protocol.contentType]]);
  const fields = last?.kind === 'whole' ? last.answer.head.fields : made;
  const isTyped = fields.get('content-type') !== undefined;
  const head = { status, version: '1.1', fields: isTyped ? fields : fieldsOf([...fields.all(), ...made.all()]) };
  const answer = withAnswerBody(head, call.protocol.encode(body));
  return { kind: 'whole', answer, told: answerOf(answer, body) };
};

const abandon = (answer: EngineAnswer & { readonly kind: 'flowing' }): void =>
  answer.to({ body: () => undefined, raw: () => true, end: () => undefined, failed: () => undefined }).cancel();
