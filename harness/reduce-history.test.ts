import { describe, expect, it } from 'vitest';
import { checkHistory } from './check-history.ts';
import { anomalyIds } from './model/anomaly.ts';
import { reduceHistory, type Witness } from './reduce-history.ts';
import { mutated } from './testing/kill.ts';
import type { Mutation } from './testing/mutations/mutation.ts';
import { allMutations } from './testing/mutations/registry.ts';

/** Claims that break wherever this one does, and why: no history shows it alone. */
const companions: Readonly<Record<string, { readonly with: readonly string[]; readonly why: string }>> = {
  'nonmonotonic-session': {
    with: ['reader-divergence', 'premature-shard-end'],
    why: 'a session that goes back and is given less passed the same stretch twice, with differing records',
  },
  'key-reorder': {
    with: ['nonmonotonic-send'],
    why: 'a record that was acknowledged before a later one was sent, and lies behind it, has the larger number',
  },
};

const witnessOf = async (
  mutation: Mutation,
): Promise<{ readonly witness: Witness | undefined; readonly size: number }> => {
  for (let seed = 0; seed < 400; seed += 1) {
    const lines = mutated(mutation, `witness/${seed}`);
    if (lines === undefined) continue;
    const { witnesses } = await reduceHistory(lines, await checkHistory(lines));
    return { witness: witnesses.find(({ anomaly }) => anomaly === mutation.anomaly), size: lines.length };
  }
  throw new Error(`${mutation.name} fits into no history`);
};

describe('a witness', () => {
  it.each(anomalyIds.map((id) => [id] as const))(
    'of %s shows it, breaks no other claim, and is a few lines',
    async (id) => {
      const mutation = allMutations.find(({ anomaly }) => anomaly === id);
      expect(mutation).toBeDefined();
      if (mutation === undefined) return;
      const { witness, size } = await witnessOf(mutation);
      expect(witness).toBeDefined();
      if (witness === undefined) return;
      const { claims, findings } = await checkHistory(witness.lines);
      expect(findings).toContainEqual(
        expect.objectContaining({ anomaly: id, expect: witness.finding.expect, explainedBy: null }),
      );
      const others = claims.filter(({ anomaly, verdict }) => anomaly !== id && verdict === 'violated');
      const known = companions[id]?.with ?? [];
      expect(others.map(({ anomaly }) => anomaly).filter((other) => !known.includes(other))).toEqual([]);
      expect(witness.events).toBeLessThanOrEqual(8);
      expect(witness.lines.length).toBeLessThan(size);
    },
  );

  it('is the same for the same history', async () => {
    const mutation = allMutations.find(({ anomaly }) => anomaly === 'lost-write');
    const [one, other] = [await witnessOf(mutation as Mutation), await witnessOf(mutation as Mutation)];
    expect(one).toEqual(other);
  });
});
