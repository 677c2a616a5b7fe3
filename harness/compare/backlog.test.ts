import { describe, expect, test } from 'vitest';
import { isSustained, mostWaiting } from './backlog.ts';
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
    expect(isSustained(run((index) => 1_000_000 - (index % 100) * 10_000))).toBe(true);
  });

  test('not where they fall behind by a part of every second', () => {
    expect(isSustained(run((index) => 2000 + index * 1000))).toBe(false);
  });

  test('nor where records were never acknowledged, or there were none', () => {
    const timings = run(() => 2000);
    expect(isSustained([...timings, { due: 5_000_000, sent: 5_000_000, acked: undefined, delivered: undefined }])).toBe(
      false,
    );
    expect(isSustained([])).toBe(false);
  });
});

test('the backlog is what is due and not yet sent', () => {
  const at = (due: number, sent: number): Timing => ({ due, sent, acked: undefined, delivered: undefined });
  expect(mostWaiting([])).toBe(0);
  expect(mostWaiting([at(0, 0), at(1, 1)])).toBe(0);
  expect(mostWaiting([at(0, 10), at(5, 12), at(10, 13)])).toBe(2);
});
