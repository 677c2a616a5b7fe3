import { describe, expect, test } from 'vitest';
import type { Head } from '../../model/event.ts';
import type { Found } from '../check.ts';
import { deviationOf, expectationsOf } from './expectations.ts';

const head = (expected: unknown): Head => ({
  type: 'head',
  format: 'kinesis-order-history',
  version: 1,
  run: 'r',
  scenario: { expect: expected },
});

test('whoever asks for the verdict has the last word', () => {
  const said = expectationsOf(head({ forbid: ['duplicate', 'phantom'] }), { expect: { allow: ['duplicate'] } });
  expect(Object.fromEntries(said)).toEqual({
    duplicate: { expect: 'allow', by: 'the command line' },
    phantom: { expect: 'forbid', by: 'the scenario' },
  });
});

describe('what a scenario expects', () => {
  test('is nothing where it says nothing', () => {
    expect(expectationsOf(undefined).size).toBe(0);
    for (const one of [undefined, null, 'all', 7, {}, { forbid: 'duplicate' }])
      expect(expectationsOf(head(one)).size).toBe(0);
    expect(expectationsOf({ ...head({}), scenario: {} }).size).toBe(0);
  });

  test('is of anomalies that there are', () => {
    expect([...expectationsOf(head({ forbid: ['duplicates', 7, null, 'duplicate'] }))]).toEqual([
      ['duplicate', { expect: 'forbid', by: 'the scenario' }],
    ]);
  });

  test('is the strictest of what it says twice, and to be found above all', () => {
    const all = {
      find: ['unseen'],
      forbid: ['unseen', 'recovered'],
      allow: ['recovered', 'phantom'],
      ignore: ['phantom', 'split-key'],
    };
    const said = [...expectationsOf(head(all))].map(([id, { expect: how }]) => [id, how]);
    expect(Object.fromEntries(said)).toEqual({
      unseen: 'find',
      recovered: 'forbid',
      phantom: 'allow',
      'split-key': 'ignore',
    });
  });
});

describe('a known deviation', () => {
  const finding: Found = {
    kind: 'declared',
    blame: 'service-read',
    tell: () => ({ sentence: '', evidence: { ending: '7', list: [1, 2] }, witness: [] }),
  };
  const matches = (when: Readonly<Record<string, unknown>>, anomaly = 'duplicate'): boolean =>
    deviationOf([{ id: 'd', anomaly, when, sentence: '' }], 'duplicate', finding)?.id === 'd';

  test.each<[Readonly<Record<string, unknown>>, boolean]>([
    [{ kind: 'declared' }, true],
    [{ kind: 'other' }, false],
    [{ kind: 'declared', ending: '7' }, true],
    [{ kind: 'declared', ending: '8' }, false],
    [{ list: [1, 2] }, true],
    [{ list: [1] }, false],
    [{ toString: undefined }, false],
    [{ missing: undefined }, false],
    [{}, false],
  ])('of which is said %j is this one: %s', (when, is) => {
    expect(matches(when)).toBe(is);
  });

  test('is of its anomaly only', () => {
    expect(matches({ kind: 'declared' }, 'phantom')).toBe(false);
  });
});
