import { bodyFields, type Field, type Fields, fieldsOf, lengthFields, withoutFields } from './fields.ts';
import type { AnswerHead, RequestHead } from './head.ts';

/**
 * A complete request. `body` is without chunk framing, but still has its content-encoding. `raw` is the message as
 * HTTP/1.1 bytes.
 */
export type WireRequest = { readonly head: RequestHead; readonly body: Buffer; readonly raw: readonly Buffer[] };

/** A complete answer. `raw` is undefined if the gateway created it or a fault changed it. */
export type WireAnswer = {
  readonly head: AnswerHead;
  readonly body: Buffer;
  readonly raw: readonly Buffer[] | undefined;
};

export const requestBytes = (
  { method, target, fields }: Omit<RequestHead, 'version'>,
  body: Buffer,
): readonly Buffer[] => withBody(`${method} ${target} HTTP/1.1`, fields, body);

export const answerBytes = ({ status, fields }: Omit<AnswerHead, 'version'>, body: Buffer): readonly Buffer[] =>
  withBody(`HTTP/1.1 ${status} ${reasonOf(status)}`, fields, body);

/** Only a head. `fields` must declare how the body ends. */
export const headBytes = (firstLine: string, fields: readonly Field[]): Buffer =>
  Buffer.from(`${[firstLine, ...fields.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`, 'latin1');

const withBody = (firstLine: string, fields: Fields, body: Buffer): readonly Buffer[] => {
  const framed = [...withoutFields(fields, lengthFields), ['content-length', String(body.length)] as const];
  const head = headBytes(firstLine, framed);
  return body.length === 0 ? [head] : [head, body];
};

/** The same request with another body, in the client's protocol. */
export const withRequestBody = ({ head }: WireRequest, body: Buffer): WireRequest => {
  const changed = { ...head, fields: fieldsOf(withoutFields(head.fields, bodyFields)) };
  return { head: changed, body, raw: requestBytes(changed, body) };
};

/** An answer with another body. Fields about the old bytes are removed. */
export const withAnswerBody = (head: AnswerHead, body: Buffer): WireAnswer => ({
  head: { ...head, fields: fieldsOf(withoutFields(head.fields, bodyFields)) },
  body,
  raw: undefined,
});

const reasonOf = (status: number): string => (status >= 200 && status < 300 ? 'OK' : 'Error');
