import { counterOf } from '../tap/identity/counter.ts';
import { endsLikeCounter } from './counter-names.ts';
import { fields } from './fields.ts';
import { isLikeTime } from './like-time.ts';
import type { RowKeys, Seen } from './seen-fields.ts';

/**
 * `isSteady`: its values rise within each key, nearly always. `falls`: they fall within a key, at least once. `again`:
 * the share of records whose value their key had before.
 */
export type Candidate = {
  readonly seen: Seen;
  readonly isSteady: boolean;
  readonly falls: boolean;
  readonly again: number;
};

/** Redelivered records repeat all fields alike; beyond that, a few copies may. */
const repeatedMin = 0.3;

/** A place in a batch begins again and again. It is no counter beside a field that rises and does not repeat. */
export const withoutRepeating = (all: readonly Candidate[], shards: RowKeys | undefined): readonly Candidate[] => {
  const counters = all.filter((one) => isSteadyCount(one) && extentOf(one.seen, shards) === 0);
  const least = Math.min(...counters.map(({ again }) => again));
  return all.filter(({ seen, again }) => !isNamedCount(seen) || again <= least + repeatedMin);
};

/**
 * A number of the line, or of the record in its shard, rises in each dump, whatever order the consumer broke. Beside a
 * field that rises within each key only, it is not the counter.
 */
export const withoutLineNumbers = (all: readonly Candidate[], shards: RowKeys | undefined): readonly Candidate[] => {
  const counters = all.filter(isSteadyCount);
  const least = Math.min(...counters.map(({ seen }) => extentOf(seen, shards)));
  return all.filter(({ seen }) => !isNamedCount(seen) || extentOf(seen, shards) <= least);
};

/** A record that is delivered again has the same counter. A field that differs there is none, if another one agrees. */
export const withoutDiffering = (all: readonly Candidate[], places: RowKeys | undefined): readonly Candidate[] => {
  if (places === undefined) return all;
  const agree = all.filter(({ seen }) => !differs(seen, places));
  return agree.some(({ seen, isSteady }) => isSteady && isNamedCounter(seen)) ? agree : all;
};

const differs = ({ values, rows }: Seen, places: RowKeys): boolean => {
  const known = new Map<string, unknown>();
  return values.some((value, index) => {
    const place = places[rows[index] as number];
    if (place === undefined) return false;
    if (known.has(place)) return known.get(place) !== value;
    known.set(place, value);
    return false;
  });
};

/**
 * If the counter that was taken rises in all lines, and another field that is called like a counter falls within a
 * key: nobody knows which one was meant, and the first can show no broken order.
 */
export const lineNumberDoubt = (
  taken: string | undefined,
  all: readonly Candidate[],
  shards: RowKeys | undefined,
): string | undefined => {
  const own = all.find(({ seen }) => seen.path === taken)?.seen;
  if (own === undefined || isLikeTime(own.values) || extentOf(own, shards) === 0) return undefined;
  const other = all.find(({ seen, falls }) => falls && seen.path !== taken && isLikeCounter(seen))?.seen;
  if (other === undefined) return undefined;
  return `${own.path} is taken for the counter, and rises in all lines, as a number of the line does. ${other.path} falls within a key: if that is the counter, the order is broken. Name the counter with --map n=${other.path} or n=${own.path}`;
};

/** A field with the name of a counter, and no time. */
const isNamedCount = (seen: Seen): boolean => isNamedCounter(seen) && !isLikeTime(seen.values);
const isSteadyCount = ({ seen, isSteady }: Candidate): boolean => isSteady && isNamedCount(seen);

const isNamedCounter = ({ name }: Seen): boolean => fields.n.names.some((known) => known === name);

/** Too few values may fall too often to be known as a counter. */
const isLikeCounter = (seen: Seen): boolean => isNamedCounter(seen) || endsLikeCounter(seen.own) !== undefined;

/** 2: its values rise over all rows; 1: over all rows of each shard; 0: over neither. */
const extentOf = (seen: Seen, shards: RowKeys | undefined): 0 | 1 | 2 => {
  if (isRisingIn(seen, () => '')) return 2;
  return shards !== undefined && isRisingIn(seen, (row) => shards[row] ?? '') ? 1 : 0;
};

const isRisingIn = ({ values, rows }: Seen, groupOf: (row: number) => string): boolean => {
  const last = new Map<string, number>();
  for (const [index, value] of values.entries()) {
    const n = counterOf(value);
    if (n === undefined) continue;
    const group = groupOf(rows[index] as number);
    if (n < (last.get(group) ?? 0)) return false;
    last.set(group, n);
  }
  return true;
};
