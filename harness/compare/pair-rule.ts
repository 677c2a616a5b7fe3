import { ratioOf, ratioOfDraws } from './bootstrap.ts';

/** Hosts differ by more than this factor, so a smaller one tells no two arms apart, however small its interval is. */
export const apart = 1.25;

/** An arm with the medians of the table: of all its records, and of each round. Microseconds. */
export type Contender = {
  readonly arm: string;
  readonly median: number;
  readonly ofRounds: readonly number[];
  /** The median of many resamples of its records. */
  readonly draws: readonly number[];
};

export const relations = ['slower', 'alike', 'torn'] as const;

/** What the rule says of two arms. `ratio` is that of their p50s in the table, `low` to `high` its 95 % interval. */
export type Pair = {
  readonly quick: string;
  readonly slow: string;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /**
   * `alike`: the ratio, or the low end of its interval, is at most `apart`. `torn`: the ratio is larger, and a round
   * has it the other way round. `slower`: the whole interval lies beyond `apart`, and no round has it the other way.
   */
  readonly relation: (typeof relations)[number];
};

/** Depends on these two arms only: others change nothing. */
export const pairOf = (one: Contender, other: Contender): Pair => {
  const [quick, slow] = isAhead(one, other) ? [one, other] : [other, one];
  const ratio = ratioOf(slow.median, quick.median);
  const interval = ratioOfDraws(quick.draws, slow.draws);
  // Rounds are interleaved, so round k of two arms ran on the machine at nearly the same time.
  const isTurned = slow.ofRounds.some((median, round) => median < (quick.ofRounds[round] ?? 0));
  const relation = ratio <= apart ? 'alike' : isTurned ? 'torn' : interval.low > apart ? 'slower' : 'alike';
  return { quick: quick.arm, slow: slow.arm, ratio, ...interval, relation };
};

/** The order of the ranking: by p50, then by name. */
export const isAhead = (one: Contender, other: Contender): boolean =>
  one.median === other.median ? one.arm < other.arm : one.median < other.median;
