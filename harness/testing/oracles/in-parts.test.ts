import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { CheckOptions } from '../../judging/check-history.ts';
import { aggregatedShape, aggregatesHistory } from '../generators/aggregates-history.ts';
import { amongOthers } from '../generators/among-others.ts';
import { cleanHistory } from '../generators/clean-history.ts';
import { withLateReaders } from '../generators/late-readers.ts';
import { allMutations } from '../generators/mutations/registry.ts';
import { ordinaryHistory } from '../generators/ordinary-history.ts';
import { changedAt, insideChanges, otherChanges, smallChanges } from '../generators/small-changes.ts';
import { wideHistory } from '../generators/wide-history.ts';
import { writersHistory } from '../generators/writers-history.ts';
import { mutated } from '../suites/kill.ts';
import { bytesOf } from './follow-bytes.ts';
import { bothSides } from './in-parts.ts';
import { sampled } from './sampled.ts';

/** How many histories with several components there were, and in how many no of two parts was twice the other. */
const balance = { several: 0, even: 0 };

/** merge(check(split(h, n))) = check(h): verdict, claims, findings with their lines, counts, order, power, words. */
const expectLaw = async (bytes: Uint8Array, counts = [1, 2, 3, 8], options: CheckOptions = {}): Promise<void> => {
  const { whole, inParts } = await bothSides(bytes, counts, options);
  for (const [index, { said, components, bytes: sizes }] of inParts.entries()) {
    expect(said, `${counts[index]} parts`).toEqual(whole);
    if (counts[index] !== 2 || components < 2) continue;
    balance.several += 1;
    if (Math.max(...sizes) <= 2 * Math.min(...sizes)) balance.even += 1;
  }
};

const troubles = [
  { troubles: false },
  { troubles: true },
  { troubles: false, reshards: true },
  { troubles: true, reshards: true },
  { troubles: false, odd: 2 },
  { troubles: true, reshards: true, odd: 1 },
] as const;

const asked: readonly CheckOptions[] = [
  {},
  { question: 'pipeline' },
  { only: ['duplicate', 'lost-write', 'key-reorder'] },
  { strict: true, expect: { find: ['duplicate'], allow: ['lost-write'] } },
];

const wide = fc.record({
  shards: fc.integer({ min: 2, max: 10 }),
  calls: fc.integer({ min: 5, max: 60 }),
  oddEvery: fc.constantFrom(0, 6, 40),
});

describe('judging in parts gives the same verdict as judging the full history', () => {
  test.prop([fc.nat(), fc.integer({ min: 5, max: 120 }), fc.constantFrom(...troubles)], { numRuns: 100 })(
    'of any seed',
    (seed, steps, trouble) => expectLaw(bytesOf(ordinaryHistory(String(seed), steps, trouble))),
  );

  test.prop([fc.nat(), wide, fc.constantFrom(...asked)], { numRuns: 100 })(
    'of many shards, whatever is asked',
    (seed, shape, options) => expectLaw(bytesOf(wideHistory(String(seed), shape)), [2, 3, 8], options),
  );

  const writing = fc.record({
    writers: fc.integer({ min: 1, max: 5 }),
    shards: fc.integer({ min: 2, max: 8 }),
    odd: fc.constantFrom(0, 0, 3),
  });
  test.prop([fc.nat(), fc.integer({ min: 50, max: 500 }), writing], { numRuns: 60 })(
    'of several writers, whose PutRecords lie between one another',
    (seed, steps, shape) => expectLaw(bytesOf(writersHistory(String(seed), steps, shape)), [2, 3, 8]),
  );

  test.prop([fc.nat(), writing, wide, fc.constantFrom(...troubles)], { numRuns: 40 })(
    'of a stream to which others wrote, too',
    async (seed, shape, wideShape, trouble) => {
      const bases = [
        writersHistory(String(seed), 200, shape),
        wideHistory(String(seed), wideShape),
        ordinaryHistory(String(seed), 60, trouble),
      ];
      for (const base of bases) await expectLaw(bytesOf(amongOthers(base, String(seed))), [2, 3]);
    },
  );

  const late = fc.record({
    readers: fc.integer({ min: 1, max: 3 }),
    odd: fc.constantFrom(0, 0, 30),
    again: fc.constantFrom(0, 3),
  });
  test.prop([fc.nat(), wide, fc.constantFrom(...troubles), late], { numRuns: 60 })(
    'of readers that begin mid-stream, or again',
    async (seed, shape, trouble, kind) => {
      const bases = [wideHistory(String(seed), shape), ordinaryHistory(String(seed), 60, trouble)];
      for (const base of bases) await expectLaw(bytesOf(withLateReaders(base, String(seed), kind)), [2, 3]);
    },
  );

  test.prop([fc.nat(), fc.integer({ min: 20, max: 200 }), aggregatedShape], { numRuns: 80 })(
    'of aggregates',
    (seed, steps, shape) => expectLaw(bytesOf(aggregatesHistory(String(seed), steps, shape)), [2, 3, 8]),
  );

  const changes = [...Object.keys(smallChanges), ...Object.keys(otherChanges)];
  const change = fc.record({ name: fc.constantFrom(...changes), index: fc.nat(), random: fc.nat() });
  const changed = (
    lines: readonly unknown[],
    { name, index, random }: { name: string; index: number; random: number },
  ) => bytesOf(changedAt(lines as never, { name, index: 1 + (index % (lines.length - 2)), random }));

  test.prop([fc.nat(), change, fc.constantFrom(...troubles)], { numRuns: 150 })(
    'after a small change',
    (seed, how, trouble) => expectLaw(changed(ordinaryHistory(String(seed), 50, trouble), how), [2, 3]),
  );

  test.prop([fc.nat(), change, wide], { numRuns: 80 })('after a small change, of many shards', (seed, how, shape) =>
    expectLaw(changed(wideHistory(String(seed), shape), how), [3, 8]),
  );

  const inner = fc.constantFrom(...changes, ...Object.keys(insideChanges));
  test.prop([fc.nat(), aggregatedShape, fc.record({ name: inner, index: fc.nat(), random: fc.nat() })], {
    numRuns: 80,
  })('after a small change, of aggregates', (seed, shape, how) =>
    expectLaw(changed(aggregatesHistory(String(seed), 60, shape), how), [2, 3]),
  );

  test.prop([fc.nat()], { numRuns: 20 })('of any clean one', (seed) =>
    expectLaw(bytesOf(cleanHistory(String(seed), 60))),
  );

  it.each(allMutations.map((mutation) => [mutation.name, mutation] as const))(
    'with a mistake in it: %s',
    async (_, mutation) => {
      for (const seed of [0, 1]) {
        const lines = mutated(mutation, `in-parts/${seed}`);
        if (lines !== undefined) await expectLaw(bytesOf(lines), [2, 3]);
      }
    },
  );

  const cases = join(import.meta.dirname, '../cases');
  const files = (readdirSync(cases, { recursive: true }) as string[]).filter((name) => name.endsWith('.ndjson'));
  it('of every fifth case (test:deep: of all)', { timeout: 300_000 }, async () => {
    expect(files.length).toBeGreaterThan(1000);
    for (const file of sampled(files, 5)) await expectLaw(readFileSync(join(cases, file)));
  });

  it('in at least half of the cases with several components, no part is twice as large as another', () => {
    expect(balance.several).toBeGreaterThan(100);
    expect(balance.even / balance.several).toBeGreaterThanOrEqual(0.5);
  });
});
