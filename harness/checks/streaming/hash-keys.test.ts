import { describe, expect, test } from 'vitest';
import { throwingSpill } from '../../testing/stand-ins/throwing-spill.ts';
import { HashKeys } from './hash-keys.ts';

describe('ExplicitHashKeys', () => {
  test('are used where the first record has one', () => {
    const hashKeys = new HashKeys(throwingSpill);
    expect(hashKeys.isUsed).toBe(false);
    hashKeys.note(2, 0);
    expect(hashKeys.isUsed).toBe(true);
    hashKeys.note(0, 5);
    hashKeys.note(2, 0);
    hashKeys.note(7, 5);
    expect([0, 1, 2, 3, 7, 8].map((key) => hashKeys.of(key))).toEqual([5, -1, 0, -1, 5, -1]);
  });

  test('are those of a key that is met first among thousands', () => {
    const hashKeys = new HashKeys(throwingSpill);
    hashKeys.note(70_000, 3);
    hashKeys.note(69_999, 4);
    expect([70_000, 69_999, 69_998, 0].map((key) => hashKeys.of(key))).toEqual([3, 4, -1, -1]);
    expect(() => hashKeys.note(70_000, 4)).toThrow('a key with two ExplicitHashKeys');
  });

  test('are not where it has none', () => {
    const hashKeys = new HashKeys(throwingSpill);
    hashKeys.note(0, -1);
    hashKeys.note(1, -1);
    expect([hashKeys.isUsed, hashKeys.of(0)]).toEqual([false, -1]);
  });

  test.each([
    [0, -1],
    [-1, 0],
  ])('stand with all records or with none: %i, then %i', (first, then) => {
    const hashKeys = new HashKeys(throwingSpill);
    hashKeys.note(0, first);
    expect(() => hashKeys.note(1, then)).toThrow('records with an ExplicitHashKey among others');
  });

  test('are one a key', () => {
    const hashKeys = new HashKeys(throwingSpill);
    hashKeys.note(3, 4);
    hashKeys.note(4, 5);
    for (const other of [0, 3, 5]) expect(() => hashKeys.note(3, other)).toThrow('a key with two ExplicitHashKeys');
  });
});
