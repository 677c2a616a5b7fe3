import { describe, expect, test } from 'vitest';
import { seededRandom } from '../lib/random.ts';
import { aComparison, aRow } from '../testing/stand-ins/a-comparison.ts';
import { failIfOf } from './fail-if.ts';
import { assertComparable, baselineNotes, heldAgainst } from './held.ts';
import { type Latencies, latenciesOf } from './latencies.ts';

const latencies = (count: number, scale: number, seed = 'a'): Latencies => {
  const random = seededRandom(seed);
  return latenciesOf([
    Array.from({ length: count }, (_, index) => ({ dueUs: index * 5000, latencyUs: scale * random.int(1000, 2000) })),
  ]);
};
const of = (scale: number, seed = 'a', count = 2000) =>
  aComparison([aRow({ arm: 'one', dueToAcked: latencies(count, scale, seed) })]);

/** Few records are slow, and they are very slow: percentiles of two samples differ by much. */
const tailed = (scale: number, seed: string) => {
  const random = seededRandom(seed);
  const slow = (): number => scale * Math.min(1e6, 1000 / (1 - random.next()));
  const round = Array.from({ length: 2000 }, (_, index) => ({ dueUs: index * 5000, latencyUs: slow() }));
  return aComparison([aRow({ arm: 'one', dueToAcked: latenciesOf([round]) })]);
};

describe('a bound', () => {
  test.each([
    ['p99>+20%', { metric: 'p99', isAbove: true, bound: { change: 0.2 } }],
    ['p99 > +20 %', { metric: 'p99', isAbove: true, bound: { change: 0.2 } }],
    ['p50>5ms', { metric: 'p50', isAbove: true, bound: { value: 5000 } }],
    ['inversions>0', { metric: 'inversions', isAbove: true, bound: { value: 0 } }],
    ['sustained<-10%', { metric: 'sustained', isAbove: false, bound: { change: -0.1 } }],
  ])('%s is read', (text, expected) => {
    expect(failIfOf(text)).toEqual({ text, ...expected });
  });

  test.each(['p98>1ms', 'p99', 'p99>20', 'inversions>5ms', 'p99=+20%', 'inversions<0', ''])(
    '%j is refused, with what is possible',
    (text) => {
      expect(() => failIfOf(text)).toThrow(/--fail-if .*expected/);
    },
  );
});

describe('held against a comparison', () => {
  const held = (text: string, now = of(1), old?: ReturnType<typeof of>) => heldAgainst([failIfOf(text)], now, old)[0];

  test('a time fails only where its whole interval is beyond the bound', () => {
    expect(held('p99>+20%', of(2, 'b'), of(1))?.holds).toBe('yes');
    // Half as slow again, of a long tail: the figure is beyond the bound, its interval is not.
    expect(held('p99>+20%', tailed(1.5, 'b'), tailed(1, 'a'))).toMatchObject({
      holds: 'no',
      sentence: expect.stringMatching(/change -?\+?\d+ % to \+\d+ %.*not beyond the bound$/) as string,
    });
    expect(held('p99>+20%', of(1, 'b'), of(1))?.holds).toBe('no');
  });

  test('the sentence names arm, figures and bound', () => {
    expect(held('p99>+20%', of(2, 'b'), of(1))?.sentence).toMatch(
      /^✘ --fail-if p99>\+20%: one: p99 was 1\.\d+ ms and is 3\.\d+ ms \(change \+\d+ % to \+\d+ %, 95 % interval\): beyond the bound$/,
    );
  });

  test('too few records cannot be decided, which is no pass', () => {
    expect(held('p99>+20%', of(2, 'b', 900), of(1))).toEqual({
      holds: 'unknown',
      sentence: '? --fail-if p99>+20%: one: cannot be decided: n too small for p99: 900 records',
    });
  });

  test('a count has no interval', () => {
    const broken = aComparison([aRow({ arm: 'one', order: { kept: false, pairs: 10, inversions: 1 } })]);
    expect(held('inversions>0', broken)).toEqual({
      holds: 'yes',
      sentence: '✘ --fail-if inversions>0: one: inversions is 1: beyond the bound',
    });
    expect(held('inversions>1', broken)?.holds).toBe('no');
  });

  test('no inversion says how little so few pairs could have shown', () => {
    const few = aComparison([aRow({ order: { kept: true, pairs: 120, inversions: 0 } })]);
    expect(held('inversions>0', few)?.sentence).toBe(
      '✔ --fail-if inversions>0: one: inversions is 0 of 120 pairs (could show ≥ 2.5 %): not beyond the bound',
    );
  });

  test.each([
    [{ unknown: ['the fault drop-response was armed and never fired'] }, 'the fault drop-response was armed'],
    [{ acked: 0, dueToAcked: latencies(0, 1) }, 'nothing was acknowledged'],
  ])('an arm that tested nothing passes nothing: %j', (over, why) => {
    for (const bound of ['lost>0', 'inversions>0', 'copies>5', 'sustained<1']) {
      const sustained = { rate: 150, isBeyond: true, isBelow: false, why: '' };
      const seen = held(bound, aComparison([aRow({ sustained, ...over })]));
      expect(seen).toEqual({
        holds: 'unknown',
        sentence: expect.stringContaining(`not judged whole: ${why}`) as string,
      });
    }
    expect(held('p50>1s', aComparison([aRow({ dueToAcked: latencies(2000, 1), ...over })]))?.holds).toBe('unknown');
    expect(held('lost>0', aComparison([aRow({ losses: 1, ...over })]))?.holds).toBe('yes');
  });

  test('a bound on the figure itself needs no baseline', () => {
    expect(held('p50>1ms', of(5))?.holds).toBe('yes');
    expect(held('p50>1s', of(5))?.holds).toBe('no');
  });
});

test('a baseline of another seed or length is compared, and that is said', () => {
  const old = of(1);
  expect(baselineNotes(old.setting, old)).toEqual([]);
  expect(baselineNotes({ ...old.setting, seed: '2' }, old)).toEqual([
    'the baseline was measured with seed 1, and this with 2',
  ]);
});

test('figures of two settings are not compared', () => {
  const old = of(1);
  expect(() => assertComparable({ ...old.setting, rate: 9 }, ['one'], old, 'old.json')).toThrow(
    /--baseline old.json: it was measured with rate 150, and this would be with 9/,
  );
  expect(() =>
    assertComparable({ ...old.setting, faults: ['drop-response:call=10'] }, ['one'], old, 'old.json'),
  ).toThrow(/it was measured under no faults, and this would be under drop-response:call=10/);
  expect(() => assertComparable(old.setting, ['two'], old, 'old.json')).toThrow(/none of the arms/);
});
