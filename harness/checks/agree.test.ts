import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { differentlyFound } from '../testing/agree.ts';
import { readingsOfAcked } from '../testing/readings.ts';

describe('the checks and the slow judge say the same', () => {
  test.prop([readingsOfAcked], { numRuns: 150 })(
    'of readers that begin, end, and leave out what they like',
    async (lines) => {
      expect(await differentlyFound(lines)).toEqual([]);
    },
  );
});
