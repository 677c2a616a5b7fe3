import { describe, expect, test } from 'vitest';
import { anomalyIds } from '../model/anomaly.ts';
import type { Claim, ClaimVerdict, HistoryVerdict } from '../model/verdict.ts';
import { mergeSlices } from './merge-slices.ts';
import type { SliceReport } from './slice-report.ts';

const claims = (over: Partial<Record<string, Partial<Claim>>>): readonly Claim[] =>
  anomalyIds.map((anomaly) => ({
    anomaly,
    expect: 'forbid',
    verdict: 'holds' as ClaimVerdict,
    found: 0,
    allowed: 0,
    why: 'by default',
    source: '',
    ...over[anomaly],
  }));

const slice = (index: number, over: Partial<SliceReport> = {}, history: Partial<HistoryVerdict> = {}): SliceReport => ({
  format: 'kinesis-order-slice',
  version: 2,
  slice: { index, count: 2, group: 'g' },
  scenario: 'one',
  same: 'same',
  topology: 't',
  parents: { b: ['a'] },
  listed: { a: 0, b: 50 },
  neverSent: 0,
  faults: [],
  planned: 0,
  reshards: [],
  crossed: [],
  orderBy: 'final',
  guards: [],
  behind: {},
  history: {
    path: 'one.ndjson',
    run: `r-${index}`,
    verdict: 'holds',
    complete: true,
    unknown: [],
    claims: claims({}),
    findings: [],
    counts: { acked: 10, read: 10, info: 0, failed: 0, unseen: 0, foreign: 0, unidentified: 0 },
    order: { kept: true, flows: 1, pairs: 9, inversions: 0, flowsBroken: 0 },
    subjects: [],
    power: { orderedPairs: 9, inFlight: index, keysAcrossReshard: 0 },
    aloud: [],
    ...history,
  },
  ...over,
});

describe('merged slices of one run', () => {
  test('have summed counts, in any order', () => {
    const whole = mergeSlices([slice(2), slice(1)]);
    expect(whole).toMatchObject({
      verdict: 'holds',
      counts: { acked: 20, read: 20 },
      order: { kept: true, pairs: 18 },
    });
    expect(whole.power).toMatchObject({ orderedPairs: 18, inFlight: 2, lossRate95: 0.15, reorderRate95: 0.167 });
    expect(mergeSlices([slice(1), slice(2)])).toEqual(whole);
  });

  test('are violated if one is violated', () => {
    const broken = { claims: claims({ duplicate: { verdict: 'violated', found: 3 } }) };
    const whole = mergeSlices([slice(1), slice(2, {}, broken)]);
    expect(whole.verdict).toBe('violated');
    expect(whole.claims.find(({ anomaly }) => anomaly === 'duplicate')).toMatchObject({
      verdict: 'violated',
      found: 3,
    });
  });

  const find = (found: number): Partial<HistoryVerdict> => ({
    claims: claims({ 'key-reorder': { expect: 'find', verdict: found > 0 ? 'holds' : 'violated', found } }),
  });
  test('an expected finding must be found in at least one of them', () => {
    expect(mergeSlices([slice(1, {}, find(0)), slice(2, {}, find(1))]).verdict).toBe('holds');
    expect(mergeSlices([slice(1, {}, find(0)), slice(2, {}, find(0))]).verdict).toBe('violated');
  });

  const fault = (fired: number) => ({ faults: [{ name: 'fail', armed: 1, fired, never: 1 - fired }] });
  test('a fault counts as fired if it fired in one of them', () => {
    expect(mergeSlices([slice(1, fault(0)), slice(2, fault(1))]).unknown).toEqual([]);
    const never = mergeSlices([slice(1, fault(0)), slice(2, fault(0))]);
    expect(never.unknown).toEqual(['the fault fail was armed and never fired']);
    expect(never.verdict).toBe('unknown');
  });

  test('of two faults with the same name, each must fire in one of them', () => {
    const faults = (...fired: readonly number[]) => ({
      faults: fired.map((so, index) => ({ name: 'fail', id: index + 1, armed: 1, fired: so, never: so > 0 ? 0 : 1 })),
    });
    const words = 'the fault fail was armed and never fired';
    const never = mergeSlices([slice(1, faults(3, 0)), slice(2, faults(2, 0))]);
    expect([never.verdict, never.unknown]).toEqual(['unknown', [words]]);
    expect(mergeSlices([slice(1, faults(0, 0)), slice(2, faults(0, 0))]).unknown).toEqual([words, words]);
    expect(mergeSlices([slice(1, faults(1, 0)), slice(2, faults(0, 1))]).verdict).toBe('holds');
    const nameless = { faults: [{ name: 'fail', armed: 2, fired: 1, never: 0 }] };
    expect(mergeSlices([slice(1, nameless), slice(2, nameless)]).unknown).toEqual([words]);
  });

  test('records that producers never sent are summed', () => {
    const whole = mergeSlices([slice(1, { neverSent: 1 }), slice(2, { neverSent: 2 })]);
    const words = '3 records handed to a producer were never sent';
    expect([whole.verdict, whole.unknown]).toEqual(['unknown', [words]]);
    expect(whole.claims.every(({ verdict, why }) => verdict === 'unknown' && why === words)).toBe(true);
    expect(mergeSlices([slice(1), slice(2, { neverSent: 1 })]).unknown).toEqual([
      '1 record handed to a producer was never sent',
    ]);
  });

  const reshard = { planned: 1, reshards: [{ id: 1, action: 'SplitShard', shards: ['a'], t: 20, result: 'ok' }] };
  test('a reshard counts as crossed if a key of one of them crossed it', () => {
    const crossed = { crossed: [['a', 'b']] as const };
    expect(mergeSlices([slice(1, reshard), slice(2, crossed)]).unknown).toEqual([]);
    expect(mergeSlices([slice(1, reshard), slice(2)]).unknown).toEqual([
      'no key has records on both sides of reshard 1 (SplitShard)',
    ]);
    expect(mergeSlices([slice(1, { planned: 1 }), slice(2)]).unknown).toEqual(['1 planned reshard never happened']);
  });

  test('a claim that is unknown in one of them is unknown, with that slice’s reason only', () => {
    const masked = { claims: claims({ 'lost-write': { verdict: 'unknown', why: 'nothing was acknowledged' } }) };
    const guards = ['nothing was acknowledged'];
    const free = slice(2, { guards, behind: { 'lost-write': null } }, masked);
    expect(mergeSlices([slice(1), free]).verdict).toBe('holds');
    const behind = slice(2, { guards, behind: { 'lost-write': 'no reader went past it' } }, masked);
    expect(mergeSlices([slice(1), behind]).unknown).toEqual(['lost-write: no reader went past it']);
    const cut = slice(2, { guards: ['the run failed'] }, { complete: false });
    expect(mergeSlices([slice(1), cut]).unknown).toEqual(['slice 2: the run failed']);
  });

  test.each([
    [[slice(1)], 'slice 2 of 2 is missing'],
    [[slice(1), slice(1)], 'two reports are of the same slice'],
    [[slice(1), slice(2, { same: 'other' })], 'slice 2/2 was run with another seed'],
    [[slice(1), slice(2, { topology: 'other' })], 'slice 2/2 saw other shards than slice 1'],
  ])('slices that do not belong together are refused (%#)', (given, words) => {
    expect(() => mergeSlices(given)).toThrow(expect.objectContaining({ code: 'unknown' }));
    expect(() => mergeSlices(given)).toThrow(words);
  });
});
