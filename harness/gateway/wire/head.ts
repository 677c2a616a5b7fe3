import { type Fields, fieldsIn } from './fields.ts';

/** How a message's body ends: after so many bytes, with the last chunk, or with the connection. */
export type Framing = number | 'chunked' | 'until-close';

export type RequestHead = {
  readonly method: string;
  /** As on the request line: path and query. */
  readonly target: string;
  readonly version: string;
  readonly fields: Fields;
};

export type AnswerHead = { readonly status: number; readonly version: string; readonly fields: Fields };

export const requestLine = /^([A-Z][A-Z0-9-]*) (\S+) HTTP\/(1\.[01])$/;
const statusLine = /^HTTP\/(1\.[01]) (\d{3})(?: .*)?$/;

/** `text`: the head without its empty line. undefined where it is no HTTP/1 request by the letter. */
export const readRequestHead = (text: string): RequestHead | undefined => {
  const head = headIn(text, requestLine);
  if (head === undefined) return undefined;
  const [, method = '', target = '', version = ''] = head.first;
  return { method, target, version, fields: head.fields };
};

export const readAnswerHead = (text: string): AnswerHead | undefined => {
  const head = headIn(text, statusLine);
  if (head === undefined) return undefined;
  return { status: Number(head.first[2]), version: head.first[1] ?? '', fields: head.fields };
};

const headIn = (text: string, line: RegExp): { first: RegExpExecArray; fields: Fields } | undefined => {
  const end = text.indexOf('\r\n');
  const first = line.exec(end < 0 ? text : text.slice(0, end));
  const fields = fieldsIn(text, end < 0 ? text.length : end);
  return first === null || fields === undefined ? undefined : { first, fields };
};

/**
 * RFC 9112, 6.3. undefined where two fields contradict each other: engines differ on those, so nobody here decides.
 */
export const requestFraming = ({ fields }: RequestHead): Framing | undefined => {
  const coding = fields.get('transfer-encoding');
  const length = fields.get('content-length');
  if (coding === undefined) return length === undefined ? 0 : lengthOf(fields, length);
  return coding.toLowerCase() === 'chunked' && length === undefined ? 'chunked' : undefined;
};

export const answerFraming = ({ status, fields }: AnswerHead, isToHead: boolean): Framing | undefined => {
  if (isToHead || status < 200 || status === 204 || status === 304) return 0;
  const coding = fields.get('transfer-encoding');
  if (coding !== undefined) return /(^|[\s,])chunked$/i.test(coding) ? 'chunked' : 'until-close';
  const length = fields.get('content-length');
  return length === undefined ? 'until-close' : lengthOf(fields, length);
};

/** undefined where it is no number, or stands there twice. */
const lengthOf = (fields: Fields, length: string): number | undefined =>
  /^\d{1,15}$/.test(length) && !fields.repeats('content-length') ? Number(length) : undefined;
