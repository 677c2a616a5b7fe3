import { expect, test } from 'vitest';
import { nearest, suggestion } from './suggestion.ts';

const ids = ['key-reorder', 'lost-write', 'duplicate'];

test.each([
  ['key-reoder', ' (did you mean "key-reorder"?)'],
  ['reorder', ''],
  ['banana', ''],
])('suggestion: %s', (given, words) => expect(suggestion(given, ids)).toBe(words));

test.each([
  ['reorder', ' (did you mean "key-reorder"?)'],
  ['Lost-Writes', ' (did you mean "lost-write"?)'],
  ['duplicates', ' (did you mean "duplicate"?)'],
])('nearest: %s', (given, words) => expect(nearest(given, ids)).toBe(words));

test('of nothing there is nothing near', () => {
  expect(suggestion('a', [])).toBe('');
  expect(nearest('a', [])).toBe('');
});
