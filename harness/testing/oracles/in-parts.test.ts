import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { cleanHistory } from '../generators/clean-history.ts';
import { allMutations } from '../generators/mutations/registry.ts';
import { ordinaryHistory } from '../generators/ordinary-history.ts';
import { changedAt, otherChanges, smallChanges } from '../generators/small-changes.ts';
import { mutated } from '../suites/kill.ts';
import { bytesOf } from './follow-bytes.ts';
import { bothSides } from './in-parts.ts';

const counts = [1, 2, 3, 8];

/** merge(check(split(h, n))) = check(h): verdict, claims, findings with their lines, counts, order, power, words. */
const expectLaw = async (bytes: Uint8Array, parts: readonly number[] = counts): Promise<void> => {
  for (const count of parts) {
    const { whole, merged } = await bothSides(bytes, count);
    expect(merged, `${count} parts`).toEqual(whole);
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

describe('a history that is judged in parts has the verdict of the whole', () => {
  test.prop([fc.nat(), fc.integer({ min: 5, max: 120 }), fc.constantFrom(...troubles)], { numRuns: 120 })(
    'of any seed',
    (seed, steps, trouble) => expectLaw(bytesOf(ordinaryHistory(String(seed), steps, trouble))),
  );

  const changes = [...Object.keys(smallChanges), ...Object.keys(otherChanges)];
  test.prop([fc.nat(), fc.constantFrom(...changes), fc.nat(), fc.nat(), fc.constantFrom(...troubles)], {
    numRuns: 150,
  })('after a small change', async (seed, name, at, random, trouble) => {
    const lines = ordinaryHistory(String(seed), 50, trouble);
    await expectLaw(bytesOf(changedAt(lines, { name, index: 1 + (at % (lines.length - 2)), random })), [2, 3]);
  });

  test.prop([fc.nat()], { numRuns: 20 })('of any clean one', (seed) =>
    expectLaw(bytesOf(cleanHistory(String(seed), 60))),
  );

  it.each(allMutations.map((mutation) => [mutation.name, mutation] as const))(
    'with a mistake in it: %s',
    async (_, mutation) => {
      const made = [0, 1, 2]
        .flatMap((seed) => [mutated(mutation, `in-parts/${seed}`)])
        .filter((lines) => lines !== undefined);
      for (const lines of made) await expectLaw(bytesOf(lines), [2, 3]);
    },
  );

  const cases = join(import.meta.dirname, '../cases');
  const files = (readdirSync(cases, { recursive: true }) as string[]).filter((name) => name.endsWith('.ndjson'));
  it('of every case', { timeout: 300_000 }, async () => {
    for (const file of files) await expectLaw(readFileSync(join(cases, file)));
    expect(files.length).toBeGreaterThan(1000);
  });
});
