import { counterOf } from '../tap/identity/counter.ts';

/** A number and the key of its record; undefined if no key is known. */
export type Keyed = { readonly key: string | undefined; readonly value: unknown };

/** How the values of a field change within each key, over the first rows of a file. */
export type Course = {
  /** Rows that follow another one of their key. */
  readonly pairs: number;
  /** Pairs whose value the key had before: deliveries of one record to several applications. */
  readonly again: number;
  /**
   * Of any two values of a key, how many rise and how many fall. Neighbours alone cannot tell a quantity from a
   * counter whose records are swapped in pairs.
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

/**
 * True for the version of a schema, a quantity or a price. False if most values fall: a dump may begin with its newest
 * record.
 */
export const isNoCounter = ({ pairs, again, rising, falling }: Course): boolean => {
  if (pairs >= 3 && again === pairs) return true;
  if (pairs >= 10 && again >= 0.85 * pairs) return true;
  const moves = rising + falling;
  return moves >= 20 && Math.max(rising, falling) < 0.7 * moves;
};

/**
 * True if the values rise or fall like a counter. `moves`: the least number of compared values, because fewer may
 * agree by chance.
 */
export const isSteady = ({ pairs, again, rising, falling }: Course, moves: number): boolean =>
  rising + falling >= moves && again < 0.85 * pairs && Math.max(rising, falling) >= 0.9 * (rising + falling);
