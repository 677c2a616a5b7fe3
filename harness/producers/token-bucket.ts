import { HarnessError } from '../lib/error.ts';

/**
 * A token bucket that computes times and never waits; times are milliseconds of any clock. In any T seconds it grants
 * at most `perSecond` × T and, once, the larger of `burst` and the last cost. A cost above the burst is granted when
 * the bucket is full, and is paid back before the next grant. Whole tokens are counted from one point in time and
 * divided at the end, so that nothing is rounded twice.
 */
export type TokenBucketOptions = {
  /** Tokens per second, a whole number above 0. */
  readonly perSecond: number;
  /** The most tokens that an idle bucket saves, a whole number from 0. */
  readonly burst: number;
};

export type TokenBucket = {
  /** When this many tokens (a whole number) may be taken: `nowMs` or later. Takes nothing. */
  readonly when: (cost: number, nowMs: number) => number;
  /** Takes the tokens, and returns the time from which they are granted: never before an earlier grant. */
  readonly take: (cost: number, nowMs: number) => number;
};

export const createTokenBucket = ({ perSecond, burst }: TokenBucketOptions): TokenBucket => {
  if (!(Number.isSafeInteger(perSecond) && perSecond > 0))
    throw new HarnessError('usage', `rate: ${perSecond} a second is not a whole number above zero`);
  if (!(Number.isSafeInteger(burst) && burst >= 0))
    throw new HarnessError('usage', `burst: ${burst} is not a whole number of zero or more`);
  const msOf = (tokens: number): number => (tokens * 1000) / perSecond;
  const full = msOf(burst);
  // The bucket is empty at `anchorMs` plus the time for `spent` tokens. It begins full.
  let anchorMs = Number.NEGATIVE_INFINITY;
  let spent = 0;
  const when = (cost: number, nowMs: number): number => {
    if (anchorMs + msOf(spent) < nowMs - full) [anchorMs, spent] = [nowMs - full, 0];
    return Math.max(nowMs, anchorMs + msOf(spent + Math.min(cost, burst)));
  };
  return {
    when,
    take: (cost, nowMs) => {
      const grantedMs = when(cost, nowMs);
      spent += cost;
      return grantedMs;
    },
  };
};
