import { expect, test } from 'vitest';
import { orderOfSubs, ordinalOf } from './subs.ts';

test('user records of one aggregate are in the order of their sub-sequence numbers', () => {
  expect([ordinalOf(-1), ordinalOf(0), ordinalOf(2 ** 22 - 1), ordinalOf(2 ** 22)]).toEqual([0, 1, 2 ** 22, -1]);
  expect(Math.sign(orderOfSubs(ordinalOf(1), ordinalOf(0)))).toBe(1);
  expect(Math.sign(orderOfSubs(ordinalOf(0), ordinalOf(7)))).toBe(-1);
  expect(orderOfSubs(ordinalOf(3), ordinalOf(3))).toBe(0);
});

test('a plain record is at the place of each', () => {
  expect([orderOfSubs(0, ordinalOf(5)), orderOfSubs(ordinalOf(5), 0), orderOfSubs(0, 0)]).toEqual([0, 0, 0]);
});
