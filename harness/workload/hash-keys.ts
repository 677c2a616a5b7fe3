import { resolve } from 'node:path';
import { inspect } from 'node:util';
import { HarnessError, messageOf } from '../lib/error.ts';
import { loadFunction } from '../lib/load-function.ts';
import { seededRandom } from '../lib/random.ts';
import { type HashKeySpec, hashKeyAt, isHashKey } from '../model/hash-key.ts';

const words = 'a decimal number from 0 to 2^128-1';

/** What the function is handed. It answers a hash key, or undefined: then the record is sent without. */
export type HashedRecord = { readonly producer: string; readonly key: string; readonly n: number };
export type HashKeys = (record: HashedRecord) => string | undefined;

export const hashKeysOf = async (
  spec: HashKeySpec | undefined,
  { seed, producer }: { readonly seed: string; readonly producer: string },
): Promise<HashKeys | undefined> => {
  if (spec === undefined) return undefined;
  if (typeof spec === 'string') return () => spec;
  if (spec.type === 'fn') return ofFunction(spec.module);
  const random = seededRandom(`${seed}/hash/${producer}`);
  return () => hashKeyAt(random);
};

const ofFunction = async (module: string): Promise<HashKeys> => {
  const where = `workload.explicitHashKey: fn ${module}`;
  const [path = '', name = 'default'] = module.split('#');
  let found: unknown;
  try {
    found = await loadFunction(resolve(path), [name]);
  } catch (thrown) {
    throw new HarnessError('usage', `${where}: ${messageOf(thrown).split('\n')[0]}`, { cause: thrown });
  }
  if (found === undefined) throw new HarnessError('usage', `${where}: ${path} exports no function ${name}`);
  const hashOf = found as (record: HashedRecord) => unknown;
  return (record) => checked(hashOf(record), record, where);
};

const checked = (given: unknown, { producer, key, n }: HashedRecord, where: string): string | undefined => {
  if (given === undefined) return undefined;
  const isWhole = typeof given === 'bigint' || (typeof given === 'number' && Number.isSafeInteger(given));
  const text = isWhole ? String(given) : given;
  if (typeof text === 'string' && isHashKey(text)) return text;
  throw new HarnessError(
    'usage',
    `${where}: for ${producer}'s ${key} #${n} it answered ${inspect(given, { depth: 0 })}, not ${words}`,
  );
};
