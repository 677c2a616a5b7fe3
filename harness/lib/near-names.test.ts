import { expect, test } from 'vitest';
import { nearNames, nearWords } from './near-names.ts';

const known = ['key-reorder', 'subject-reorder', 'effect-reorder', 'reader-divergence', 'unseen', 'lost-write'];

test.each([
  ['keyreorder', 'key-reorder'],
  ['Key-Reoder', 'key-reorder'],
  ['lost_write', 'lost-write'],
])('%s may mean %s', (given, name) => expect(nearNames(given, known)[0]).toBe(name));

test('at most three are named, and none for a word that is like no name', () => {
  expect(nearNames('reorder', known)).toHaveLength(3);
  expect(nearWords('reorder', known)).toBe('did you mean key-reorder, subject-reorder or effect-reorder? ');
  expect(nearWords('nonsense', known)).toBe('');
  expect(nearWords('', known)).toBe('');
});
