import { expect, test } from 'vitest';
import type { Claim, Finding, HistoryVerdict } from '../model/verdict.ts';
import { countsWords, forbiddenIn } from './claim-counts.ts';

const claim = (found: number, allowed: number): Claim =>
  ({ anomaly: 'subject-duplicate', verdict: 'violated', found, allowed }) as Claim;
const judged = (...findings: readonly Partial<Finding>[]): HistoryVerdict =>
  ({
    findings: findings.map((one) => ({ anomaly: 'subject-duplicate', expect: 'forbid', explainedBy: null, ...one })),
  }) as unknown as HistoryVerdict;

test('what is allowed is not counted among what is forbidden', () => {
  expect(countsWords(claim(35, 5), judged())).toBe(' (30 forbidden, 5 allowed)');
  expect(countsWords(claim(30, 0), judged())).toBe('');
});

test('nor what another finding explains', () => {
  expect(forbiddenIn(claim(4, 1), judged({ explainedBy: 'child-before-parent' }, { expect: 'allow' }))).toBe(2);
});
