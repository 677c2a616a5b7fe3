import { expect, test } from 'vitest';
import type { Untested } from '../model/untested.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { powerOfAll, powerSentence } from './power-words.ts';
import { untestedSentence } from './untested-words.ts';

const of = (untested: readonly Untested[] | undefined): HistoryVerdict => ({ untested }) as unknown as HistoryVerdict;

test('what a green run did not go through stands in one line', () => {
  expect(untestedSentence([of(['retry', 'overlap', 'reshard', 'restart'])])).toBe(
    'not tested: no call failed, so no retry was tested (try record --fault fail-record); calls of one key overlapped, and here they happened to stay in order (try record --fault swap); no reshard; no restart of a consumer',
  );
});

test('one remedy is told once', () => {
  expect(untestedSentence([of(['retry', 'one-call'])])).toBe(
    'not tested: calls held several records of one key, and none of their entries failed (try record --fault fail-record)',
  );
});

test('of several histories it is what none of them went through', () => {
  expect(untestedSentence([of(['retry', 'reshard']), of(['reshard']), of(undefined)])).toBe('not tested: no reshard');
  expect(untestedSentence([of(['retry']), of(['reshard'])])).toBeUndefined();
  expect(untestedSentence([of(undefined)])).toBeUndefined();
});

const powered = (more: object, power: object = {}): HistoryVerdict =>
  ({
    verdict: 'holds',
    counts: { read: 400 },
    power: { orderedPairs: 380, inFlight: 4, lossRate95: 0.0075, reorderRate95: 0.0079, ...power },
    ...more,
  }) as unknown as HistoryVerdict;

test('what a run may have missed is no proof of anything', () => {
  expect(powerSentence(powered({}))).toBe(
    'could show: 380 ordered pairs, up to 4 calls in flight; a loss below 0.75 %, or a reorder below 0.79 %, may have gone unseen (95 %)',
  );
});

test('nothing is said where nothing was read, or an unknown verdict has no pair', () => {
  expect(powerSentence(powered({ counts: { read: 0 } }))).toBeUndefined();
  const nothing = powered({ verdict: 'unknown' }, { orderedPairs: 0, reorderRate95: undefined });
  expect(powerSentence(nothing)).toBeUndefined();
  expect(powerOfAll([nothing, nothing])).toBeUndefined();
  expect(powerSentence(powered({}, { orderedPairs: 0, reorderRate95: undefined }))).toBe(
    'could show: a loss below 0.75 % may have gone unseen (95 %)',
  );
});

test('where swapped records were not detected, no share of reorders is told', () => {
  const detection = { kinds: [{ kind: 'swap', tried: 200, detected: 0 }] };
  expect(powerSentence(powered({ detection }))).not.toContain('reorder');
});
