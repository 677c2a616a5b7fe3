import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { aComparison, aRanking } from '../testing/stand-ins/a-comparison.ts';
import { isSustained } from './backlog.ts';
import { latenciesOf, medianLatency } from './latencies.ts';
import { type Candidate, type Ranking, rankingOf } from './ranking.ts';
import { rankingLines } from './render/ranking-words.ts';
import { spansOf } from './spans.ts';
import type { Timing } from './timing.ts';

type Shape = { readonly us: number; readonly growthUs: number };

/** 100 records a second for two seconds. `growthUs`: how much later each answer comes than the one before. */
const roundOf = ({ us, growthUs }: Shape): readonly Timing[] =>
  Array.from({ length: 200 }, (_, index): Timing => {
    const due = index * 10_000;
    const acked = due + Math.round(us * (0.8 + ((index * 7) % 40) / 100)) + index * growthUs;
    return { due, sent: due, acked, delivered: undefined };
  });
const round = fc.record({
  us: fc.constantFrom(3000, 3500, 4200, 5000, 20_000, 400_000),
  growthUs: fc.constantFrom(0, 0, 0, 30, 300, 900),
});
const arms = fc
  .integer({ min: 1, max: 3 })
  .chain((rounds) =>
    fc.array(fc.array(round, { minLength: rounds, maxLength: rounds }), { minLength: 1, maxLength: 6 }),
  );

const candidatesOf = (all: readonly (readonly Shape[])[]): readonly Candidate[] =>
  all.map((shapes, index) => ({ arm: `arm-${index}`, rounds: shapes.map(roundOf), lost: 0, unanswered: 0 }));

const p50Of = (rounds: Candidate['rounds']): number =>
  medianLatency(latenciesOf(rounds.map((one) => spansOf(one, 'due', 'acked'))));

/** The rule of docs/compare.md, from the figures that a user has: the p50s of the table and of rounds, the interval. */
const ruled = (quick: Candidate, slow: Candidate, low: number): string => {
  if (p50Of(slow.rounds) <= 1.25 * p50Of(quick.rounds)) return 'alike';
  if (slow.rounds.some((one, at) => p50Of([one]) < p50Of(quick.rounds.slice(at, at + 1)))) return 'torn';
  return low <= 1.25 ? 'alike' : 'slower';
};

/** The arms of the printed line, place by place. */
const printed = (ranking: Ranking): readonly (readonly string[])[] => {
  const line = rankingLines(aComparison([], { ranking: aRanking(ranking) }))[0]?.split(': ')[1] ?? '';
  return line === '' ? [] : line.split(' < ').map((place) => place.replace(/ \(× [\d.,]+\)$/, '').split(' ≈ '));
};

test.prop([arms], { numRuns: 60 })(
  'the printed relation of any two arms is what the rule says of the two',
  (shapes) => {
    const all = candidatesOf(shapes);
    const ranking = rankingOf(all, '1');
    const places = ranking.groups.length === 0 ? [] : printed(ranking);
    const placeOf = (arm: string): number => places.findIndex((place) => place.includes(arm));
    for (const { quick, slow, low, relation } of ranking.pairs) {
      const [one, other] = [quick, slow].map((arm) => all.find((candidate) => candidate.arm === arm));
      if (one === undefined || other === undefined) throw new Error(`${quick}, ${slow}: not of these arms`);
      expect(relation).toBe(ruled(one, other, low));
      if (placeOf(quick) < 0 || placeOf(slow) < 0) continue;
      if (relation === 'alike') expect(placeOf(quick)).toBe(placeOf(slow));
      else expect([relation, placeOf(quick) < placeOf(slow)]).toEqual(['slower', true]);
    }
  },
);

test.prop([arms], { numRuns: 30 })('each arm stands in one place, or is listed once with its reason', (shapes) => {
  const all = candidatesOf(shapes);
  const { groups, disagree, unplaced, behind, few } = rankingOf(all, '1');
  const named = [...groups.flat(), ...disagree].map(({ arm }) => arm);
  expect([...named, ...unplaced, ...behind, ...few].toSorted()).toEqual(all.map(({ arm }) => arm).toSorted());
  expect(behind).toEqual(
    all.filter(({ rounds }) => rounds.every((one) => isSustained(one) === false)).map(({ arm }) => arm),
  );
});

test.prop([arms], { numRuns: 30 })('what is said of two arms does not depend on others', (shapes) => {
  const all = candidatesOf(shapes);
  const { pairs } = rankingOf(all, '1');
  for (const pair of pairs.slice(0, 4)) {
    const alone = all.filter(({ arm }) => arm === pair.quick || arm === pair.slow);
    expect(rankingOf(alone, '1').pairs).toEqual([pair]);
  }
});
