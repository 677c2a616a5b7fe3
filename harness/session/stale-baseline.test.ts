import { expect, test } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { inOrder, outOfOrder } from '../testing/generators/two-records.ts';
import { staleWords } from './stale-baseline.ts';

const because = { 'key-reorder': 'the baseline (TICKET-1, until 2027-03-31)' };
const good = await checkHistory(inOrder().end().lines);
const bad = await checkHistory(outOfOrder().end().lines);

test('what a baseline accepts and nothing shows is reported', () => {
  expect(staleWords(because, [good])).toEqual([
    'the baseline (TICKET-1, until 2027-03-31) accepts key-reorder, and none was found: take it out of the file',
  ]);
  expect(staleWords(because, [good, bad])).toEqual([]);
  expect(staleWords(because, [])).toEqual([]);
  expect(staleWords(undefined, [good])).toEqual([]);
});

test('nor one that does not apply', () => {
  const away = { 'subject-loss': 'the baseline (TICKET-2, until 2027-03-31)' };
  expect(staleWords(away, [good])).toEqual([]);
});

test('a claim that nobody could judge is not called stale', async () => {
  const unknown = await checkHistory(inOrder().lines);
  expect(staleWords(because, [unknown])).toEqual([]);
});
