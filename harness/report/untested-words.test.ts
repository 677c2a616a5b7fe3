import { expect, test } from 'vitest';
import type { Untested } from '../model/untested.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { powerOfAll, powerSentence } from './power-words.ts';
import { untestedSentence } from './untested-words.ts';

const kept = { kept: true };
const of = (untested: readonly Untested[] | undefined, more: object = {}): HistoryVerdict =>
  ({ untested, order: kept, ...more }) as unknown as HistoryVerdict;

test('what a green run did not go through stands in one line', () => {
  expect(untestedSentence([of(['retry', 'overlap', 'reshard', 'restart'])])).toBe(
    'not tested: no call failed, so no retry was tested; calls of one key overlapped, and here they happened to stay in order; no reshard; no restart of a consumer',
  );
});

test('calls that overlapped are not told untested where the order was not kept, or not compared', () => {
  for (const no of [false, null]) {
    const history = of(['overlap', 'reshard'], { order: { kept: no } });
    expect(untestedSentence([history])).toBe('not tested: no reshard');
  }
});

test('one remedy is told once', () => {
  expect(untestedSentence([of(['retry', 'one-call'])])).toBe(
    'not tested: calls held several records of one key, and none of their entries failed',
  );
});

const swap = (by: string, options: object): object => ({ remedies: { overlap: { by, fault: 'swap', options } } });

test('a fault is told in the words of who can arm it', () => {
  expect(untestedSentence([of(['overlap'], swap('record', { call: 3 }))])).toContain(
    '(try record --fault swap:call=3)',
  );
  expect(untestedSentence([of(['overlap'], swap('scenario', { producer: "it's", call: 3 }))])).toContain(
    "(try faults: [swap({ producer: 'it\\'s', call: 3 })])",
  );
  const entries = {
    remedies: { retry: { by: 'record', fault: 'fail-record', options: { call: 2, entries: [0, 1] } } },
  };
  expect(untestedSentence([of(['retry'], entries)])).toContain('(try record --fault fail-record:call=2,entries=0+1)');
});

test('the number of a call is told of one history only', () => {
  const history = of(['overlap'], swap('record', { call: 3 }));
  expect(untestedSentence([history, history])).not.toContain('--fault');
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
    order: kept,
    claims: [],
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

test('of what was found, no share is told that may have gone unseen', () => {
  const reordered = { order: { kept: false } };
  const lost = { claims: [{ anomaly: 'lost-write', found: 2, expect: 'allow' }] };
  expect(powerSentence(powered(reordered))).toBe(
    'could show: 380 ordered pairs, up to 4 calls in flight; a loss below 0.75 % may have gone unseen (95 %)',
  );
  expect(powerSentence(powered(lost))).toBe(
    'could show: 380 ordered pairs, up to 4 calls in flight; a reorder below 0.79 % may have gone unseen (95 %)',
  );
  expect(powerSentence(powered({ ...reordered, ...lost }))).toBe(
    'could show: 380 ordered pairs, up to 4 calls in flight',
  );
  expect(powerOfAll([powered(reordered), powered(reordered)])).toBe(
    'in each a loss below 0.75 % may have gone unseen (95 %)',
  );
  expect(powerOfAll([powered({ ...reordered, ...lost }), powered({ ...reordered, ...lost })])).toBeUndefined();
});

test('where swapped records were not detected, no share of reorders is told', () => {
  const detection = { kinds: [{ kind: 'swap', tried: 200, detected: 0 }] };
  expect(powerSentence(powered({ detection }))).not.toContain('reorder');
});
