import { expect, test } from 'vitest';
import { slownessOf } from './probe.ts';

test.each([
  [0.5, 1],
  [7, 1],
  [14, 2],
  [70, 10],
  [2000, 10],
])('a target that answers in %d ms multiplies deadlines by %d', (putMs, factor) => {
  expect(slownessOf(putMs)).toBe(factor);
});
