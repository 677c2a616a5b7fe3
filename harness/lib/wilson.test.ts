import { expect, test } from 'vitest';
import { rateWords, wilson } from './wilson.ts';

// Computed by hand from the formula, and as statsmodels' proportion_confint(method="wilson") gives them.
test.each([
  [0, 10, 0, 0.2775],
  [1, 20, 0.0089, 0.2361],
  [5, 10, 0.2366, 0.7634],
  [10, 10, 0.7225, 1],
])('%d of %d', (hits, runs, low, high) => {
  const [from, to] = wilson(hits, runs);
  expect(from).toBeCloseTo(low, 3);
  expect(to).toBeCloseTo(high, 3);
});

test('nothing was run: nothing is known', () => {
  expect(wilson(0, 0)).toEqual([0, 1]);
});

test('in words', () => {
  expect(rateWords('violated', 1, 20)).toBe('violated in 1 of 20 runs: 5 % (95 % interval 1 to 24 %)');
});
