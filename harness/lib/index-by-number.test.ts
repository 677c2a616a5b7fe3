import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { IndexByNumber } from './index-by-number.ts';

describe('an index by number', () => {
  const numbers = fc.oneof(fc.nat(200), fc.maxSafeNat());
  test.prop([fc.uniqueArray(numbers, { maxLength: 300 })])('answers as a map does', (keys) => {
    const [index, map] = [new IndexByNumber(), new Map<number, number>()];
    for (const [at, key] of keys.entries()) {
      expect(index.get(key)).toBeUndefined();
      index.set(key, at);
      map.set(key, at);
    }
    for (const key of keys) expect(index.get(key)).toBe(map.get(key));
  });

  test('holds a number that fell among the far ones before its neighbours came', () => {
    const index = new IndexByNumber();
    index.set(100, 0);
    for (let number = 0; number < 100; number += 1) index.set(number, number + 1);
    index.set(101, 101);
    expect([index.get(100), index.get(99), index.get(101)]).toEqual([0, 100, 101]);
  });
});
