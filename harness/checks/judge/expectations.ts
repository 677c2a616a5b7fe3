import { type AnomalyId, isAnomalyId } from '../../model/anomaly.ts';
import type { Deviation, Head } from '../../model/event.ts';
import type { Expect } from '../../model/verdict.ts';
import type { Found } from '../check.ts';
import type { JudgeOptions } from './options.ts';

/** A finding explains only findings that are not stricter: an allowed one never hides a forbidden one. */
export const strictness: Readonly<Record<Expect, number>> = { forbid: 3, find: 2, allow: 2, report: 1, ignore: 0 };

/** What is expected, and who says it: the head of the history, or the caller, who has the last word. */
export type Said = { readonly expect: Expect; readonly by: string };

/** Who wrote the expectations into the head: often there is no scenario. */
const writers: Readonly<Partial<Record<NonNullable<Head['recorder']>, string>>> = {
  import: 'the import',
  proxy: 'the recording',
  middleware: 'the recording',
};

const hows = ['report', 'ignore', 'allow', 'forbid', 'find'] as const;

/**
 * Expectations that override the defaults. A later list of `hows` overrides an earlier one, the caller's overrides the
 * scenario's.
 */
export const expectationsOf = (
  head: Head | undefined,
  { expect, because = {} }: JudgeOptions = {},
): ReadonlyMap<AnomalyId, Said> => {
  const said = new Map<AnomalyId, Said>();
  const writer = writers[head?.recorder ?? 'harness'] ?? 'the scenario';
  noteLists(said, head?.scenario?.['expect'], () => writer);
  noteLists(said, expect, (id, how) => (how === 'allow' ? because[id] : undefined) ?? 'the command line');
  return said;
};

const noteLists = (
  said: Map<AnomalyId, Said>,
  lists: unknown,
  byWhom: (id: AnomalyId, expect: Expect) => string,
): void => {
  if (typeof lists !== 'object' || lists === null) return;
  for (const expect of hows) {
    const list: unknown = (lists as Readonly<Record<string, unknown>>)[expect];
    if (!Array.isArray(list)) continue;
    for (const id of list) if (isAnomalyId(id)) said.set(id, { expect, by: byWhom(id, expect) });
  }
};

/** Why a claim is not judged: it is ignored, or not selected; undefined: it is judged. */
export const skippedBecause = (
  said: Said | undefined,
  id: AnomalyId,
  { only, skip }: JudgeOptions,
): string | undefined => {
  if (said?.expect === 'ignore') return `ignored by ${said.by}`;
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
