import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Activity } from './activity.ts';
import { latencyOf, latencyRow } from './latency.ts';

describe('what happened when', () => {
  test('a call counts when it is sent, its records when they are answered', () => {
    const activity = new Activity();
    activity.put(1, 0, 0, [0.1, 0.9, 0.5]);
    activity.ack(1, 2000, true, (index) => index !== 1);
    activity.read(3000, 2);
    const { width, sent, acked, refused, read, p50, max } = activity.series(2);
    expect(width).toBe(2000);
    expect(sent).toEqual([1500, 0]);
    expect(acked).toEqual([0, 1000]);
    expect(refused).toEqual([0, 500]);
    expect(read).toEqual([0, 1000]);
    expect(p50[0]).toBeNull();
    expect(p50[1]).toBe(max[1]);
    expect(activity.density.at(2, 9)).toBe(1);
  });

  test.prop([fc.integer({ min: 1, max: 2 ** 34 })])('a latency is told to within an eighth', (value) => {
    const told = latencyOf(latencyRow(value));
    expect(told).toBeGreaterThanOrEqual(value);
    expect(told).toBeLessThanOrEqual(value * 1.13);
  });
});

test('the slowest call is told exactly, and no percentile is above it', () => {
  const activity = new Activity();
  for (const [op, took] of [
    [1, 1000],
    [2, 106_801],
    [3, 106_803],
  ] as const) {
    activity.put(op, op, op, [0.5]);
    activity.ack(op, op + took, true, () => true);
  }
  expect(activity.overall().slice(1)).toEqual([106_803, 106_803]);
  expect(activity.series(1).max).toEqual([106_803]);
});
