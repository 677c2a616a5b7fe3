import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { canonicalSequence, compareSequence, isSequenceNumber } from './sequence-number.ts';

const digits = fc.stringMatching(/^\d{1,129}$/);

describe('sequence numbers', () => {
  test.prop([digits, digits])('compare as numbers, whatever their length and leading zeros', (a, b) => {
    const [x, y] = [BigInt(a), BigInt(b)];
    expect(Math.sign(compareSequence(a, b))).toBe(x < y ? -1 : x > y ? 1 : 0);
  });

  test.prop([digits, digits, digits])('are totally ordered', (a, b, c) => {
    expect(Math.sign(compareSequence(a, b))).toBe(-Math.sign(compareSequence(b, a)) + 0);
    if (compareSequence(a, b) <= 0 && compareSequence(b, c) <= 0) expect(compareSequence(a, c)).toBeLessThanOrEqual(0);
  });

  test.prop([digits, fc.nat({ max: 5 })])('have one text without leading zeros', (number, zeros) => {
    expect(canonicalSequence('0'.repeat(zeros) + number)).toBe(String(BigInt(number)));
  });

  it.each([
    ['0', '0', 0],
    ['000', '0', 0],
    ['007', '7', 0],
    ['7', '10', -1],
    ['010', '9', 1],
    ['10', '20', -1],
    ['20', '10', 1],
    ['020', '30', -1],
    ['030', '20', 1],
  ])('%s against %s is %d', (a, b, sign) => {
    expect(Math.sign(compareSequence(a, b))).toBe(sign);
    expect(canonicalSequence(a)).toBe(String(BigInt(a)));
  });

  it.each(['0', '007', '1'.repeat(129)])('%s is one', (text) => {
    expect(isSequenceNumber(text)).toBe(true);
  });

  it('is a text, never a number of JSON', () => {
    expect(isSequenceNumber(7)).toBe(false);
  });

  it.each(['', '-1', '1.0', '1e3', ' 1', '0x1', '1'.repeat(130)])('%j is none', (text) => {
    expect(isSequenceNumber(text)).toBe(false);
  });
});
