import { HarnessError } from '../lib/error.ts';

/** The path of a value in a line: names and indexes, from the outside in. */
export type Path = {
  readonly text: string;
  readonly tokens: readonly string[];
  /** The number of tokens before `[]`: the list whose items are the records. */
  readonly list: number | undefined;
};

/** Parses `.a.b`, `.a[0]`, `.a["b.c"]`, `.records[].seq`, `/a/b` (JSON Pointer), or the bare name of a column. */
export const parsePath = (text: string): Path => {
  if (text.startsWith('/'))
    return {
      text,
      list: undefined,
      tokens: text
        .slice(1)
        .split('/')
        .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~')),
    };
  const tokens: string[] = [];
  let list: number | undefined;
  let rest = text.startsWith('.') || text.startsWith('[') ? text : `.${text}`;
  while (rest !== '') {
    const [whole, quoted, index, name] = /^(?:\.?\["([^"]*)"\]|\[(\d*)\]|\.([^.[\]]+))/.exec(rest) ?? [];
    if (whole === undefined || (index === '' && list !== undefined)) throw badPath(text);
    if (index === '') list = tokens.length;
    else tokens.push(quoted ?? index ?? name ?? '');
    rest = rest.slice(whole.length);
  }
  if (tokens.length === 0) throw badPath(text);
  return { text, tokens, list };
};

/** The tokens as a JSON Pointer. */
export const pointerOf = (tokens: readonly string[]): string =>
  tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const badPath = (text: string): HarnessError =>
  new HarnessError('usage', `${JSON.stringify(text)} is not a path`, {
    hint: 'for instance .data.counter, .items[0].id, .records[].seq, /data/counter, or the name of a column',
  });

export type Getter = (row: unknown) => unknown;

/**
 * Reads the value at a path, or undefined. A string on the path is parsed as JSON, plain or in base64, because loggers
 * nest JSON in JSON.
 */
export const getterOf = (tokens: readonly string[]): Getter => {
  const [first, second] = tokens;
  if (first === undefined) return (row) => row;
  if (second === undefined) return (row) => own(row, first);
  if (tokens.length === 2) return (row) => own(opened(own(row, first)), second);
  return (row) => {
    let value = row;
    for (const token of tokens) value = own(opened(value), token);
    return value;
  };
};

const own = (value: unknown, name: string): unknown => {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = (value as Readonly<Record<string, unknown>>)[name];
  return found === undefined || Object.hasOwn(value, name) ? found : undefined;
};

const opened = (value: unknown): unknown => (typeof value === 'string' ? jsonInside(value) : value);

/** The JSON in a string, plain or in base64; undefined if there is none. */
export const jsonInside = (text: string): unknown => {
  const start = text.charCodeAt(0);
  if (start === 123 || start === 91) return parsed(text);
  // { and [ in base64, with the characters that may follow in JSON.
  if (!/^(ey[A-P]|ewo|ewk|W3|Wy)/.test(text)) return undefined;
  return parsed(Buffer.from(text, 'base64').toString('utf8'));
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
