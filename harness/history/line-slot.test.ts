import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { ordinaryHistory } from '../testing/generators/ordinary-history.ts';
import { wideHistory } from '../testing/generators/wide-history.ts';
import { bytesOf } from '../testing/oracles/follow-bytes.ts';
import { expectSame } from '../testing/oracles/through-slots.ts';

describe('lines that go through the memory of two threads', () => {
  const sizes = fc.constantFrom(4096, 65_536);
  test.prop([fc.nat(), fc.integer({ min: 5, max: 80 }), sizes], { numRuns: 30 })(
    'are the same lines',
    (seed, steps, size) => {
      const bytes = bytesOf(ordinaryHistory(String(seed), steps, { troubles: true, reshards: true }));
      expectSame(bytes, size);
    },
  );

  it('are the same with many items a line, and more than one slot holds', () => {
    const bytes = bytesOf(wideHistory('1', { shards: 5, calls: 60, oddEvery: 6 }));
    expect(expectSame(bytes, 8192)).toBeGreaterThan(3);
  });
});
