import { describe, expect, test } from 'vitest';
import { anomalyIds, isAnomalyId } from './anomaly.ts';
import { digestOf } from './digest.ts';
import { historyError } from './history-error.ts';
import { type ClaimVerdict, exitCodeOfVerdict, mergeVerdicts, type VerdictValue } from './verdict.ts';

describe('the words of verdicts and histories', () => {
  test.each<[ClaimVerdict[], VerdictValue]>([
    [[], 'holds'],
    [['holds'], 'holds'],
    [['holds', 'unknown'], 'unknown'],
    [['unknown', 'holds'], 'unknown'],
    [['unknown', 'violated', 'holds'], 'violated'],
    [['holds', 'violated'], 'violated'],
    [['not-applicable'], 'holds'],
    [['not-applicable', 'unknown'], 'unknown'],
  ])('of %j the worst is %s', (values, worst) => {
    expect(mergeVerdicts(values)).toBe(worst);
  });

  test('end a process each with its own code', () => {
    expect(exitCodeOfVerdict).toEqual({ holds: 0, violated: 1, unknown: 4 });
  });

  test('name the line of a history that cannot be judged', () => {
    const error = historyError(7, 'no such thing');
    expect(error).toMatchObject({ code: 'usage', message: 'line 7: no such thing' });
    expect(error.hint).toContain('not a history of format 1');
  });

  test('know an anomaly from any other word', () => {
    expect(anomalyIds.every(isAnomalyId)).toBe(true);
    expect(['', 'toString', 'Duplicate', 'duplicate ', 7, null].some(isAnomalyId)).toBe(false);
    expect(new Set(anomalyIds).size).toBe(58);
  });

  test('take sixteen characters of SHA-256 for a payload', () => {
    expect(digestOf(Buffer.from('test'))).toBe('9f86d081884c7d65');
  });
});
