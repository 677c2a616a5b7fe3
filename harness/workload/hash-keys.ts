import { inspect } from 'node:util';
import { HarnessError } from '../lib/error.ts';
import { namedFunction } from '../lib/load-function.ts';
import { seededRandom } from '../lib/random.ts';
import { type HashKeySpec, hashKeyAt, hashKeyWords, isHashKey } from '../model/hash-key.ts';

/** What the function gets. It returns a hash key, or undefined: then the record is sent without one. */
export type HashedRecord = { readonly producer: string; readonly key: string; readonly n: number };
export type HashKeys = (record: HashedRecord) => string | undefined;

/**
 * Returns the hash keys of each producer by its name; undefined: records are sent without hash keys. A function that
 * returns anything but a hash key or undefined is a usage error.
 */
export const hashKeysOf = async (
  spec: HashKeySpec | undefined,
  seed: string,
): Promise<((producer: string) => HashKeys) | undefined> => {
  if (spec === undefined) return undefined;
  if (typeof spec === 'string') return () => () => spec;
  if (spec.type === 'seeded')
    return (producer) => {
      const random = seededRandom(`${seed}/hash/${producer}`);
      return () => hashKeyAt(random);
    };
  const where = `workload.explicitHashKey: fn ${spec.module}`;
  const hashOf = (await namedFunction(spec.module, where)) as (record: HashedRecord) => unknown;
  return () => (record) => checked(hashOf(record), record, where);
};

const checked = (given: unknown, { producer, key, n }: HashedRecord, where: string): string | undefined => {
  if (given === undefined) return undefined;
  const isWhole = typeof given === 'bigint' || (typeof given === 'number' && Number.isSafeInteger(given));
  const text = isWhole ? String(given) : given;
  if (typeof text === 'string' && isHashKey(text)) return text;
  throw new HarnessError(
    'usage',
    `${where}: for ${producer}'s ${key} #${n} it answered ${inspect(given, { depth: 0 })}, not ${hashKeyWords}`,
  );
};
