import { counterOf } from '../tap/identity/counter.ts';
import { countersAmong } from './counter-fields.ts';
import { areRounded } from './exact-numbers.ts';
import { type Field, fieldNames, fields } from './fields.ts';
import { isLikeTime } from './like-time.ts';
import type { Mapping } from './mapping.ts';
import { areNearlyAll } from './nearly-all.ts';
import { type Path, parsePath } from './path.ts';
import { readTime } from './read-time.ts';
import {
  isBeside,
  keysIn,
  placesIn,
  type RowKeys,
  type Seen,
  type SeenFields,
  seenIn,
  shardsIn,
} from './seen-fields.ts';

/**
 * Guesses where the fields of a record are in these rows: first by the form of the values, then by their names. Fields
 * that were given are not changed.
 */
export const guessMapping = (
  rows: readonly unknown[],
  given: Mapping,
  isPut: boolean,
  /** The place of the counter in the payload is known, so other fields with a counter's name are something else. */
  isInPayload = false,
  /** The keys of the rows, if the rows do not contain them. */
  keys?: RowKeys,
): Mapping => {
  const seen = seenIn(rows);
  const taken = new Set(fieldNames.flatMap((field) => (given[field] === undefined ? [] : [given[field].text])));
  const found: { [field in Field]?: Path } = { ...given };
  for (const field of order) {
    if (field === 'n' && isInPayload) continue;
    if (field === 'flow' && found.key !== undefined) continue;
    if (found[field] !== undefined || (isPut ? notOfPuts : ofPuts).has(field)) continue;
    const free = [...seen.values()].filter(({ path }) => !taken.has(path) && isBeside(path, found));
    const own =
      field === 'n'
        ? countersAmong(free, keys ?? keysIn(seen, found), {
            shards: shardsIn(seen, found),
            places: placesIn(seen, found),
          })
        : free;
    const best = bestOf(field, own, isPut && ofOutcome.has(field) ? 0 : rows.length);
    if (best === undefined) continue;
    taken.add(best.path);
    found[field] = parsePath(best.path);
  }
  return withoutData(found, seen);
};

/**
 * Fields in the order of guessing. Those with the most certain form come first, so that no other field takes their
 * place.
 */
const order: readonly Field[] = [
  'seq',
  'shard',
  'arrival',
  'time',
  'sub',
  'key',
  'flow',
  'n',
  'data',
  'worker',
  'reader',
  'producer',
  'error',
  'api',
];
/** Fields that failed puts do not have. */
const ofOutcome: ReadonlySet<Field> = new Set(['seq', 'shard']);
const ofPuts: ReadonlySet<Field> = new Set(['error', 'api']);
const notOfPuts: ReadonlySet<Field> = new Set(['reader', 'worker', 'arrival']);

const bestOf = (field: Field, candidates: readonly Seen[], rows: number): Seen | undefined => {
  let best: Seen | undefined;
  let bestScore = 0;
  for (const one of candidates) {
    const score = scoreOf(field, one, rows);
    if (score <= bestScore) continue;
    [best, bestScore] = [one, score];
  }
  return best;
};

/** How well a field fits; 0 if it cannot. A good name counts more than a place near the top. */
const scoreOf = (field: Field, { name, depth, values }: Seen, rows: number): number => {
  const given = values.filter((value) => value !== null && value !== '');
  if (!areNearlyAll(given, looks[field])) return 0;
  if (field === 'seq' && areRounded(values)) return 0;
  if (given.length === 0 || (field !== 'error' && field !== 'sub' && given.length * 2 < rows)) return 0;
  const names: readonly string[] = fields[field].names;
  const index = names.indexOf(name);
  const isTold = field === 'seq' || field === 'shard' ? index >= 0 || areNearlyAll(given, isSure[field]) : index >= 0;
  if (!isTold) return 0;
  return 100 - (index < 0 ? 40 : index * 3) - depth * 2;
};

const isText = (value: unknown): boolean => typeof value === 'string';
const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const isShardId = (value: unknown): boolean => typeof value === 'string' && /^shardId-\d{12}$/.test(value);
/** Sequence numbers have 40 digits and more. A value that is a JavaScript number was rounded. */
const isLongNumber = (value: unknown): boolean => typeof value === 'string' && /^\d{20,129}$/.test(value);

const looks: Readonly<Record<Field, (value: unknown) => boolean>> = {
  seq: isLongNumber,
  shard: (value) => isText(value) || Number.isSafeInteger(value),
  key: isPlain,
  flow: isPlain,
  n: (value) => counterOf(value) !== undefined,
  time: (value) => readTime(value) !== undefined,
  arrival: (value) => readTime(value) !== undefined,
  sub: (value) => counterOf(value) !== undefined,
  producer: isPlain,
  worker: isPlain,
  reader: isText,
  data: isText,
  digest: isText,
  error: isText,
  api: (value) => value === 'PutRecord' || value === 'PutRecords',
};

const isSure: Readonly<Record<'seq' | 'shard', (value: unknown) => boolean>> = { seq: isLongNumber, shard: isShardId };

/**
 * Drops the payload if the counter is known and no time, because a digest costs more than everything else. Two records
 * of a key may have the same time; then the payload tells them apart.
 */
const withoutData = (mapping: Mapping, seen: SeenFields): Mapping => {
  if (mapping.n === undefined || isLikeTime(seen.get(mapping.n.text)?.values ?? [])) return mapping;
  const { data: _, ...rest } = mapping;
  return rest;
};
