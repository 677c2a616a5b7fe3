import { compareLimbs } from '../../model/sequences.ts';
import type { ChainStart, ShardFront } from './shard-front.ts';

/** All that lies before the first record of a chain, and that others read, or are still to read. */
export type LeftOut = {
  /** The number of its last record; undefined: it is not known any more. */
  readonly last: Int32Array | undefined;
  /** The latest sending of an acknowledged one (microseconds), and the latest arrival so far (milliseconds). */
  readonly putT: number;
  readonly arrival: number;
};

/** Was an iterator that was asked to begin there to leave it out? */
export const mayLeaveOut = ({ from, isAfter, since, isTrim, tip }: ChainStart, left: LeftOut): boolean => {
  if (isTrim === true) return false;
  if (tip !== undefined) return left.putT <= tip.givenT;
  if (since !== undefined) return left.arrival < since;
  if (from === undefined) return true;
  if (left.last === undefined) return false;
  return compareLimbs(left.last, 0, from, 0) < (isAfter === true ? 1 : 0);
};

/** All that is known of the shard, read or not. */
export const allOf = (shard: ShardFront): LeftOut => ({
  last: shard.last,
  putT: shard.latestPutT,
  arrival: shard.behind.reduce((latest, one) => Math.max(latest, one.latestArrival), shard.latestArrival),
});

/** Does the first record lie where an iterator that was asked to begin there may begin? */
export const isBehindStart = (
  { from, isAfter, since }: ChainStart,
  limbs: Int32Array,
  at: number,
  arrival: number,
): boolean => {
  const isEarly = since !== undefined && arrival < since;
  const compared = from === undefined ? 1 : compareLimbs(limbs, at, from, 0);
  return !isEarly && compared >= (isAfter === true ? 1 : 0);
};
