import { counterOf } from '../tap/identity/counter.ts';

/** A number, and the key of its record; undefined: no key is known. */
export type Keyed = { readonly key: string | undefined; readonly value: unknown };

/** How a field goes within each key, over the first rows of a file. */
export type Course = {
  /** Rows that follow another one of their key. */
  readonly pairs: number;
  /** Of these, the ones with a value that their key had before: deliveries of one record to several applications. */
  readonly again: number;
  /**
   * Of any two values of a key, how many rise and how many fall: neighbours alone would not tell a counter whose
   * records are swapped in pairs from a quantity.
   */
  readonly rising: number;
  readonly falling: number;
};

export const courseOf = (rows: readonly Keyed[]): Course => {
  const seen = new Map<string | undefined, Set<number>>();
  const course = { pairs: 0, again: 0, rising: 0, falling: 0 };
  for (const { key, value } of rows) {
    const n = counterOf(value);
    if (n === undefined) continue;
    const earlier = seen.get(key) ?? new Set();
    if (earlier.size > 0) course.pairs += 1;
    if (earlier.has(n)) course.again += 1;
    else for (const other of earlier) course[other < n ? 'rising' : 'falling'] += 1;
    seen.set(key, earlier.add(n));
  }
  return course;
};

/** A version of the schema, a quantity, a price. A dump that begins with the newest record falls. */
export const isNoCounter = ({ pairs, again, rising, falling }: Course): boolean => {
  if (pairs >= 3 && again === pairs) return true;
  if (pairs >= 10 && again >= 0.85 * pairs) return true;
  const moves = rising + falling;
  return moves >= 20 && Math.max(rising, falling) < 0.7 * moves;
};

/** It goes like a counter, whatever it is called. Fewer `moves` may be chance. */
export const isSteady = ({ pairs, again, rising, falling }: Course, moves: number): boolean =>
  rising + falling >= moves && again < 0.85 * pairs && Math.max(rising, falling) >= 0.9 * (rising + falling);
