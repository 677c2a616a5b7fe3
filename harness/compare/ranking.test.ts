import { expect, test } from 'vitest';
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
  const { groups, behind } = rankingOf(candidates, '1');
  return { groups: groups.map((group) => group.map(({ arm }) => arm)), behind };
};

test('arms that cannot be told apart stand together, the others behind one another', () => {
  const candidates = [
    { arm: 'slow', rounds: [round(20_000)] },
    { arm: 'b', rounds: [round(2000)] },
    { arm: 'a', rounds: [round(2100)] },
  ];
  expect(namesOf(candidates)).toEqual({ groups: [['a', 'b'], ['slow']], behind: [] });
});

test('the quickest round of an arm counts: a slow minute of the machine ranks nobody', () => {
  const candidates = [
    { arm: 'disturbed', rounds: [round(90_000), round(2000)] },
    { arm: 'slow', rounds: [round(20_000), round(20_000)] },
  ];
  expect(namesOf(candidates).groups).toEqual([['disturbed'], ['slow']]);
});

test('an arm that kept up in no round is behind, and has no place', () => {
  const candidates = [
    { arm: 'overrun', rounds: [round(1000, 3000), round(1000, 3000)] },
    { arm: 'slow', rounds: [round(20_000)] },
  ];
  expect(namesOf(candidates)).toEqual({ groups: [['slow']], behind: ['overrun'] });
});

test('too few records rank nobody', () => {
  expect(namesOf([{ arm: 'few', rounds: [round(1000).slice(0, 19)] }])).toEqual({ groups: [], behind: ['few'] });
});
