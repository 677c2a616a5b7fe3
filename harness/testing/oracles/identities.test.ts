import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregatesHistory, rightAggregates } from '../generators/aggregates-history.ts';
import { cleanHistory } from '../generators/clean-history.ts';
import { withLateReaders } from '../generators/late-readers.ts';
import { ordinaryHistory } from '../generators/ordinary-history.ts';
import { changedAt, smallChanges } from '../generators/small-changes.ts';
import { type IdentityKind, identityKinds, withIdentity, withRetries } from '../generators/with-identity.ts';
import { writersHistory } from '../generators/writers-history.ts';
import { reasonOf } from './follow-bytes.ts';

const bases = {
  ordinary: (seed: string) => ordinaryHistory(seed, 60),
  odd: (seed: string) => ordinaryHistory(seed, 100, { troubles: true, reshards: true, odd: 3 }),
  writers: (seed: string) => writersHistory(seed, 120, { writers: 2, shards: 3, odd: 2 }),
  clean: (seed: string) => cleanHistory(seed, 80),
  aggregates: (seed: string) => aggregatesHistory(seed, 60, rightAggregates),
  late: (seed: string) => withLateReaders(ordinaryHistory(seed, 80), seed, { readers: 2, odd: 3, again: 2 }),
} as const;
type Base = keyof typeof bases;

const historyOf = (seed: string, base: Base, kind: IdentityKind) => withIdentity(bases[base](seed), seed, kind);

/** Judged on the way, or single records of it in a second reading: with the verdict of the full judge. */
const isOnTheWay = (lines: readonly unknown[]): boolean => {
  const reason = reasonOf(lines);
  expect(reason).not.toMatch(/another verdict|scanned/);
  return reason === 'plain' || reason.startsWith('aside');
};

describe('a history whose numbers are told otherwise', () => {
  test.prop([fc.nat(), fc.constantFrom(...(Object.keys(bases) as Base[])), fc.constantFrom(...identityKinds)], {
    numRuns: 400,
  })('gets the same verdict on the way as from the full judge', (seed, base, kind) => {
    isOnTheWay(historyOf(String(seed), base, kind));
  });

  test.prop(
    [fc.nat(), fc.constantFrom(...identityKinds), fc.constantFrom(...Object.keys(smallChanges)), fc.nat(), fc.nat()],
    { numRuns: 200 },
  )('and after a small change', (seed, kind, name, at, random) => {
    const lines = historyOf(String(seed), 'ordinary', kind);
    isOnTheWay(changedAt(lines, { name, index: 1 + (at % (lines.length - 2)), random }));
  });

  test.prop([fc.nat(), fc.constantFrom(...(Object.keys(bases) as Base[]))], { numRuns: 200 })(
    'and with calls whose answers did not reach their sender',
    (seed, base) => {
      isOnTheWay(withRetries(bases[base](String(seed)), String(seed)));
    },
  );

  it.each(['gaps', 'one', 'none'] as const)('is judged on the way: %s', (kind) => {
    const seeds = Array.from({ length: 40 }, (_, seed) => `told-${seed}`);
    const plain = seeds.filter((seed) => reasonOf(bases.ordinary(seed)) === 'plain');
    const both = plain.filter((seed) => isOnTheWay(historyOf(seed, 'ordinary', kind)));
    expect([plain.length > 25, both.length]).toEqual([true, plain.length]);
  });
});
