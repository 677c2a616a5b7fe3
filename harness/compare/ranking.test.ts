import { expect, test } from 'vitest';
import { seededRandom } from '../lib/random.ts';
import { latenciesOf, percentile } from './latencies.ts';
import { type Candidate, type Ranking, rankingOf } from './ranking.ts';
import type { Timing } from './timing.ts';

/** 100 records a second for four seconds; around a latency, by a fifth of it. */
const round = (us: number, growthUs = 0): readonly Timing[] =>
  Array.from({ length: 400 }, (_, index): Timing => {
    const due = index * 10_000;
    const acked = due + Math.round(us * (0.9 + ((index * 7) % 20) / 100)) + index * growthUs;
    return { due, sent: due, acked, delivered: undefined };
  });
type Given = Pick<Candidate, 'arm' | 'rounds'> & Partial<Candidate>;
const rankingFor = (given: readonly Given[]): Ranking =>
  rankingOf(
    given.map((one) => ({ lost: 0, unanswered: 0, ...one })),
    '1',
  );
const namesOf = (given: readonly Given[]) => {
  const { groups, undone, behind, few, disagree, unplaced } = rankingFor(given);
  const of = (all: readonly { readonly arm: string }[]) => all.map(({ arm }) => arm);
  return { groups: groups.map(of), undone, behind, few, disagree: of(disagree), unplaced };
};
const none = { undone: [], behind: [], few: [], disagree: [], unplaced: [] };

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
  const { groups } = rankingFor(candidates);
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
  const [disagree] = rankingFor(candidates).disagree;
  expect(disagree?.low).toBeLessThan(2200);
  expect(disagree?.high).toBeGreaterThan(80_000);
});

test('an arm with a quick round and a slow one makes no others alike', () => {
  const candidates = [
    { arm: 'wild', rounds: [round(4_102_000), round(5300)] },
    { arm: 'ten', rounds: [round(54_000), round(56_000)] },
    { arm: 'hundred', rounds: [round(360_000), round(370_000)] },
  ];
  expect(namesOf(candidates)).toEqual({ ...none, groups: [['ten'], ['hundred']], disagree: ['wild'] });
});

test('an arm that is like two that are told apart has no place between them', () => {
  const candidates = [
    { arm: 'quick', rounds: [round(10_000)] },
    { arm: 'between', rounds: [round(12_000)] },
    { arm: 'slow', rounds: [round(14_500)] },
  ];
  expect(namesOf(candidates)).toEqual({ ...none, groups: [['quick'], ['slow']], unplaced: ['between'] });
});

test('an arm that did not write all of its records is not ranked', () => {
  const candidates = [
    { arm: 'half', rounds: [round(1000)], lost: 80 },
    { arm: 'silent', rounds: [round(1000)], unanswered: 3 },
    { arm: 'whole', rounds: [round(20_000)] },
  ];
  const undone = [
    { arm: 'half', lost: 80, unanswered: 0 },
    { arm: 'silent', lost: 0, unanswered: 3 },
  ];
  expect(namesOf(candidates)).toEqual({ ...none, groups: [['whole']], undone });
});

test('whichever arms are noise, and in whatever order they come: what is ranked is ranked by every round', () => {
  const random = seededRandom('rounds');
  for (let draw = 0; draw < 4; draw += 1) {
    const candidates = ['a', 'b', 'c', 'd'].map((arm) => ({
      arm,
      rounds: [0, 1].map(() => round(2000 * 2 ** random.int(0, 5))),
    }));
    const seen = rankingFor(candidates);
    expect(seen).toEqual(rankingFor(candidates.toReversed()));
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
