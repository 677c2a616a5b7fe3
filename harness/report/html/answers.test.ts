import { expect, test } from 'vitest';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { promisesOf } from './answers.ts';

test('a violated claim is counted as in the terminal: what breaks the promise, and what is allowed beside it', () => {
  const claim = { anomaly: 'counter-gap', verdict: 'violated', found: 27, allowed: 23, why: 'forbidden by default' };
  const history = { verdict: 'violated', claims: [claim], findings: [], unknown: [] };
  expect(promisesOf(history as unknown as HistoryVerdict).detail).toBe(
    'counter-gap 4 times, forbidden by default (23 more allowed); 0 hold',
  );
});
