import { describe, expect, test } from 'vitest';
import type { Clock } from '../lib/clock.ts';
import { handing, timeLine } from './pace.ts';

/** Time that passes by sleeping only, and timers that fire a little early. */
const virtualClock = (earlyUs = 0) => {
  let now = 1_000;
  const clock: Clock = {
    now: () => now,
    wallMs: () => 0,
    sleep: (ms) => {
      now += Math.max(1, Math.round(ms * 1000) - earlyUs);
      return Promise.resolve();
    },
  };
  return { clock, pass: (us: number) => void (now += us) };
};
const { signal } = new AbortController();

describe('a schedule', () => {
  test('has the k-th record due at k/rate seconds, in microseconds of the history', () => {
    const { clock } = virtualClock();
    const line = timeLine(clock, { rate: 200 });
    expect([line.next(), line.next(), line.next()]).toEqual([0, 5, 10]);
    expect(line.due(5)).toBe(6_000);
    expect(timeLine(clock, {}).due(5)).toBeUndefined();
  });

  test('lets nobody go before the moment, though a timer fires early', async () => {
    const { clock } = virtualClock(700);
    await timeLine(clock, { rate: 1 }).until(20, signal);
    expect(clock.now()).toBeGreaterThanOrEqual(21_000);
  });

  test('does not look at answers: who is late sends at once, and its record stays due when it was', async () => {
    const { clock, pass } = virtualClock();
    const hand = handing(timeLine(clock, { rate: 100 }), records(4), signal);
    const seen: (readonly [due: number | undefined, now: number])[] = [];
    for (let k = 0; k < 4; k += 1) {
      seen.push([(await hand())?.due, clock.now()]);
      if (k === 0) pass(25_000);
    }
    expect(seen).toEqual([
      [1_000, 1_000],
      [11_000, 26_000],
      [21_000, 26_000],
      [31_000, 31_000],
    ]);
  });

  test('by Poisson: the same gaps for the same seed, and as many a second as the rate says', () => {
    const gaps = (seed: string): readonly number[] => {
      const line = timeLine(virtualClock().clock, { rate: 100, arrivals: 'poisson', seed });
      return Array.from({ length: 5000 }, line.next);
    };
    expect(gaps('1')).toEqual(gaps('1'));
    expect(gaps('1')).not.toEqual(gaps('2'));
    expect(Math.abs((gaps('1').at(-1) ?? 0) / 50_000 - 1)).toBeLessThan(0.05);
  });
});

describe('handing over to many workers', () => {
  test('keeps the order, and nobody waits for a moment behind the last', async () => {
    const { clock } = virtualClock();
    const hand = handing(timeLine(clock, { rate: 100 }), records(3), signal);
    const got = await Promise.all(Array.from({ length: 50 }, hand));
    expect(got.slice(0, 4).map((one) => one?.n)).toEqual([0, 1, 2, undefined]);
    expect(clock.now()).toBeLessThanOrEqual(31_000);
  });
});

const records = (count: number): (() => { readonly n: number; readonly due?: number } | undefined) => {
  let n = -1;
  return () => {
    n += 1;
    return n < count ? { n } : undefined;
  };
};
