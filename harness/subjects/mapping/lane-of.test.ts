import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { laneOf } from './lane-of.ts';

test.prop([fc.string(), fc.integer({ min: 1, max: 10 })])(
  'a key always has the same lane, below the factor',
  (key, factor) => {
    const lane = laneOf(key, factor);
    expect(lane).toBe(laneOf(key, factor));
    expect(lane).toBeGreaterThanOrEqual(0);
    expect(lane).toBeLessThan(factor);
  },
);

test('the keys of a shard are spread over its lanes', () => {
  const lanes = Array.from({ length: 1000 }, (_, i) => laneOf(`key-${i}`, 4));
  for (let lane = 0; lane < 4; lane += 1)
    expect(Math.abs(lanes.filter((one) => one === lane).length - 250)).toBeLessThan(60);
});
