import { jsonIdentity } from '../tap/identity/json.ts';
import type { Identify } from '../tap/identity/record-identity.ts';
import { leavesOf } from './flatten.ts';
import { guessMapping } from './guess.ts';
import { parsed } from './parsed.ts';
import { parsePath, pointerOf } from './path.ts';
import type { RowKeys } from './seen-fields.ts';

/** `spec`: in the form of --id. */
export type GuessedIdentity = { readonly identify: Identify; readonly spec: string };

/**
 * Guesses where the counter is in the payloads of a file, and its scope; undefined if no field has a counter's name.
 */
export const guessIdentity = (
  payloads: readonly Uint8Array[],
  isKeyed: boolean,
  keys: RowKeys = [],
): GuessedIdentity | undefined => {
  const found = payloads.flatMap((bytes, index) => {
    const row = parsed(Buffer.from(bytes).toString('utf8'));
    return row === undefined ? [] : [{ row, key: keys[index] }];
  });
  const rows = found.map(({ row }) => row);
  const own = keys.length === 0 ? undefined : found.map(({ key }) => key);
  const { n, key, flow } = guessMapping(rows, {}, false, false, own);
  if (n === undefined || n.list !== undefined) return undefined;
  const over = isKeyed ? undefined : (key ?? flow);
  const names = { n: pointerOf(n.tokens), ...(over === undefined ? {} : { key: pointerOf(over.tokens) }) };
  const spec = `json:${names.n}${names.key === undefined ? '' : `,key=${names.key}`}`;
  return { identify: jsonIdentity(names), spec };
};

/** The counter of the largest file, if these payloads have it, too. */
export const identityLike = (
  spec: string | undefined,
  payloads: readonly Uint8Array[],
): GuessedIdentity | undefined => {
  const [, n, key] = /^json:([^,]+)(?:,key=(.+))?$/.exec(spec ?? '') ?? [];
  if (spec === undefined || n === undefined) return undefined;
  const identify = jsonIdentity({ n, ...(key === undefined ? {} : { key }) });
  return payloads.some((payload) => identify(payload, '') !== undefined) ? { identify, spec } : undefined;
};

/** The message if no field has a counter's name. It contains names of fields, and no values. */
export const counterWords = (payloads: readonly Uint8Array[]): string => {
  const rows = payloads.flatMap((bytes) => parsed(Buffer.from(bytes).toString('utf8')) ?? []);
  const names = [...new Set(rows.flatMap((row) => leavesOf(row).map(({ path }) => pointerOf(parsePath(path).tokens))))];
  const found = names.length === 0 ? 'they are not JSON' : `fields found: ${names.slice(0, 24).join(', ')}`;
  return `not found: n, the counter in its payloads; name it with --id json:/FIELD (${found})`;
};
