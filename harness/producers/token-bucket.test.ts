import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createTokenBucket } from './token-bucket.ts';

/**
 * The definition in fractions of whole numbers, token by token: the level refills to `burst` and no further, and goes
 * below zero for what is larger. Milliseconds times perSecond.
 */
const exact = (
  perSecond: number,
  burst: number,
  asks: readonly { readonly cost: number; readonly gapMs: number }[],
) => {
  const unit = 1000n;
  const rate = BigInt(perSecond);
  let level = BigInt(burst) * unit;
  let at = 0n;
  let now = 0n;
  return asks.map(({ cost, gapMs }) => {
    now += BigInt(gapMs) * rate;
    if (now > at) {
      level += now - at;
      if (level > BigInt(burst) * unit) level = BigInt(burst) * unit;
      at = now;
    }
    const need = BigInt(Math.min(cost, burst)) * unit;
    if (level < need) {
      at += need - level;
      level = need;
    }
    level -= BigInt(cost) * unit;
    return Number(at) / perSecond;
  });
};

const asks = fc.array(
  fc.record({
    cost: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 1_048_576 })),
    gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 5000 })),
  }),
  { minLength: 1, maxLength: 60 },
);
const perSecond = fc.oneof(fc.constantFrom(1, 3, 1000, 1_048_576), fc.integer({ min: 1, max: 5_000_000 }));
const burst = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2000 }));

const granted = (rate: number, saved: number, all: readonly { readonly cost: number; readonly gapMs: number }[]) => {
  const bucket = createTokenBucket({ perSecond: rate, burst: saved });
  let now = 0;
  return all.map(({ cost, gapMs }) => {
    now += gapMs;
    return { now, cost, at: bucket.take(cost, now) };
  });
};

describe('the token bucket', () => {
  test.prop([perSecond, burst, asks])('grants when the exact one does', (rate, saved, all) => {
    const reference = exact(rate, saved, all);
    for (const [index, { at }] of granted(rate, saved, all).entries())
      expect(at).toBeCloseTo(reference[index] ?? Number.NaN, 4);
  });

  test.prop([perSecond, burst, asks])(
    'in any stretch grants no more than its rate, and once a burst or the last cost; never early, never back in time',
    (rate, saved, all) => {
      const grants = granted(rate, saved, all);
      for (const [first, from] of grants.entries()) {
        let sum = 0;
        let before = from.now;
        for (const { at, now, cost } of grants.slice(first)) {
          sum += cost;
          expect(at).toBeGreaterThanOrEqual(Math.max(now, before));
          before = at;
          const most = Math.max(saved, cost) + (rate * (at - from.at)) / 1000;
          expect(sum).toBeLessThanOrEqual(most * (1 + 1e-9) + 1e-6);
        }
      }
    },
  );

  test('does not drift: the millionth of a third of a second is where it belongs', () => {
    const bucket = createTokenBucket({ perSecond: 3, burst: 0 });
    let at = 0;
    for (let index = 0; index <= 1_000_000; index += 1) at = bucket.take(1, 0);
    expect(at).toBe(1e9 / 3);
  });

  test('begins full, and what is larger than its burst waits for a full one and is paid back', () => {
    const bucket = createTokenBucket({ perSecond: 10, burst: 2 });
    expect([1, 1, 1, 5, 1].map((cost) => bucket.take(cost, 0))).toEqual([0, 0, 100, 300, 700]);
    expect([1, 1, 1].map((cost) => bucket.take(cost, 10_000))).toEqual([10_000, 10_000, 10_100]);
  });

  test.each([0, -1, 0.5, Number.NaN])('refuses %s a second', (rate) => {
    expect(() => createTokenBucket({ perSecond: rate, burst: 0 })).toThrow(/a second is not a whole number/);
  });

  test('refuses a burst below zero', () => {
    expect(() => createTokenBucket({ perSecond: 1, burst: -1 })).toThrow(/burst: -1/);
  });
});
