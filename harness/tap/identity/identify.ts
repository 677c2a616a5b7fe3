import { resolve } from 'node:path';
import { HarnessError, messageOf } from '../../lib/error.ts';
import { loadFunction } from '../../lib/load-function.ts';
import type { Identity } from '../../model/event.ts';
import { jsonIdentity } from './json.ts';
import { reIdentity } from './re.ts';
import type { Identify, RecordIdentity } from './record-identity.ts';
import type { IdentitySpec } from './spec.ts';

/**
 * The function that reads an identity from a payload; undefined if records have no counter. Rejects with
 * HarnessError('usage') if a module cannot be loaded or exports no function.
 */
export const identifierOf = async (spec: IdentitySpec, folder = process.cwd()): Promise<Identify | undefined> => {
  if (spec.from === 'json') return jsonIdentity(spec);
  if (spec.from === 're') return reIdentity(spec);
  if (spec.from === 'module') return moduleIdentity(resolve(folder, spec.file));
  return undefined;
};

/** The field `identity` of a history's head. */
export const headIdentity = (spec: IdentitySpec): Identity => {
  if (spec.from === 'none') return { from: 'none' };
  const { from, counter, first, scope } = spec;
  return {
    from,
    ...(counter === undefined ? {} : { counter }),
    ...(first === undefined ? {} : { first }),
    ...(scope === undefined ? {} : { scope }),
  };
};

const moduleIdentity = async (path: string): Promise<Identify> => {
  const identify = await load(path);
  if (typeof identify !== 'function')
    throw new HarnessError('usage', `--id module:${path}: it exports no function`, {
      hint: 'export default (payload, key) => ({ n, key, producer }), or undefined for a record without identity',
    });
  return (payload, key) => checked((identify as (payload: Uint8Array, key: string) => unknown)(payload, key), path);
};

const load = async (path: string): Promise<unknown> => {
  try {
    return await loadFunction(path, ['default', 'identify']);
  } catch (thrown) {
    throw new HarnessError('usage', `--id module:${path}: ${messageOf(thrown).split('\n')[0]}`, { cause: thrown });
  }
};

const checked = (value: unknown, path: string): RecordIdentity | undefined => {
  if (value === undefined || value === null) return undefined;
  const { n, key, producer } = value as Readonly<Record<string, unknown>>;
  const isText = (text: unknown): text is string | undefined => text === undefined || typeof text === 'string';
  if (typeof n === 'number' && Number.isSafeInteger(n) && n >= 0 && isText(key) && isText(producer))
    return { n, ...(key === undefined ? {} : { key }), ...(producer === undefined ? {} : { producer }) };
  throw new HarnessError('usage', `--id module:${path}: expected { n, key, producer }, got ${shapeOf(value)}`, {
    hint: 'n is a whole number from 0 to 2^53; key and producer are strings, or absent',
  });
};

/** Names and types only, because values may be user data. */
const shapeOf = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? `{ ${Object.entries(value)
        .map(([name, field]) => `${name}: ${typeof field}`)
        .join(', ')} }`
    : typeof value;
