import { expect, test } from 'vitest';
import { Failures } from './failures.ts';

test('each reason is kept once', () => {
  const failures = new Failures();
  const ids = [failures.id('A', 'one'), failures.id('A', 'two'), failures.id('A', 'one'), failures.id('B', undefined)];
  expect(ids).toEqual([0, 1, 0, 2]);
  expect(ids.map((id) => failures.at(id))).toEqual([
    { error: 'A', message: 'one' },
    { error: 'A', message: 'two' },
    { error: 'A', message: 'one' },
    { error: 'B' },
  ]);
});

test('what is no text says nothing', () => {
  const failures = new Failures();
  expect([failures.id(undefined, undefined), failures.id(7, {})]).toEqual([-1, -1]);
  expect(failures.at(-1)).toBeUndefined();
});

test('words without a code are kept', () => {
  const failures = new Failures();
  expect(failures.at(failures.id(undefined, 'socket hang up'))).toEqual({
    error: 'an error',
    message: 'socket hang up',
  });
});

test('where there are too many, the code is kept without its words', () => {
  const failures = new Failures(2);
  for (const request of ['1', '2', '3']) failures.id('A', `request ${request}`);
  expect(failures.at(failures.id('A', 'request 3'))).toEqual({ error: 'A' });
  expect(failures.at(failures.id('A', 'request 4'))).toEqual({ error: 'A' });
});
