import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { aggregatedShape, aggregatesHistory } from '../generators/aggregates-history.ts';
import { withLateReaders } from '../generators/late-readers.ts';
import { allMutations } from '../generators/mutations/registry.ts';
import { ordinaryHistory } from '../generators/ordinary-history.ts';
import { changedAt, otherChanges, smallChanges } from '../generators/small-changes.ts';
import { wideHistory } from '../generators/wide-history.ts';
import { mutated } from '../suites/kill.ts';
import { bytesOf } from './follow-bytes.ts';
import { inSpark } from './in-spark.ts';
import { sampled } from './sampled.ts';

/** How many histories were judged, and how many of them whole after all. */
const seen = { all: 0, whole: 0 };

/** The steps of the SQL job, one after the other, without Spark: each piece of a file is handed to them alone. */
const expectLaw = async (bytes: Uint8Array, pieceBytes: number, parts: number): Promise<void> => {
  const { whole, said, why } = await inSpark(bytes, { pieceBytes, parts });
  expect(said, `in pieces of ${pieceBytes}, ${parts} parts`).toEqual(JSON.parse(JSON.stringify(whole)));
  seen.all += 1;
  if (why !== undefined) seen.whole += 1;
};

const troubles = [
  { troubles: false },
  { troubles: true },
  { troubles: false, reshards: true },
  { troubles: true, reshards: true },
  { troubles: false, odd: 2 },
] as const;
const pieces = fc.constantFrom(300, 1000, 5000, 1_000_000);
const parts = fc.constantFrom(1, 2, 3, 8);
const wide = fc.record({
  shards: fc.integer({ min: 2, max: 10 }),
  calls: fc.integer({ min: 5, max: 60 }),
  oddEvery: fc.constantFrom(0, 6, 40),
});
const changes = [...Object.keys(smallChanges), ...Object.keys(otherChanges)];
const change = fc.record({ name: fc.constantFrom(...changes), index: fc.nat(), random: fc.nat() });

describe('the steps of the Spark job give the same verdict as one process', () => {
  test.prop([fc.nat(), fc.integer({ min: 5, max: 120 }), fc.constantFrom(...troubles), pieces, parts], { numRuns: 40 })(
    'of any seed',
    (seed, steps, trouble, pieceBytes, count) =>
      expectLaw(bytesOf(ordinaryHistory(String(seed), steps, trouble)), pieceBytes, count),
  );

  test.prop([fc.nat(), wide, pieces, parts], { numRuns: 40 })('of many shards', (seed, shape, pieceBytes, count) =>
    expectLaw(bytesOf(wideHistory(String(seed), shape)), pieceBytes, count),
  );

  test.prop([fc.nat(), wide, pieces, parts], { numRuns: 30 })(
    'of readers that begin mid-stream, or again',
    (seed, shape, pieceBytes, count) =>
      expectLaw(
        bytesOf(withLateReaders(wideHistory(String(seed), shape), String(seed), { readers: 2, odd: 10, again: 2 })),
        pieceBytes,
        count,
      ),
  );

  test.prop([fc.nat(), aggregatedShape, pieces, parts], { numRuns: 40 })(
    'of aggregates',
    (seed, shape, pieceBytes, count) =>
      expectLaw(bytesOf(aggregatesHistory(String(seed), 80, shape)), pieceBytes, count),
  );

  test.prop([fc.nat(), change, wide, pieces], { numRuns: 60 })(
    'after a small change',
    (seed, { name, index, random }, shape, pieceBytes) => {
      const lines = wideHistory(String(seed), shape);
      const changed = changedAt(lines as never, { name, index: 1 + (index % (lines.length - 2)), random });
      return expectLaw(bytesOf(changed), pieceBytes, 3);
    },
  );

  test.prop([fc.nat(), wide, fc.nat()], { numRuns: 20 })('cut short anywhere', (seed, shape, at) => {
    const bytes = bytesOf(wideHistory(String(seed), shape));
    const head = bytes.indexOf(0x0a) + 1;
    return expectLaw(bytes.slice(0, head + (at % (bytes.length - head))), 1000, 3);
  });

  test.prop([fc.nat(), wide, pieces, fc.array(fc.nat(), { maxLength: 5 })], { numRuns: 20 })(
    'with blank lines in it',
    (seed, shape, pieceBytes, places) => {
      const lines = wideHistory(String(seed), shape).map((line) => `${JSON.stringify(line)}\n`);
      for (const place of places) lines.splice(1 + (place % (lines.length - 1)), 0, '\n');
      return expectLaw(Buffer.from(lines.join('')), pieceBytes, 3);
    },
  );

  it.each(allMutations.map((mutation) => [mutation.name, mutation] as const))(
    'with a mistake in it: %s',
    async (_, mutation) => {
      const lines = mutated(mutation, 'in-spark/0');
      if (lines !== undefined) await expectLaw(bytesOf(lines), 2000, 3);
    },
  );

  it('of every seventh case (test:deep: of all)', { timeout: 300_000 }, async () => {
    const cases = join(import.meta.dirname, '../cases');
    const files = (readdirSync(cases, { recursive: true }) as string[]).filter((name) => name.endsWith('.ndjson'));
    for (const file of sampled(files, 7)) await expectLaw(readFileSync(join(cases, file)), 700, 3);
    expect(files.length).toBeGreaterThan(1000);
  });

  it('more than half of the histories did not need the full judge', () => {
    expect(seen.all).toBeGreaterThan(100);
    expect(seen.whole / seen.all).toBeLessThan(0.5);
  });
});
