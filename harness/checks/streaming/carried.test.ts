import { expect, test } from 'vitest';
import { Carried } from './carried.ts';

const carried = (...hashes: readonly bigint[]): Carried => {
  const made = new Carried();
  for (const hash of hashes) made.note(hash);
  return made;
};

test('all lead into a range if the lowest and the highest do', () => {
  expect(carried(5n, 3n, 9n).areIn([3n, 9n])).toBe(true);
  expect(carried(5n, 3n, 9n).areIn([4n, 9n])).toBe(false);
  expect(carried(5n, 3n, 9n).areIn([3n, 8n])).toBe(false);
});

test('none, or a range that is not known, is no reason', () => {
  expect([carried().areIn([3n, 9n]), carried(5n).areIn(undefined)]).toEqual([true, true]);
});
