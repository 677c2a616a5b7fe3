import { seededRandom } from '../lib/random.ts';
import { isSustained } from './backlog.ts';
import { ratioInterval } from './bootstrap.ts';
import { isEnough, type Latencies, latenciesOf, medianLatency } from './latencies.ts';
import { spansOf } from './spans.ts';
import type { Timing } from './timing.ts';

/**
 * Arms whose medians differ by a smaller factor share a place, however small the interval is: hosts differ by more.
 */
const apart = 1.25;

export type Ranked = { readonly arm: string; readonly median: number };
/** An arm with the medians of its fastest and its slowest round. */
export type Disagreeing = { readonly arm: string; readonly low: number; readonly high: number };
export type Ranking = {
  /**
   * The fastest group first. The arms of a group cannot be told apart from its first one. Medians are microseconds
   * from due to acknowledged.
   */
  readonly groups: readonly (readonly Ranked[])[];
  /** Arms that fell behind in every round: their latencies only show how long the run was. */
  readonly behind: readonly string[];
  /** Arms with too few records. */
  readonly few: readonly string[];
  /**
   * Arms that are slower than another one over all rounds, and faster in one round: the noise is larger than the
   * difference.
   */
  readonly disagree: readonly Disagreeing[];
};

export type Candidate = { readonly arm: string; readonly rounds: readonly (readonly Timing[])[] };
type Known = Ranked & { readonly latencies: Latencies; readonly ofRounds: readonly number[] };

/**
 * Ranks by the p50 of the table: the median of all records of an arm. Two arms are told apart if the bootstrap
 * interval of their ratio lies completely beyond `apart`, and every round agrees.
 */
export const rankingOf = (candidates: readonly Candidate[], seed: string): Ranking => {
  const behind = candidates.filter(
    ({ rounds }) => rounds.length > 0 && rounds.every((one) => isSustained(one) === false),
  );
  const known = candidates.filter((one) => !behind.includes(one)).map(knownOf);
  const enough = known
    .filter(({ latencies }) => isEnough(latencies.count, 0.5))
    .toSorted((a, b) => a.median - b.median || (a.arm < b.arm ? -1 : 1));
  const isSlower = slowerBySeed(seed);
  const disagree = noisiestFirst(enough, isSlower);
  const ranked = enough.filter((one) => !disagree.includes(one));
  return {
    groups: groupsOf(ranked, isSlower),
    behind: behind.map(({ arm }) => arm),
    few: known.filter((one) => !enough.includes(one)).map(({ arm }) => arm),
    disagree: disagree.map(({ arm, ofRounds }) => ({ arm, low: Math.min(...ofRounds), high: Math.max(...ofRounds) })),
  };
};

const knownOf = ({ arm, rounds }: Candidate): Known => {
  const latencies = latenciesOf(rounds.map((timings) => spansOf(timings, 'due', 'acked')));
  const ofRounds = rounds.map((timings) => medianLatency(latenciesOf([spansOf(timings, 'due', 'acked')])));
  return { arm, latencies, median: medianLatency(latencies), ofRounds };
};

type IsSlower = (one: Known, than: Known) => boolean;

/** True if an arm is slower than another one. Computes the interval of each pair once. */
const slowerBySeed = (seed: string): IsSlower => {
  const drawn = new Map<string, boolean>();
  return (one, than) => {
    const pair = `${seed}/ranking/${than.arm}/${one.arm}`;
    const known = drawn.get(pair) ?? ratioInterval(than.latencies, one.latencies, 0.5, seededRandom(pair)).low > apart;
    drawn.set(pair, known);
    return known;
  };
};

/**
 * The arms to remove so that no two contradict each other. Of two that do, the one whose rounds lie further apart is
 * removed. Rounds are interleaved, so round k of two arms ran on the machine at nearly the same time.
 */
const noisiestFirst = (arms: readonly Known[], isSlower: IsSlower): readonly Known[] => {
  const out: Known[] = [];
  for (;;) {
    const left = arms.filter((one) => !out.includes(one));
    const torn = left.filter((one) => left.some((other) => isTorn(one, other, isSlower)));
    const [noisiest] = torn.toSorted((a, b) => spreadOf(b) - spreadOf(a));
    if (noisiest === undefined) return out;
    out.push(noisiest);
  }
};

const isTorn = (one: Known, other: Known, isSlower: IsSlower): boolean => {
  const [slow, quick] = one.median > other.median ? [one, other] : [other, one];
  const isQuickerOnce = slow.ofRounds.some((median, round) => median < (quick.ofRounds[round] ?? 0));
  return isQuickerOnce && isSlower(slow, quick);
};

const spreadOf = ({ ofRounds }: Known): number => Math.max(...ofRounds) / Math.max(1, Math.min(...ofRounds));

const groupsOf = (ranked: readonly Known[], isSlower: IsSlower): Ranking['groups'] => {
  const groups: Known[][] = [];
  for (const one of ranked) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group !== undefined && first !== undefined && !isSlower(one, first)) group.push(one);
    else groups.push([one]);
  }
  return groups.map((group) => group.map(({ arm, median }) => ({ arm, median })));
};
