import { seededRandom } from '../lib/random.ts';
import { isSustained } from './backlog.ts';
import { resampled } from './bootstrap.ts';
import { isEnough, latenciesOf, medianLatency } from './latencies.ts';
import { type Contender, isAhead, type Pair, pairOf } from './pair-rule.ts';
import { disagreeingIn, groupsOf, type RelationOf, unplacedIn } from './placed.ts';
import { spansOf } from './spans.ts';
import type { Timing } from './timing.ts';

export type Ranked = { readonly arm: string; readonly median: number };
/** An arm with the medians of its fastest and its slowest round. */
export type Disagreeing = { readonly arm: string; readonly low: number; readonly high: number };
/** An arm that did not write all of its records. */
export type Undone = { readonly arm: string; readonly lost: number; readonly unanswered: number };
export type Ranking = {
  /**
   * The fastest group first. Any two arms of a group are alike, and any two of different groups are told apart. Medians
   * are microseconds from due to acknowledged.
   */
  readonly groups: readonly (readonly Ranked[])[];
  /** Arms that lost records, or that have records without an answer: they did less work. */
  readonly undone: readonly Undone[];
  /** Arms that fell behind in every round: their latencies only show how long the run was. */
  readonly behind: readonly string[];
  /** Arms with too few records. */
  readonly few: readonly string[];
  /**
   * Arms that are slower than another one over all rounds, and faster in one round: the noise is larger than the
   * difference.
   */
  readonly disagree: readonly Disagreeing[];
  /** Arms for which no place is right: they are like arms that are not alike. */
  readonly unplaced: readonly string[];
  /** What the rule says of each two arms that have enough records and did their work. */
  readonly pairs: readonly Pair[];
};

export type Candidate = {
  readonly arm: string;
  readonly rounds: readonly (readonly Timing[])[];
  readonly lost: number;
  readonly unanswered: number;
};
type Known = Contender & { readonly count: number };

/**
 * Ranks by the p50 of the table: the median of all records of an arm. `pairOf` is the rule for two arms. An arm that
 * keeps the ranking from saying the rule of each pair has no place in it.
 */
export const rankingOf = (candidates: readonly Candidate[], seed: string): Ranking => {
  const undone = candidates.filter(({ lost, unanswered }) => lost + unanswered > 0);
  const done = candidates.filter((one) => !undone.includes(one));
  const behind = done.filter(({ rounds }) => rounds.length > 0 && rounds.every((one) => isSustained(one) === false));
  const known = done.filter((one) => !behind.includes(one)).map((one) => knownOf(one, seed));
  const enough = known.filter(({ count }) => isEnough(count, 0.5)).toSorted((a, b) => (isAhead(a, b) ? -1 : 1));
  return {
    undone: undone.map(({ arm, lost, unanswered }) => ({ arm, lost, unanswered })),
    behind: behind.map(({ arm }) => arm),
    few: known.filter((one) => !enough.includes(one)).map(({ arm }) => arm),
    ...placesOf(enough),
  };
};

const placesOf = (arms: readonly Contender[]): Pick<Ranking, 'groups' | 'disagree' | 'unplaced' | 'pairs'> => {
  const pairs = arms.flatMap((one, index) => arms.slice(index + 1).map((other) => pairOf(one, other)));
  const relationOf = relationIn(pairs);
  const disagree = disagreeingIn(arms, relationOf);
  const agreed = arms.filter((one) => !disagree.includes(one));
  const unplaced = unplacedIn(agreed, relationOf);
  const ranked = agreed.filter((one) => !unplaced.includes(one));
  return {
    groups: groupsOf(ranked, relationOf).map((group) => group.map(({ arm, median }) => ({ arm, median }))),
    disagree: disagree.map(({ arm, ofRounds }) => ({ arm, low: Math.min(...ofRounds), high: Math.max(...ofRounds) })),
    unplaced: unplaced.map(({ arm }) => arm),
    pairs,
  };
};

const relationIn = (pairs: readonly Pair[]): RelationOf => {
  const keyOf = (one: string, other: string): string => JSON.stringify([one, other].toSorted());
  const known = new Map(pairs.map(({ quick, slow, relation }) => [keyOf(quick, slow), relation]));
  return (one, other) => known.get(keyOf(one.arm, other.arm)) ?? 'alike';
};

const knownOf = ({ arm, rounds }: Candidate, seed: string): Known => {
  const latencies = latenciesOf(rounds.map((timings) => spansOf(timings, 'due', 'acked')));
  const ofRounds = rounds.map((timings) => medianLatency(latenciesOf([spansOf(timings, 'due', 'acked')])));
  const draws = resampled(latencies, 0.5, seededRandom(`${seed}/ranking/${arm}`));
  return { arm, count: latencies.count, median: medianLatency(latencies), ofRounds, draws };
};
