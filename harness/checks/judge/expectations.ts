import { type AnomalyId, isAnomalyId } from '../../model/anomaly.ts';
import type { Deviation, Head } from '../../model/event.ts';
import type { Expect } from '../../model/verdict.ts';
import type { Found } from '../check.ts';
import type { JudgeOptions } from './options.ts';

/** How hard a finding is held: an allowed one never hides a forbidden one. */
export const strictness: Readonly<Record<Expect, number>> = { forbid: 3, find: 2, allow: 2, report: 1, ignore: 0 };

/** What the scenario says over the defaults. A later list of these goes over an earlier one. */
export const expectationsOf = (head: Head | undefined): ReadonlyMap<AnomalyId, Expect> => {
  const said = new Map<AnomalyId, Expect>();
  const expect = head?.scenario?.['expect'];
  if (typeof expect !== 'object' || expect === null) return said;
  for (const how of ['ignore', 'allow', 'forbid', 'find'] as const) {
    const list: unknown = (expect as Readonly<Record<string, unknown>>)[how];
    if (!Array.isArray(list)) continue;
    for (const id of list) if (isAnomalyId(id)) said.set(id, how);
  }
  return said;
};

/** Why a claim is not judged: it is ignored, or not selected; undefined: it is judged. */
export const skippedBecause = (
  head: Head | undefined,
  id: AnomalyId,
  { only, skip }: JudgeOptions,
): string | undefined => {
  if (expectationsOf(head).get(id) === 'ignore') return 'ignored by the scenario';
  if (skip?.includes(id) === true) return 'skipped with --skip';
  return only !== undefined && !only.includes(id) ? 'left out by --only' : undefined;
};

/** The known deviation whose `when` matches the finding's own evidence, field by field; never by its name alone. */
export const deviationOf = (
  deviations: readonly Deviation[],
  anomaly: AnomalyId,
  finding: Found,
): Deviation | undefined => {
  const named = deviations.filter(
    (deviation) => deviation.anomaly === anomaly && Object.keys(deviation.when).length > 0,
  );
  if (named.length === 0) return undefined;
  const evidence: Readonly<Record<string, unknown>> = { ...finding.tell().evidence, kind: finding.kind };
  return named.find(({ when }) =>
    Object.entries(when).every(([field, value]) => Object.hasOwn(evidence, field) && isSame(evidence[field], value)),
  );
};

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
