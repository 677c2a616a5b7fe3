import { type Fields, fieldsIn } from './fields.ts';

/** How the body of a message ends: after a number of bytes, with the last chunk, or with the connection. */
export type Framing = number | 'chunked' | 'until-close';

export type RequestHead = {
  readonly method: string;
  /** As on the request line: path and query. */
  readonly target: string;
  readonly version: string;
  readonly fields: Fields;
};

export type AnswerHead = { readonly status: number; readonly version: string; readonly fields: Fields };

/** The pattern of a request line, to check it before the rest arrives. */
export const requestLine = /^[A-Z]+ \S+ HTTP\/1\.[01]$/;

/** `text`: the head without its empty line. undefined if it is not a valid HTTP/1 request. */
export const readRequestHead = (text: string): RequestHead | undefined => {
  const end = firstLineEnd(text);
  const afterMethod = text.indexOf(' ');
  const afterTarget = text.indexOf(' ', afterMethod + 1);
  if (!isMethod(text, afterMethod) || afterTarget <= afterMethod + 1) return undefined;
  if (afterTarget + versionLength + 1 !== end || !isVersion(text, afterTarget + 1)) return undefined;
  const fields = fieldsIn(text, end);
  if (fields === undefined) return undefined;
  return {
    method: text.slice(0, afterMethod),
    target: text.slice(afterMethod + 1, afterTarget),
    version: text.slice(end - 3, end),
    fields,
  };
};

export const readAnswerHead = (text: string): AnswerHead | undefined => {
  const end = firstLineEnd(text);
  const status = Number(text.slice(versionLength + 1, versionLength + 4));
  const isStatus = text[versionLength] === ' ' && status >= 100 && status <= 999;
  const isDone = end === versionLength + 4 || text[versionLength + 4] === ' ';
  if (!isVersion(text, 0) || !isStatus || !isDone) return undefined;
  const fields = fieldsIn(text, end);
  return fields === undefined ? undefined : { status, version: text.slice(5, versionLength), fields };
};

const firstLineEnd = (text: string): number => {
  const end = text.indexOf('\r\n');
  return end < 0 ? text.length : end;
};

/** `HTTP/1.1`. */
const versionLength = 8;
const isVersion = (text: string, at: number): boolean =>
  text.startsWith('HTTP/1.', at) && (text[at + 7] === '1' || text[at + 7] === '0');

/** True if the method consists of capital letters. */
const isMethod = (text: string, end: number): boolean => {
  for (let at = 0; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 65 || code > 90) return false;
  }
  return end > 0;
};

/**
 * RFC 9112, 6.3. undefined if two fields contradict each other: engines handle that differently, so the engine decides.
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

/** undefined if the value is not a number, or content-length occurs twice. */
const lengthOf = (fields: Fields, length: string): number | undefined =>
  isNumber(length) && !fields.repeats('content-length') ? Number(length) : undefined;

/** True for one to fifteen digits. */
const isNumber = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return text.length > 0 && text.length <= 15;
};
