import { describe, expect, test } from 'vitest';
import { Recent } from './recent.ts';

const recentOf = (counts: number): Recent => {
  const recent = new Recent();
  for (let count = 1; count <= counts; count += 1) {
    recent.note(count, 10 * count);
    recent.noteSums(count, -count);
  }
  return recent;
};

describe('the last thousand records that were read', () => {
  test('have the times at which they were acknowledged', () => {
    const recent = recentOf(3000);
    expect([1, 1976, 1977, 2500, 3000, 3001].map((count) => recent.ackTOf(count))).toEqual([
      Number.NaN,
      Number.NaN,
      19_770,
      25_000,
      30_000,
      Number.NaN,
    ]);
  });

  test('have the sums of all down to them', () => {
    const recent = recentOf(3000);
    expect([1976, 1977, 3000, 3001].map((count) => recent.holds(count))).toEqual([false, true, true, false]);
    for (const count of [1977, 2048, 3000]) {
      expect(recent.areSums(count, count, -count)).toBe(true);
      expect([recent.areSums(count, count + 1, -count), recent.areSums(count, count, 1 - count)]).toEqual([
        false,
        false,
      ]);
    }
  });

  test.each([1, 15, 16, 17, 1023, 1024, 1025])('are all of them where they are fewer, or the latest: %i', (counts) => {
    const recent = recentOf(counts);
    for (let count = Math.max(1, counts - 1023); count <= counts; count += 1)
      expect([recent.holds(count), recent.ackTOf(count), recent.areSums(count, count, -count)]).toEqual([
        true,
        10 * count,
        true,
      ]);
  });

  test('are none at first', () => {
    const recent = new Recent();
    expect([0, 1].map((count) => recent.holds(count))).toEqual([false, false]);
  });
});
