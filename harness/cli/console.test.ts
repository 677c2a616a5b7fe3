import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { consoleFor, detailOf, silenceMs } from './console.ts';
import { ticking } from './ticking.ts';

let written = '';
const terminal = (columns: number | undefined): void => {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
    Object.defineProperty(stream, 'isTTY', { value: columns !== undefined, configurable: true });
    Object.defineProperty(stream, 'columns', { value: columns, configurable: true });
  }
};
const before = [process.stdout, process.stderr].map((stream) => [stream, stream.isTTY, stream.columns] as const);
beforeEach(() => {
  written = '';
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const [stream, isTTY, columns] of before) {
    Object.defineProperty(stream, 'isTTY', { value: isTTY, configurable: true });
    Object.defineProperty(stream, 'columns', { value: columns, configurable: true });
  }
});

const clockAt = (at: { ms: number }) => ({
  now: () => at.ms * 1000,
  wallMs: () => at.ms,
  sleep: () => Promise.reject(new Error('nothing sleeps here')),
});

test('without a terminal a line is said after 15 s of silence, and no sooner', () => {
  terminal(undefined);
  const at = { ms: 0 };
  const words = consoleFor(false, 'normal', clockAt(at));
  words.live('one');
  at.ms = silenceMs - 1;
  words.live('two');
  words.human('done\n');
  at.ms = silenceMs + 1;
  words.live('three');
  at.ms = 2 * silenceMs;
  words.live('⠼ four');
  expect(written).toBe('done\nfour\n');
  expect(words.style.width).toBeUndefined();
});

test('on a terminal something moves at once, is cut to its width, and makes room for what is said', () => {
  terminal(50);
  const words = consoleFor(false);
  const stop = ticking(words, () => 'x'.repeat(80));
  stop();
  words.human('said\n');
  expect(written).toBe(`\r\u001b[2K⠋ ${'x'.repeat(47)}\r\u001b[2Ksaid\n`);
  expect(words.style.width).toBe(50);
});

test('--quiet moves nothing, and excludes --verbose', () => {
  terminal(50);
  consoleFor(false, 'quiet').live('moving');
  expect(written).toBe('');
  expect(() => detailOf({ quiet: true, verbose: true })).toThrow('--quiet and --verbose: give one of them');
});
