import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { hashKeyMax, hashKeyOf, holdsKey, isInRange, parseHashRange } from './hash-key.ts';

describe('hash keys', () => {
  it('are MD5 as AWS tells it: the hash of "a" is 0x0cc175b9c0f1b6a831c399e269772661', () => {
    expect(hashKeyOf('a')).toBe(0x0cc175b9c0f1b6a831c399e269772661n);
  });

  test.prop([fc.string(), fc.bigInt({ min: 0n, max: hashKeyMax - 1n })])(
    'lie in exactly one side of any cut',
    (key, cut) => {
      const hash = hashKeyOf(key);
      const sides = [parseHashRange(['0', String(cut)]), parseHashRange([String(cut + 1n), String(hashKeyMax)])];
      expect(sides.filter((range) => isInRange(hash, range))).toHaveLength(1);
    },
  );

  it('are held at both ends of a range, whatever the length of the ends', () => {
    const hash = hashKeyOf('a');
    expect(holdsKey([hash, hash])('a')).toBe(true);
    expect(holdsKey([0n, hash])('a')).toBe(true);
    expect(holdsKey([1n, 5n])('a')).toBe(false);
    expect(holdsKey([hash + 1n, hashKeyMax])('a')).toBe(false);
    expect(hashKeyMax).toBe(340282366920938463463374607431768211455n);
  });

  const end = fc.bigInt({ min: 0n, max: hashKeyMax });
  test.prop([fc.string(), end, end])('are held by a range as their numbers are', (key, one, other) => {
    const range = one < other ? ([one, other] as const) : ([other, one] as const);
    expect(holdsKey(range)(key)).toBe(isInRange(hashKeyOf(key), range));
  });
});
