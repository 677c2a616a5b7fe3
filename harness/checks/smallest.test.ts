import { describe, expect, it } from 'vitest';
import { checkHistory } from '../check-history.ts';
import { type AnomalyId, anomalyIds } from '../model/anomaly.ts';
import type { History } from '../testing/history-builder.ts';
import { smallestCases } from '../testing/smallest-cases.ts';

const judged = async (
  made: History,
): Promise<Map<AnomalyId, { readonly verdict: string; readonly kinds: readonly (string | null)[] }>> => {
  const { claims, findings } = await checkHistory(made.end().lines);
  const found = new Map<AnomalyId, { readonly verdict: string; readonly kinds: readonly (string | null)[] }>();
  for (const { anomaly, verdict } of claims) {
    const mine = findings.filter((finding) => finding.anomaly === anomaly && finding.explainedBy === null);
    if (mine.length > 0) found.set(anomaly, { verdict, kinds: mine.map(({ kind }) => kind) });
  }
  return found;
};

describe('every anomaly of the catalogue', () => {
  for (const id of anomalyIds) {
    const { bad, good, beside = [], kind } = smallestCases[id];

    it(`${id}: the smallest bad history shows it, and nothing else unexplained`, async () => {
      const found = await judged(bad());
      expect([...found.keys()].sort()).toEqual([id, ...beside].sort());
      if (kind !== undefined) expect(found.get(id)?.kinds).toContain(kind);
    });

    it(`${id}: the nearest good history does not show it`, async () => {
      const found = await judged(good());
      expect(found.has(id)).toBe(false);
    });
  }
});
