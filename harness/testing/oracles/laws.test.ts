import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { seededRandom } from '../../lib/random.ts';
import { aggregatesHistory } from '../generators/aggregates-history.ts';
import { cleanHistory } from '../generators/clean-history.ts';
import { Draft, withSubject } from '../generators/mutations/draft.ts';
import { allMutations } from '../generators/mutations/registry.ts';
import { onSharedStream } from '../generators/on-shared-stream.ts';
import { ordinaryHistory } from '../generators/ordinary-history.ts';
import { attempts } from '../generators/random/attempts.ts';
import { callsThatAreRead } from '../generators/random/overlapping-calls.ts';
import { readings } from '../generators/random/readings.ts';
import { consumersUnderTest } from '../generators/random/subjects.ts';
import { timedReadings } from '../generators/random/timed-readings.ts';
import { topologies } from '../generators/random/topologies.ts';
import { wildHistory } from '../generators/wild/wild-history.ts';
import { compared, type Lines, noWorse, sameVerdict, violatedBy } from './laws.ts';

const mistaken = (seed: string, index: number): Lines => {
  const draft = new Draft(withSubject(cleanHistory(seed, 40)), seededRandom(seed));
  allMutations[index % allMutations.length]?.apply(draft);
  return draft.lines as Lines;
};

const seeded: fc.Arbitrary<Lines> = fc.oneof(
  fc.tuple(fc.nat().map(String), fc.nat()).map(([seed, index]) => mistaken(seed, index)),
  fc.nat().map((seed) => wildHistory(String(seed), 16)),
  fc.nat().map((seed) => onSharedStream(ordinaryHistory(String(seed), 30, { troubles: true, odd: 2 }))),
  fc.nat().map((seed) => ordinaryHistory(String(seed), 40, { troubles: true, reshards: true, odd: 2 })),
  fc
    .nat()
    .map((seed) =>
      aggregatesHistory(String(seed), 20, { producers: 2, shards: 2, live: 1, refused: 10, odd: 2, isSplit: true }),
    ),
);
const drawn: fc.Arbitrary<Lines> = fc.oneof(
  readings,
  timedReadings,
  attempts,
  callsThatAreRead,
  topologies,
  consumersUnderTest,
);
const histories = fc.oneof(seeded, drawn);

/** Seven audits compared the judge with other judges. These laws compare it with itself. */
describe('one history, written otherwise, gets the same verdict', () => {
  test.each(Object.entries(sameVerdict))('%s', async (_, transform) => {
    await fc.assert(
      fc.asyncProperty(histories, async (lines) => {
        const other = transform(lines);
        if (other === undefined) return;
        expect(compared(await checkHistory(other))).toEqual(compared(await checkHistory(lines)));
      }),
      { numRuns: 10 },
    );
  });
});

describe('a history that tells less, or tells it again, violates no other claim', () => {
  test.each(Object.entries(noWorse))('%s', async (_, transform) => {
    await fc.assert(
      fc.asyncProperty(histories, async (lines) => {
        const other = transform(lines);
        if (other === undefined) return;
        const before = violatedBy(await checkHistory(lines));
        expect(before).toEqual(expect.arrayContaining([...violatedBy(await checkHistory(other))]));
      }),
      { numRuns: 10 },
    );
  });
});
