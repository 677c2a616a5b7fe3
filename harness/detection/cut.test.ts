import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { checkHistory, type HistoryLine } from '../judging/check-history.ts';
import { cleanHistory } from '../testing/generators/clean-history.ts';
import { measuredHistory } from '../testing/generators/measured-history.ts';
import { withSubject } from '../testing/generators/mutations/draft.ts';
import { ordinaryHistory } from '../testing/generators/ordinary-history.ts';
import { deepRuns, deepSeed, isDeep } from '../testing/generators/runs.ts';
import { wildHistory } from '../testing/generators/wild/wild-history.ts';
import { Chronicle } from './chronicle.ts';
import { mutators } from './registry.ts';
import { linesFor, mistakeAt, trialResultOf } from './try-spot.ts';

const makers = {
  clean: (seed: string, steps: number) => withSubject(cleanHistory(seed, steps)),
  ordinary: (seed: string, steps: number) => ordinaryHistory(seed, steps, { troubles: true, reshards: true }),
  wild: (seed: string, steps: number) => wildHistory(seed, steps),
  measured: (_: string, steps: number) => measuredHistory({ hasSubject: true, recordsPerKey: 2 + (steps % 9) }),
} as const;

/** Holds both to the same: all lines with the mistake in them, and what is cut out of them. */
const expectSame = async (lines: readonly HistoryLine[], which: number): Promise<void> => {
  // A wild one may be none that can be judged.
  const base = await checkHistory(lines).catch(() => undefined);
  if (base?.verdict !== 'holds') return;
  const chronicle = new Chronicle(lines);
  for (const mutator of mutators) {
    const spots = mutator.spots(chronicle);
    const spot = spots[which % Math.max(1, spots.length)];
    const edit = spot === undefined ? undefined : mistakeAt(mutator, chronicle, spot, String(which));
    if (edit === undefined) continue;
    const whole = edit.lines();
    const said = await checkHistory(whole);
    const isViolated = said.claims.some(
      ({ anomaly, expect: kind, verdict }) =>
        mutator.fits.includes(anomaly) && kind !== 'find' && verdict === 'violated',
    );
    const isDetected = trialResultOf(mutator, linesFor(mutator, edit), {}) === 'detected';
    expect([mutator.kind, isDetected]).toEqual([mutator.kind, isViolated]);
  }
};

describe('a part is judged as the whole is, of every kind of mistake', () => {
  const runs = isDeep ? deepRuns() : 15;
  test.prop(
    [fc.constantFrom('clean', 'ordinary', 'wild', 'measured'), fc.nat(), fc.integer({ min: 10, max: 90 }), fc.nat()],
    {
      numRuns: runs,
      ...deepSeed(),
    },
  )(
    'in any history that holds',
    async (name, seed, steps, which) => {
      await expectSame(makers[name as keyof typeof makers](String(seed), steps), which);
    },
    120_000,
  );
});
