import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { TimeBins } from './time-bins.ts';

describe('bins that grow with time', () => {
  test('neighbours are added up when time runs past the last bin', () => {
    const bins = new TimeBins(4, 10);
    const grid = bins.grid(1);
    for (const t of [0, 5, 15, 39, 41]) grid.add(bins.at(t), 0);
    expect(bins.width).toBe(20);
    expect([0, 1, 2].map((bin) => grid.at(bin, 0))).toEqual([3, 1, 1]);
    expect(bins.used).toBe(3);
  });

  test.prop([fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1 })])('nothing is lost', (times) => {
    const bins = new TimeBins(16, 3);
    const grid = bins.grid(2);
    for (const t of times) grid.add(bins.at(t), t % 2);
    expect(grid.counts.reduce((sum, count) => sum + count, 0)).toBe(times.length);
    for (const t of times) expect(grid.at(bins.at(t), t % 2)).toBeGreaterThan(0);
    expect(bins.used).toBeLessThanOrEqual(16);
  });
});
