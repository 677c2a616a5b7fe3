import { describe, expect, test } from 'vitest';
import { seededRandom } from '../lib/random.ts';
import { answeredPerSecond, isSustained, mostWaiting } from './backlog.ts';
import type { Timing } from './timing.ts';

/** 100 records a second for four seconds. */
const run = (ackedAfterUs: (index: number) => number): readonly Timing[] =>
  Array.from({ length: 400 }, (_, index) => {
    const due = index * 10_000;
    const acked = due + ackedAfterUs(index);
    return { due, sent: Math.max(due, acked - 2000), acked, delivered: undefined };
  });

describe('a rate is sustained', () => {
  test('where answers stay as far behind the schedule as they were, however far that is', () => {
    expect(isSustained(run(() => 2000))).toBe(true);
    expect(isSustained(run(() => 2_500_000))).toBe(true);
    expect(isSustained(run((index) => 1_000_000 - (index % 100) * 10_000))).toBe(true);
  });

  test('also where the machine paused, at whatever place: a pause is no trend', () => {
    for (const from of [0, 150, 330])
      expect(isSustained(run((index) => (index >= from && index < from + 60 ? 800_000 : 5000)))).toBe(true);
  });

  test('and where times are noise', () => {
    const random = seededRandom('noise');
    for (let draw = 0; draw < 50; draw += 1)
      expect(isSustained(run(() => 5000 + random.int(0, 150) * 1000))).toBe(true);
  });

  test('not where they fall behind by a part of every second, also with pauses and noise', () => {
    const random = seededRandom('behind');
    expect(isSustained(run((index) => 2000 + index * 1000))).toBe(false);
    expect(isSustained(run((index) => index * 1500 + random.int(0, 300) * 1000))).toBe(false);
  });

  test('nor where records were never acknowledged', () => {
    const timings = run(() => 2000);
    expect(isSustained([...timings, { due: 5_000_000, sent: 5_000_000, acked: undefined, delivered: undefined }])).toBe(
      false,
    );
  });

  test('and of few records, or of little time, nothing is said', () => {
    expect(isSustained([])).toBeUndefined();
    expect(isSustained(run(() => 2000).slice(0, 19))).toBeUndefined();
    expect(isSustained(run(() => 2000).slice(0, 40))).toBeUndefined();
  });
});

test('what is answered in a second is counted to the last answer', () => {
  expect(answeredPerSecond(run(() => 10_000))).toBe(100);
  expect(answeredPerSecond(run((index) => 10_000 + index * 10_000))).toBeCloseTo(50, 0);
  expect(answeredPerSecond([])).toBe(0);
});

test('the backlog is what is due and not yet sent', () => {
  const at = (due: number, sent: number): Timing => ({ due, sent, acked: undefined, delivered: undefined });
  expect(mostWaiting([])).toBe(0);
  expect(mostWaiting([at(0, 0), at(1, 1)])).toBe(0);
  expect(mostWaiting([at(0, 10), at(5, 12), at(10, 13)])).toBe(2);
});
