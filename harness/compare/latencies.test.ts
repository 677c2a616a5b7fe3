import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../lib/random.ts';
import { ratioInterval, valueInterval } from './bootstrap.ts';
import { type Latencies, latenciesOf, merged, percentile, quantile } from './latencies.ts';

/** One record a millisecond. */
const of = (...latencies: readonly number[]): Latencies =>
  latenciesOf([latencies.map((latencyUs, index) => ({ dueUs: index * 1000, latencyUs }))]);
const many = (count: number, latency: (index: number) => number): Latencies =>
  of(...Array.from({ length: count }, (_, index) => latency(index)));

describe('a percentile', () => {
  test('needs ten samples beyond it', () => {
    expect(
      percentile(
        many(999, () => 5),
        0.99,
      ),
    ).toBeUndefined();
    expect(
      percentile(
        many(1000, () => 5),
        0.99,
      ),
    ).toBe(5);
    expect(
      percentile(
        many(9_999, () => 5),
        0.999,
      ),
    ).toBeUndefined();
    expect(
      percentile(
        many(10_000, () => 5),
        0.999,
      ),
    ).toBe(5);
    expect(
      percentile(
        many(19, () => 5),
        0.5,
      ),
    ).toBeUndefined();
  });

  test('is the smallest value that so many lie at or below', () => {
    const hundred = many(100, (index) => index + 1);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.9)).toBe(90);
  });

  test('of two rounds counts the records of both; it is not the mean of two percentiles', () => {
    const slow = Array.from({ length: 100 }, (_, index) => ({ dueUs: index, latencyUs: 900 }));
    const quick = Array.from({ length: 900 }, (_, index) => ({ dueUs: index, latencyUs: 1 }));
    expect(percentile(latenciesOf([slow, quick]), 0.5)).toBe(1);
  });

  test('keeps the maximum as it was', () => {
    expect(of(1, 123_456, 7).max).toBe(123_456);
  });

  prop.prop([
    fc.array(fc.integer({ min: 0, max: 60_000_000 }), { minLength: 20, maxLength: 300 }),
    fc.double({ min: 0, max: 0.5, noNaN: true }),
  ])('agrees with sorting all, to three digits', (values, share) => {
    const sorted = values.toSorted((a, b) => a - b);
    const exact = sorted[Math.max(1, Math.ceil(share * sorted.length - 1e-9)) - 1] ?? 0;
    expect(Math.abs(quantile(merged(of(...values).stretches), share) - exact)).toBeLessThanOrEqual(exact * 0.005 + 0.5);
  });
});

describe('the interval', () => {
  const noise = (name: string, scale: number): Latencies => {
    const random = seededRandom(name);
    return many(2000, () => scale * (1000 + random.int(0, 1000)));
  };

  test('of two samples of the same holds 1, and of one that is twice as slow holds 2', () => {
    const same = ratioInterval(noise('a', 1), noise('b', 1), 0.99, seededRandom('1'));
    expect(same.low).toBeLessThanOrEqual(1);
    expect(same.high).toBeGreaterThanOrEqual(1);
    const twice = ratioInterval(noise('a', 1), noise('b', 2), 0.99, seededRandom('1'));
    expect(twice.low).toBeGreaterThan(1.8);
    expect(twice.high).toBeLessThan(2.2);
  });

  test('is the same for the same seed', () => {
    expect(valueInterval(noise('a', 1), 0.99, seededRandom('1'))).toEqual(
      valueInterval(noise('a', 1), 0.99, seededRandom('1')),
    );
  });

  test('is wide where one pause made the percentile: its neighbours are not many findings', () => {
    const paused = many(2000, (index) => (index >= 1000 && index < 1250 ? 500_000 : 1000));
    const { low, high } = valueInterval(paused, 0.99, seededRandom('1'));
    expect([low, high]).toEqual([1000, 500_000]);
  });
});
