/** A header field: lower-case name, value. */
export type Field = readonly [name: string, value: string];

/** The header fields of a message. */
export type Fields = {
  /** The first field of that lower-case name; undefined where there is none. */
  readonly get: (name: string) => string | undefined;
  /** Whether that name stands there more than once. */
  readonly repeats: (name: string) => boolean;
  /** In their order. */
  readonly all: () => readonly Field[];
};

export const fieldsOf = (fields: readonly Field[]): Fields => ({
  get: (name) => fields.find((field) => field[0] === name)?.[1],
  repeats: (name) => fields.filter((field) => field[0] === name).length > 1,
  all: () => fields,
});

/**
 * Fields as they stand in a head, each line with the CR LF before it; undefined where a line is none by RFC 9112 (no colon, a blank before it, a folded line). Of some
 * fifteen fields a call needs a few: each is looked up in the text, and only what rewrites a head takes the text apart.
 */
export const fieldsIn = (text: string): Fields | undefined => {
  if (!fieldLines.test(text)) return undefined;
  const lower = text.toLowerCase();
  return {
    get: (name) => {
      const start = lower.indexOf(needleOf(name));
      if (start < 0) return undefined;
      const end = text.indexOf('\r\n', start + 2);
      return text.slice(start + name.length + 3, end < 0 ? text.length : end).trim();
    },
    repeats: (name) => lower.indexOf(needleOf(name)) !== lower.lastIndexOf(needleOf(name)),
    all: () => text.split('\r\n').slice(1).map(fieldIn),
  };
};

const fieldLines = /^(?:\r\n[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n]*)*$/;

const needles = new Map<string, string>();
const needleOf = (name: string): string => {
  const known = needles.get(name);
  if (known !== undefined) return known;
  const made = `\r\n${name}:`;
  needles.set(name, made);
  return made;
};

const fieldIn = (line: string): Field => {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
};

export const withoutFields = (fields: Fields, names: ReadonlySet<string>): readonly Field[] =>
  fields.all().filter(([name]) => !names.has(name));

/** Fields about one connection or about the length on the wire: they do not go over to another connection. */
export const connectionFields: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'http2-settings',
]);

/** Fields about the very bytes of the body: wrong once these were changed. */
export const bodyFields: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'content-md5',
  'x-amz-crc32',
]);
