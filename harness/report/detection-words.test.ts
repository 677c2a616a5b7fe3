import { describe, expect, test } from 'vitest';
import { wilson } from '../lib/wilson.ts';
import type { Detection, DetectionOfKind } from '../model/detection.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { detectionSentence, shareWords } from './detection-words.ts';

const kind = (words: string, detected: number, tried: number, allowed = 0): DetectionOfKind => ({
  kind: words,
  words,
  places: tried,
  tried,
  detected,
  allowed,
  interval: wilson(detected, tried),
});
const of = (kinds: readonly DetectionOfKind[], blind: readonly string[] = [], records = 1000): HistoryVerdict =>
  ({ detection: { seed: '1', records, kinds, blind } satisfies Detection }) as unknown as HistoryVerdict;
const skipped = { detection: { skipped: 'it would take longer than 2 s: --power' } } as unknown as HistoryVerdict;

describe('the detection power in one sentence', () => {
  test('kinds of the same share stand together, what was never tried is left out', () => {
    const all = of(
      [kind('lost', 200, 200), kind('swapped', 196, 200), kind('damaged', 100, 100), kind('withheld', 0, 0)],
      ['order across keys', 'child shards (no reshard)'],
    );
    expect(detectionSentence([all])).toBe(
      'detection power: had one of 1,000 records been lost or damaged: detected in 100 % (95 % interval 96 to 100 %, 100 or more tried of each); ' +
        'swapped: detected in 98 % (95 % interval 95 to 99 %, 200 tried); blind: order across keys, child shards (no reshard)',
    );
  });

  test('what is found and allowed is told apart from what is not seen', () => {
    expect(detectionSentence([of([kind('swapped', 0, 50, 50)])])).toContain(
      'swapped: seen in 100 %, a broken promise in 0 % (95 % interval 0 to 7 %, 50 tried; the rest of what was seen is allowed)',
    );
  });

  test('what is found and allowed does not stand with what is not seen', () => {
    const text = detectionSentence([of([kind('swapped', 0, 50, 50), kind('delayed', 0, 50)])]);
    expect(text).toContain('swapped: seen in 100 %, a broken promise in 0 %');
    expect(text).toContain('delayed: detected in 0 % (95 % interval 0 to 7 %, 50 tried)');
  });

  test('of several histories the counts add up, and blind is what all of them are', () => {
    const text = detectionSentence([
      of([kind('lost', 10, 10)], ['order across keys', 'routes']),
      of([kind('lost', 9, 10)], ['order across keys'], 500),
      skipped,
    ]);
    expect(text).toBe(
      'detection power: had one of 1,500 records been lost: detected in 95 % (95 % interval 76 to 99 %, 20 tried); blind: order across keys; 1 not measured: --power',
    );
  });

  test('not measured says why, and nothing at all where nobody asked', () => {
    expect(detectionSentence([skipped])).toBe('detection power not measured: it would take longer than 2 s: --power');
    expect(detectionSentence([{} as HistoryVerdict])).toBeUndefined();
    expect(detectionSentence([of([kind('lost', 0, 0)])])).toBeUndefined();
  });

  test('100 % is said only where each was detected', () => {
    expect(shareWords({ detected: 999, tried: 1000 })).toBe('99 %');
    expect(shareWords({ detected: 1000, tried: 1000 })).toBe('100 %');
  });
});
