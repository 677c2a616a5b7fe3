import { expect, test } from 'vitest';
import type { Timing } from './timing.ts';
import { measuredIn } from './window.ts';

const at = (rate: number, count: number, start = 777): readonly Timing[] =>
  Array.from({ length: count }, (_, index): Timing => {
    const due = start + Math.round((index / rate) * 1e6);
    return { due, sent: due, acked: due + (index === 0 ? 900_000 : 1000), delivered: undefined };
  });

test.each([
  [150, 3.5, 525],
  [30, 1, 30],
  [7, 2, 14],
])('%i records a second for %d s are measured as %i, whatever the rounding to whole keys added', (rate, seconds, n) => {
  const measured = measuredIn(at(rate, Math.ceil(rate * (seconds + 1)) + 19), seconds);
  expect(measured).toHaveLength(n);
  expect(measured.every(({ due, acked = 0 }) => acked - due === 1000)).toBe(true);
});

test('nothing is measured of nothing', () => {
  expect(measuredIn([], 3)).toEqual([]);
});
