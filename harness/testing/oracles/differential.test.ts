import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { cleanHistory } from '../generators/clean-history.ts';
import { disagreements } from './agree.ts';

describe('the fast and the slow judge give the same verdict', () => {
  test.prop([fc.integer({ min: 0 }), fc.integer({ min: 10, max: 90 })], { numRuns: 60 })(
    'of a clean history',
    async (seed, steps) => {
      expect(await disagreements(cleanHistory(String(seed), steps))).toEqual([]);
    },
  );

  test.prop([fc.integer({ min: 0 }), fc.integer({ min: 10, max: 60 }), fc.integer({ min: 3, max: 400 })], {
    numRuns: 60,
  })('of a history that breaks off', async (seed, steps, length) => {
    expect(await disagreements(cleanHistory(String(seed), steps).slice(0, length))).toEqual([]);
  });
});
