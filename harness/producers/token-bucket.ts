import { HarnessError } from '../lib/error.ts';

/**
 * A token bucket that answers when, and never waits: milliseconds in and out, of whatever clock. In any stretch of T
 * seconds it grants at most `perSecond` × T and, once, the larger of `burst` and the last cost: what is larger than
 * the burst is granted when the bucket is full, and paid back before the next. Whole tokens are counted from one
 * moment and divided at the end, so that nothing is rounded twice.
 */
export type TokenBucketOptions = {
  /** Tokens a second; a whole number. */
  readonly perSecond: number;
  /** Tokens that an idle bucket saves up, at most; a whole number. */
  readonly burst: number;
};

export type TokenBucket = {
  /** When so many tokens, a whole number, may go: now or later. Nothing is taken. */
  readonly when: (cost: number, nowMs: number) => number;
  /** Takes them at that moment, and answers it: never before what was granted earlier. */
  readonly take: (cost: number, nowMs: number) => number;
};

export const createTokenBucket = ({ perSecond, burst }: TokenBucketOptions): TokenBucket => {
  if (!(Number.isSafeInteger(perSecond) && perSecond > 0))
    throw new HarnessError('usage', `rate: ${perSecond} a second is not a whole number above zero`);
  if (!(Number.isSafeInteger(burst) && burst >= 0))
    throw new HarnessError('usage', `burst: ${burst} is not a whole number of zero or more`);
  const msOf = (tokens: number): number => (tokens * 1000) / perSecond;
  const full = msOf(burst);
  // The bucket is empty at `anchorMs` and `spent` tokens later; it begins full.
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
