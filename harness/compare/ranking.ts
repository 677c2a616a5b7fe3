import { seededRandom } from '../lib/random.ts';
import { isSustained } from './backlog.ts';
import { ratioInterval } from './bootstrap.ts';
import { isEnough, type Latencies, latenciesOf, merged, quantile } from './latencies.ts';
import type { Timing } from './timing.ts';

/** Arms whose medians lie nearer than this are not told apart, however sure the interval is: hosts differ by more. */
const apart = 1.25;

export type Ranked = { readonly arm: string; readonly median: number };
export type Ranking = {
  /** The quickest first; of a group nobody could be told from the first. Microseconds, due to acknowledged. */
  readonly groups: readonly (readonly Ranked[])[];
  /** They fell behind in every round: their latencies tell how long the run was, and nothing of them. */
  readonly behind: readonly string[];
};

export type Candidate = { readonly arm: string; readonly rounds: readonly (readonly Timing[])[] };
type Best = Ranked & { readonly latencies: Latencies };

/**
 * By the median of each arm's quickest round among those in which it kept up: what else a machine does adds to a round,
 * and never takes away. Two arms are told apart where the bootstrap interval of their ratio lies wholly beyond `apart`.
 */
export const rankingOf = (candidates: readonly Candidate[], seed: string): Ranking => {
  const best = candidates.flatMap(bestOf).toSorted((a, b) => a.median - b.median);
  const groups: Best[][] = [];
  for (const one of best) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group !== undefined && first !== undefined && !isSlower(first, one, seed)) group.push(one);
    else groups.push([one]);
  }
  const isKnown = (arm: string): boolean => best.some((one) => one.arm === arm);
  return {
    groups: groups.map((group) =>
      group.map(({ arm, median }) => ({ arm, median })).toSorted((a, b) => (a.arm < b.arm ? -1 : 1)),
    ),
    behind: candidates.map(({ arm }) => arm).filter((arm) => !isKnown(arm)),
  };
};

const bestOf = ({ arm, rounds }: Candidate): readonly Best[] =>
  rounds
    .filter(isSustained)
    .map((timings) => latenciesOf([timings.flatMap(observed)]))
    .filter(({ count }) => isEnough(count, 0.5))
    .map((latencies) => ({ arm, latencies, median: quantile(merged(latencies.stretches), 0.5) }))
    .toSorted((a, b) => a.median - b.median)
    .slice(0, 1);

const observed = ({ due, acked }: Timing): readonly { readonly dueUs: number; readonly latencyUs: number }[] =>
  acked === undefined ? [] : [{ dueUs: due, latencyUs: acked - due }];

const isSlower = (first: Best, one: Best, seed: string): boolean =>
  ratioInterval(first.latencies, one.latencies, 0.5, seededRandom(`${seed}/ranking/${first.arm}/${one.arm}`)).low >
  apart;
