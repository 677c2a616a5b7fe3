/** A header field: lower-case name, value. */
export type Field = readonly [name: string, value: string];

/** The header fields of a message. */
export type Fields = {
  /** The first field with this lower-case name; undefined if there is none. */
  get(name: string): string | undefined;
  /** True if the name occurs more than once. In a head that was read, only fields in `needed` are counted. */
  repeats(name: string): boolean;
  /** All fields, in the order of the head. */
  all(): readonly Field[];
};

export const fieldsOf = (fields: readonly Field[]): Fields => ({
  get: (name) => fields.find((field) => field[0] === name)?.[1],
  repeats: (name) => fields.filter((field) => field[0] === name).length > 1,
  all: () => fields,
});

/**
 * The fields of a head. Each line from `start` has its CR LF before it. undefined if a line is not a field by RFC 9112
 * (no colon, a blank around its name, a folded line). One pass finds the few fields that a call needs; the rest is
 * parsed only when a head is rewritten.
 */
export const fieldsIn = (text: string, start: number): Fields | undefined => {
  const fields = new HeadFields(text, start);
  for (let at = start; at < text.length; ) {
    const end = lineEnd(text, at + 2);
    const colon = text.indexOf(':', at + 2);
    if (colon < 0 || colon >= end || !isName(text, at + 2, colon)) return undefined;
    const name = neededName(text, at + 2, colon);
    if (name !== undefined) fields.found(name, colon + 1, end);
    at = end;
  }
  return fields;
};

class HeadFields implements Fields {
  readonly #text: string;
  readonly #start: number;
  readonly #names: string[] = [];
  /** Where each value starts and ends. */
  readonly #places: number[] = [];

  constructor(text: string, start: number) {
    this.#text = text;
    this.#start = start;
  }

  found(name: string, start: number, end: number): void {
    this.#names.push(name);
    this.#places.push(start, end);
  }

  get(name: string): string | undefined {
    const index = this.#names.indexOf(name);
    if (index >= 0) return this.#text.slice(this.#places[index * 2], this.#places[index * 2 + 1]).trim();
    return needed.has(name) ? undefined : fieldsOf(this.all()).get(name);
  }

  repeats(name: string): boolean {
    return this.#names.indexOf(name) !== this.#names.lastIndexOf(name);
  }

  all(): readonly Field[] {
    return this.#text.slice(this.#start).split('\r\n').slice(1).map(fieldIn);
  }
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\r\n', from);
  return end < 0 ? text.length : end;
};

/**
 * True if the name is not empty and has no blank at either end. Other errors are left to the engine, which gets the
 * original bytes.
 */
const isName = (text: string, start: number, end: number): boolean =>
  end > start && text.charCodeAt(start) > 32 && text.charCodeAt(end - 1) > 32;

/** The fields that every message is searched for. */
const needed: ReadonlySet<string> = new Set([
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'x-amz-request-id',
  'x-amz-target',
  'x-amzn-errortype',
  'x-amzn-request-id',
  'x-amzn-requestid',
  'x-kinesis-order-call',
]);
const neededOfLength: readonly (readonly string[])[] = Array.from({ length: 32 }, (_, length) =>
  [...needed].filter((name) => name.length === length),
);

const neededName = (text: string, start: number, end: number): string | undefined => {
  for (const name of neededOfLength[end - start] ?? []) if (isAt(text, start, name)) return name;
  return undefined;
};

/**
 * Case-insensitive: bit 32 makes a letter lower-case, and does not change the other characters that a name may have.
 */
const isAt = (text: string, start: number, name: string): boolean => {
  for (let at = 0; at < name.length; at += 1)
    if ((text.charCodeAt(start + at) | 32) !== name.charCodeAt(at)) return false;
  return true;
};

const fieldIn = (line: string): Field => {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
};

export const withoutFields = (fields: Fields, names: ReadonlySet<string>): readonly Field[] =>
  fields.all().filter(([name]) => !names.has(name));

/** Fields about one connection or about the length on the wire. They are not forwarded to another connection. */
export const connectionFields: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'http2-settings',
]);

/** The fields that say where a body ends. A message that is framed anew gets its own. */
export const lengthFields: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);

/** Fields about the exact bytes of the body: wrong once the body has changed. */
export const bodyFields: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'content-md5',
  'x-amz-crc32',
]);
