import { type Fields, fieldOf } from './fields.ts';

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

/** undefined where a line is no header field by RFC 9112: no colon, a blank before it, or a folded line. */
const fieldsOf = (lines: readonly string[]): Fields | undefined => {
  const fields: [string, string][] = [];
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const colon = line.indexOf(':');
    if (colon <= 0 || !fieldName.test(line.slice(0, colon))) return undefined;
    fields.push([line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return fields;
};

const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
export const requestLine = /^([A-Z][A-Z0-9-]*) (\S+) HTTP\/(1\.[01])$/;
const statusLine = /^HTTP\/(1\.[01]) (\d{3})(?: .*)?$/;

/** `text`: the head without its empty line. undefined where it is no HTTP/1 request by the letter. */
export const readRequestHead = (text: string): RequestHead | undefined => {
  const lines = text.split('\r\n');
  const first = requestLine.exec(lines[0] ?? '');
  const fields = fieldsOf(lines);
  if (first === null || fields === undefined) return undefined;
  const [, method = '', target = '', version = ''] = first;
  return { method, target, version, fields };
};

export const readAnswerHead = (text: string): AnswerHead | undefined => {
  const lines = text.split('\r\n');
  const first = statusLine.exec(lines[0] ?? '');
  const fields = fieldsOf(lines);
  if (first === null || fields === undefined) return undefined;
  return { status: Number(first[2]), version: first[1] ?? '', fields };
};

/** RFC 9112, 6.3. undefined where two fields contradict each other: engines differ on those, so nobody here decides. */
export const requestFraming = ({ fields }: RequestHead): Framing | undefined => {
  const coding = fieldOf(fields, 'transfer-encoding');
  const length = contentLength(fields);
  if (coding === undefined) return length;
  return coding.toLowerCase() === 'chunked' && fieldOf(fields, 'content-length') === undefined ? 'chunked' : undefined;
};

export const answerFraming = ({ status, fields }: AnswerHead, isToHead: boolean): Framing | undefined => {
  if (isToHead || status < 200 || status === 204 || status === 304) return 0;
  const coding = fieldOf(fields, 'transfer-encoding');
  if (coding !== undefined) return /(^|[\s,])chunked$/i.test(coding) ? 'chunked' : 'until-close';
  return fieldOf(fields, 'content-length') === undefined ? 'until-close' : contentLength(fields);
};

/** 0 where none is given; undefined where it is no number, or two differ. */
const contentLength = (fields: Fields): number | undefined => {
  let length: string | undefined;
  for (const [name, value] of fields) {
    if (name !== 'content-length') continue;
    if (!/^\d{1,15}$/.test(value) || (length !== undefined && length !== value)) return undefined;
    length = value;
  }
  return length === undefined ? 0 : Number(length);
};
