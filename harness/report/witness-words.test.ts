import { expect, test } from 'vitest';
import type { HistoryVerdict } from '../model/verdict.ts';
import { witnessOf } from './witness-words.ts';

const of = (events: number, others: number): string | undefined =>
  witnessOf(
    { witnesses: [{ anomaly: 'hash-hole', path: 'w.ndjson', events, others }] } as unknown as HistoryVerdict,
    'hash-hole',
  );

test.each([
  [0, 0, 'the smallest history that shows it: w.ndjson (topology lines only)'],
  [1, 0, 'the smallest history that shows it: w.ndjson (1 event)'],
  [5, 1, 'the smallest history that shows it: w.ndjson (5 events, which another claim cannot be told apart from)'],
])('%i events, %i others', (events, others, words) => expect(of(events, others)).toBe(words));
