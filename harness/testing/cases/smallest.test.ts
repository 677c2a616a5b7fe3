import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';
import { type AnomalyId, anomalyIds } from '../../model/anomaly.ts';
import type { HistoryEvent } from '../../model/event.ts';
import type { Finding } from '../../model/verdict.ts';
import type { History } from '../generators/history-builder.ts';
import { smallestCases } from './smallest-cases.ts';

type Shown = Map<AnomalyId, { readonly verdict: string; readonly kinds: readonly (string | null)[] }>;

/** A file is read by the streaming reading first: a check that it does not know would find nothing there. */
const judged = async (made: History, form: 'lines' | 'file'): Promise<Shown> => {
  const { lines } = made.end();
  const { claims, findings } = await (form === 'lines' ? checkHistory(lines) : checkHistory(fileOf(lines)));
  const found = new Map<AnomalyId, { readonly verdict: string; readonly kinds: readonly (string | null)[] }>();
  for (const { anomaly, verdict } of claims) {
    const mine = findings.filter((finding) => finding.anomaly === anomaly && finding.explainedBy === null);
    if (mine.length > 0) found.set(anomaly, { verdict, kinds: mine.map(({ kind }) => kind) });
  }
  return found;
};

let folder = '';
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'smallest-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (lines: readonly HistoryLine[]): string => {
  files += 1;
  const path = join(folder, `${files}.ndjson`);
  writeFileSync(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  return path;
};

describe.each(['lines', 'file'] as const)('every anomaly of the catalogue, judged from a %s', (form) => {
  for (const id of anomalyIds) {
    const { bad, good, beside = [], kind } = smallestCases[id];

    it(`${id}: the smallest bad history shows it, and no other unexplained finding`, async () => {
      const found = await judged(bad(), form);
      expect([...found.keys()].sort()).toEqual([id, ...beside].sort());
      if (kind !== undefined) expect(found.get(id)?.kinds).toContain(kind);
    });

    it(`${id}: the nearest good history does not show it`, async () => {
      const found = await judged(good(), form);
      expect(found.has(id)).toBe(false);
    });
  }
});

describe('a fault that fired on a put', () => {
  it.each(anomalyIds)('is linked to the finding about the put: %s', async (id) => {
    const { lines } = smallestCases[id].bad();
    const witnessOf = (found: readonly Finding[]): readonly number[] =>
      found.find(({ anomaly }) => anomaly === id)?.witness ?? [];
    const shown = witnessOf((await checkHistory(lines)).findings);
    for (const [index, line] of lines.entries()) {
      if (line.type !== 'put' || !shown.includes(index + 1)) continue;
      const end = lines.at(-1) as HistoryEvent;
      const fired = { t: end.t, type: 'fault', fault: 'x', phase: 'fired', op: line.op, detail: {} } as const;
      const { findings } = await checkHistory([...lines, fired]);
      const near = findings.filter(({ anomaly }) => anomaly === id).flatMap((finding) => finding.near.faults);
      expect(near, `op ${line.op}`).toContain(lines.length + 1);
    }
  });
});
