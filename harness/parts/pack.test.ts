import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { packed } from './pack.ts';

describe('components packed into parts', () => {
  test.prop([fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 8 })])(
    'no part outweighs the lightest by more than the heaviest component',
    (weights, parts) => {
      const partOf = packed(new Map(weights.entries()), parts);
      const loads = Array.from({ length: parts }, () => 0);
      for (const [component, part] of partOf) loads[part] = (loads[part] ?? 0) + (weights[component] ?? 0);
      expect(partOf.size).toBe(weights.length);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(Math.max(...weights));
    },
  );
});

/** Two parts are uneven for one reason alone: a component is never cut. */
test.prop([fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 40 })])(
  'one of two parts is more than twice the other only where one component is more than two thirds of all',
  (bytes) => {
    const partOf = packed(new Map(bytes.entries()), 2);
    const loads = [0, 0];
    for (const [component, weight] of bytes.entries())
      loads[partOf.get(component) ?? 0] = (loads[partOf.get(component) ?? 0] ?? 0) + weight;
    const isHeavy = Math.max(...bytes) * 3 > 2 * bytes.reduce((sum, one) => sum + one, 0);
    expect(Math.max(...loads) > 2 * Math.min(...loads)).toBe(isHeavy);
  },
);
