import { expect, test } from 'vitest';
import { RunProgress } from './run-progress.ts';

const load = (acked: number, read = 0) => ({ phase: 'load', acked, planned: 1000, read }) as const;

test('a run tells how many are done, what goes on, how fast, and how long it will take', () => {
  let now = 0;
  const progress = new RunProgress(4, () => now);
  expect(progress.text).toBe('0/4');
  progress.see('a', { phase: 'provision', acked: 0, planned: 0, read: 0 });
  expect(progress.text).toBe('0/4 · a: provision');
  progress.see('a', load(0));
  now = 2_000_000;
  progress.see('a', load(500, 400));
  progress.see('b', load(10));
  expect(progress.text).toBe('0/4 · a: 500/1000 acknowledged, 400 read, 250 records/s · and 1 more');
  progress.end('a');
  now = 10_000_000;
  progress.end('b');
  expect(progress.text).toBe('2/4 · about 10 s left');
});
