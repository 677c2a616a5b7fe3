import { expect, test } from 'vitest';
import { seededRandom } from '../lib/random.ts';
import { latenciesOf, percentile } from './latencies.ts';
import { rankingOf } from './ranking.ts';
import type { Timing } from './timing.ts';

/** 100 records a second for four seconds; around a latency, by a fifth of it. */
const round = (us: number, growthUs = 0): readonly Timing[] =>
  Array.from({ length: 400 }, (_, index): Timing => {
    const due = index * 10_000;
    const acked = due + Math.round(us * (0.9 + ((index * 7) % 20) / 100)) + index * growthUs;
    return { due, sent: due, acked, delivered: undefined };
  });
const namesOf = (candidates: Parameters<typeof rankingOf>[0]) => {
  const { groups, behind, few, disagree } = rankingOf(candidates, '1');
  const of = (all: readonly { readonly arm: string }[]) => all.map(({ arm }) => arm);
  return { groups: groups.map(of), behind, few, disagree: of(disagree) };
};
const none = { behind: [], few: [], disagree: [] };

test('arms that cannot be told apart stand together, the others behind one another', () => {
  const candidates = [
    { arm: 'slow', rounds: [round(20_000)] },
    { arm: 'b', rounds: [round(2100)] },
    { arm: 'a', rounds: [round(2000)] },
  ];
  expect(namesOf(candidates)).toEqual({ ...none, groups: [['a', 'b'], ['slow']] });
});

test('medians are those of the table: of the records of all rounds together, and x is to the first', () => {
  const rounds = [round(2000), round(20_000), round(20_000)];
  const candidates = [
    { arm: 'late', rounds: [round(90_000), round(90_000), round(90_000)] },
    { arm: 'mixed', rounds },
  ];
  const pooled = latenciesOf(
    rounds.map((one) => one.map(({ due, acked = 0 }) => ({ dueUs: due, latencyUs: acked - due }))),
  );
  const { groups } = rankingOf(candidates, '1');
  expect(groups.map(([first]) => first?.arm)).toEqual(['mixed', 'late']);
  expect(groups[0]?.[0]?.median).toBe(percentile(pooled, 0.5));
  expect(groups[0]?.[0]?.median).toBeGreaterThan(17_000);
});

test('where a round contradicts all rounds together, the arm whose rounds lie further apart is not ranked', () => {
  const candidates = [
    { arm: 'noisy', rounds: [round(2000), round(90_000), round(90_000)] },
    { arm: 'even', rounds: [round(20_000), round(20_000), round(20_000)] },
    { arm: 'slow', rounds: [round(200_000), round(200_000), round(200_000)] },
  ];
  expect(namesOf(candidates)).toEqual({ ...none, groups: [['even'], ['slow']], disagree: ['noisy'] });
  const [disagree] = rankingOf(candidates, '1').disagree;
  expect(disagree?.low).toBeLessThan(2200);
  expect(disagree?.high).toBeGreaterThan(80_000);
});

test('whichever arms are noise, and in whatever order they come: what is ranked is ranked by every round', () => {
  const random = seededRandom('rounds');
  for (let draw = 0; draw < 4; draw += 1) {
    const candidates = ['a', 'b', 'c', 'd'].map((arm) => ({
      arm,
      rounds: [0, 1].map(() => round(2000 * 2 ** random.int(0, 5))),
    }));
    const seen = rankingOf(candidates, '1');
    expect(seen).toEqual(rankingOf(candidates.toReversed(), '1'));
    const firsts = seen.groups.map(([first]) => candidates.find(({ arm }) => arm === first?.arm)?.rounds ?? []);
    for (const [index, rounds] of firsts.slice(1).entries())
      for (const [at, one] of rounds.entries())
        expect(one[0]?.acked ?? 0).toBeGreaterThanOrEqual(firsts[index]?.[at]?.[0]?.acked ?? 0);
  }
});

test('an arm that kept up in no round is behind, and has no place', () => {
  const candidates = [
    { arm: 'overrun', rounds: [round(1000, 3000), round(1000, 3000)] },
    { arm: 'slow', rounds: [round(20_000)] },
  ];
  expect(namesOf(candidates)).toEqual({ ...none, groups: [['slow']], behind: ['overrun'] });
});

test('too few records rank nobody', () => {
  expect(namesOf([{ arm: 'few', rounds: [round(1000).slice(0, 19)] }])).toEqual({ ...none, groups: [], few: ['few'] });
  expect(namesOf([{ arm: 'none', rounds: [] }])).toEqual({ ...none, groups: [], few: ['none'] });
});
