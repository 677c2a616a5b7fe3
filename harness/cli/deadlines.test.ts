import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunningTarget } from '../targets/target.ts';
import { ClaimsSeen } from './claims-seen.ts';
import { deadlineWords, noticeOf, sharedBy } from './deadlines.ts';
import { recordShown } from './record-shown.ts';

const target = (slowness: number): RunningTarget =>
  ({ slowness, client: { endpoint: 'http://localhost' } }) as unknown as RunningTarget;

describe('deadlines in use', () => {
  test.each([
    [1, 1, 1],
    [1, 4, 4],
    [4, 4, 10],
    [10, 4, 10],
    [20, 4, 20],
  ])('slowness %d, %d workers: × %d', (slowness, workers, factor) => {
    expect(sharedBy(target(slowness), workers).slowness).toBe(factor);
  });

  test('are told where they are not the configured ones', () => {
    expect(deadlineWords(target(1))).toBe('');
    expect(deadlineWords(target(2.5))).toBe(', deadlines × 2.5 (it answers slowly)');
    expect(deadlineWords(sharedBy(target(1), 4), 4)).toBe(
      ', deadlines × 4 (it answers slowly, or is shared by 4 workers)',
    );
  });
});

test('an engine that others reach is told of in the first line', () => {
  expect(noticeOf({ ...target(2), exposed: '192.0.2.7:4567' })).toBe(
    ', deadlines × 2 (it answers slowly); it could not be bound to this machine: others reach it at 192.0.2.7:4567',
  );
});

describe('what is waited for', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('by record is said while nothing happens, and never behind half a line', () => {
    const lines: string[] = [];
    const live = (text: string): void => void lines.push(text.slice(2));
    const options = { isOutTaken: true, now: () => 0, waitsFor: 'node' };
    const shown = recordShown({ live, clear: () => undefined }, options);
    expect(lines).toEqual(['load: waiting for node']);
    shown.onProgress({ phase: 'load', acked: 0, streams: 1 });
    vi.advanceTimersByTime(200);
    expect(lines.at(-1)).toBe('load: 0 acknowledged in 1 stream, 0 records/s, waiting for node');
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    shown.onOutput(Buffer.from('half'), 'stderr');
    vi.advanceTimersByTime(1000);
    expect(lines).toHaveLength(2);
    shown.stop();
  });

  test('by conformance names the claims under way', () => {
    const seen = new ClaimsSeen();
    for (const claim of ['a', 'b', 'c']) seen.asked(claim);
    expect(seen.text).toBe('waiting for a and 2 more');
    expect(seen.answered({ claim: 'a', kind: 'conforms' }, { phase: 'asked', done: 1, planned: 3 })).toBe(
      '1 of 3 claims · a: conforms',
    );
    expect(seen.text).toBe('1 of 3 claims · waiting for b and 1 more');
  });
});
