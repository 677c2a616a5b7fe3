import { describe, expect, test } from 'vitest';
import { limbsPer } from '../../model/sequences.ts';
import { Recent } from './recent.ts';

/** A number for each count. */
const numberOf = (count: number): Int32Array => new Int32Array(limbsPer).fill(count, limbsPer - 1);

const recentOf = (counts: number): Recent => {
  const recent = new Recent();
  for (let count = 1; count <= counts; count += 1) {
    recent.note(count, 10 * count);
    recent.noteDown({ one: count, two: -count, latestPutT: count + 0.5, latestArrival: 2 * count }, numberOf(count), 0);
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

  test.each([1, 17, 1024, 3000])('are found by their numbers, with what is known of all down to them: %i', (counts) => {
    const recent = recentOf(counts);
    const oldest = Math.max(1, counts - 1023);
    for (const count of [oldest, Math.floor((oldest + counts) / 2), counts]) {
      expect(recent.find(numberOf(count), 0)).toBe(count);
      expect(recent.numberOf(count)).toEqual(numberOf(count));
      expect(recent.downTo(count)).toEqual({ one: count, two: -count, putT: count + 0.5, arrival: 2 * count });
    }
    expect([oldest - 1, counts + 1].map((count) => recent.find(numberOf(count), 0))).toEqual([0, 0]);
  });

  test('are none at first', () => {
    const recent = new Recent();
    expect([0, 1].map((count) => recent.holds(count))).toEqual([false, false]);
  });
});
