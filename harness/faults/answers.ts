import type { Answer, ProxiedAnswer, Shape } from './fault.ts';

/** An error in the form of the service. JSON and CBOR clients read its name from `__type`. */
export const errorAnswer = (code: string, message: string, status = statusOf(code)): Answer => ({
  kind: 'answer',
  status,
  body: { __type: code, message },
});

const statusOf = (code: string): number =>
  code.startsWith('InternalFailure') ? 500 : code.startsWith('Service') ? 503 : 400;

export const isOk = (answer: ProxiedAnswer): answer is Answer => answer.kind === 'answer' && answer.status === 200;

export const throttled = 'ProvisionedThroughputExceededException';

/** The objects in a list field; empty if there is no list. */
export const listIn = (body: Shape, field: string): readonly Shape[] =>
  Array.isArray(body[field]) ? (body[field] as readonly Shape[]) : [];
