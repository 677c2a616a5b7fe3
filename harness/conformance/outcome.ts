import type { RawAnswer, RawFailure, RawOperation, RawOutput } from '../kinesis/raw.ts';
import type { AnswerKind } from './answer.ts';

/** Thrown by a probe if the engine does not conform. The runner turns it into the claim's answer. */
export class Outcome extends Error {
  readonly kind: Exclude<AnswerKind, 'conforms'>;

  constructor(kind: Exclude<AnswerKind, 'conforms'>, saw: string) {
    super(saw);
    this.name = 'Outcome';
    this.kind = kind;
  }
}

/** Asserts what must be true. `did`: what the engine did if it is not. */
export function must(holds: boolean, did: string): asserts holds {
  if (!holds) throw new Outcome('deviates', did);
}

/** Returns the output of a call that AWS accepts. Throws `deviates` if the engine refused it. */
export const accepted = <O extends RawOperation>(answer: RawAnswer<O>, what: string): RawOutput<O> => {
  if (answer.ok) return answer.output;
  answeredOrThrow(answer, what);
  throw new Outcome('deviates', `${what} was refused with ${words(answer)}`);
};

/**
 * Returns the error of a call that AWS refuses. Throws `deviates` if the engine accepted it, or refused it with
 * another error than `errors`, if AWS names any.
 */
export const refused = <O extends RawOperation>(
  answer: RawAnswer<O>,
  what: string,
  errors: readonly string[] = [],
): string => {
  if (answer.ok) throw new Outcome('deviates', `${what} was accepted`);
  answeredOrThrow(answer, what);
  if (errors.length > 0 && !errors.includes(answer.error)) {
    throw new Outcome('deviates', `${what} was refused with ${words(answer)}, not ${errors.join(' or ')}`);
  }
  return answer.error;
};

/**
 * Returns the output of a call before the tested one. If it fails, the claim was not tested: an error, not a
 * deviation.
 */
export const setUp = <O extends RawOperation>(answer: RawAnswer<O>, what: string): RawOutput<O> => {
  if (answer.ok) return answer.output;
  answeredOrThrow(answer, what);
  throw new Outcome('error', `could not ask: ${what} was refused with ${words(answer)}`);
};

/**
 * Throws if the answer says nothing about the claim: silence, a broken engine, a call that the engine does not have.
 */
const answeredOrThrow = (failure: RawFailure, what: string): void => {
  if (!failure.answered && failure.error === 'Timeout') throw new Outcome('no answer', `${what}: ${words(failure)}`);
  if (!failure.answered) throw new Outcome('error', `${what}: the connection broke: ${words(failure)}`);
  if (isMissing(failure)) throw new Outcome('not there', `${what}: ${words(failure)}`);
  if (isBroken(failure)) throw new Outcome('error', `${what}: ${words(failure)}`);
};

/** Each engine reports an unknown call in its own way. */
const isMissing = (failure: RawFailure): boolean =>
  /^(UnknownOperation|ApiNotImplemented|NotImplemented|InvalidAction|UnrecognizedAction)/.test(failure.error) ||
  failure.status === 501 ||
  /unable to determine service\/operation|not (yet )?(been )?(implemented|supported) *(yet)?|unknown (operation|action)/i.test(
    failure.message,
  );

const isBroken = (failure: RawFailure): boolean =>
  /^(InternalFailure|InternalError|InternalServerError|SyntaxError)/.test(failure.error) ||
  (failure.status !== undefined && (failure.status >= 500 || failure.status < 400));

const words = (failure: RawFailure): string => {
  const status = failure.status === undefined ? '' : ` (${failure.status})`;
  const message = failure.message.replace(/\s+/g, ' ').slice(0, 200);
  return `${failure.error}${status}${message === '' ? '' : `: ${message}`}`;
};
