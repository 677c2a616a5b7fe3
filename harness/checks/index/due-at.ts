import { compareSequence } from '../../model/sequence-number.ts';
import type { Positions } from './positions.ts';
import type { Chain } from './tables.ts';

/**
 * The first known place of its shard that an iterator owes, by its start. Undefined if the start names no place. One
 * past the last place if nothing is known behind the start. With `sub` the iterator resumes inside an aggregate,
 * behind the user record that its reader already had.
 */
export const dueAt = (positions: Positions, { shard, from }: Chain): number | undefined => {
  const first = positions.first.at(shard);
  if (from.type === 'TRIM_HORIZON') return first;
  const isAfter = from.type === 'AFTER_SEQUENCE_NUMBER';
  if (from.seq === undefined || !(isAfter || from.type === 'AT_SEQUENCE_NUMBER')) return undefined;
  const lastHad = from.sub ?? (isAfter ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
  let low = first;
  let high = first + positions.size.at(shard);
  while (low < high) {
    const middle = (low + high) >> 1;
    const compared = compareSequence(positions.seq(middle), from.seq);
    if (compared < 0 || (compared === 0 && positions.sub(middle) <= lastHad)) low = middle + 1;
    else high = middle;
  }
  return low;
};
