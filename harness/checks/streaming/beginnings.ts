import { compareLimbs } from '../../model/sequences.ts';
import type { ChainStart, ShardFront } from './shard-front.ts';

/** The records before the first record of a chain. Other readers read them, or still have to. */
export type LeftOut = {
  /** The number of the last of these records; undefined if it is no longer known. */
  readonly last: Int32Array | undefined;
  /** When the last acknowledged one was sent (microseconds), and the latest arrival so far (milliseconds). */
  readonly putT: number;
  readonly arrival: number;
};

/** True if an iterator with this start leaves these records out by design. */
export const mayLeaveOut = ({ from, isAfter, since, isTrim, tip }: ChainStart, left: LeftOut): boolean => {
  if (isTrim === true) return false;
  if (tip !== undefined) return left.putT <= tip.givenT;
  if (since !== undefined) return left.arrival < since;
  if (from === undefined) return true;
  if (left.last === undefined) return false;
  return compareLimbs(left.last, 0, from, 0) < (isAfter === true ? 1 : 0);
};

/** All records of the shard that are known, read or not. */
export const allOf = (shard: ShardFront): LeftOut => ({
  last: shard.last,
  putT: shard.latestPutT,
  arrival: shard.behind.reduce((latest, one) => Math.max(latest, one.latestArrival), shard.latestArrival),
});

/** True if an iterator with this start may begin with this record. */
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
