import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { packed } from './pack.ts';

describe('components in parts', () => {
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
