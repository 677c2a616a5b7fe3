import type { ClaimVerdict } from '../../model/verdict.ts';
import { cutNumbers } from '../catalogue/cut-numbers.ts';
import { several } from '../catalogue/phrases.ts';
import type { Found } from '../check.ts';
import type { CheckRun, Judged } from './judge.ts';

/**
 * Notices beside the claims, one sentence each: what is allowed and why, known deviations of a target, and expected
 * anomalies that were found.
 */
export const aloudOf = (run: CheckRun, verdict: ClaimVerdict): readonly string[] => [
  ...(run.note === undefined ? [] : [`${run.id}: ${run.note}`]),
  ...foundWords(run),
  ...deviationWords(run),
  ...allowedWords(run, verdict),
];

/** How many findings there are, those included that are not listed or kept. */
export const countOf = (findings: readonly Judged[]): number =>
  findings.reduce((sum, { found }) => sum + (found.times ?? 1), 0);

const foundWords = ({ id, expect, findings }: CheckRun): readonly string[] => {
  const [first] = findings;
  if (expect !== 'find' || first === undefined) return [];
  return [`${id} was to be found, and was (${countOf(findings)}): ${cutNumbers(first.found.tell().sentence)}`];
};

const deviationWords = ({ id, findings }: CheckRun): readonly string[] => {
  const known = findings.filter(({ deviation }) => deviation !== undefined);
  const ids = [...new Set(known.map(({ deviation }) => deviation?.id))];
  return ids.map((name) => {
    const own = known.filter(({ deviation }) => deviation?.id === name);
    const { sentence = '' } = own[0]?.deviation ?? {};
    return `${id}: ${several(countOf(own), 'finding')} known of this target (${name}): ${sentence}`;
  });
};

/** One sentence for each reason why findings are allowed. */
const allowedWords = (run: CheckRun, verdict: ClaimVerdict): readonly string[] => {
  const allowed = run.findings.filter(
    ({ deviation, expect, explainedBy }) => deviation === undefined && expect === 'allow' && explainedBy === null,
  );
  const byReason = new Map<string, Judged[]>();
  for (const judged of allowed) {
    const reason = reasonOf(run, judged.found);
    const list = byReason.get(reason);
    if (list === undefined) byReason.set(reason, [judged]);
    else list.push(judged);
  }
  const holds = verdict === 'holds' ? ' holds;' : ':';
  return [...byReason].map(
    ([reason, list]) =>
      `${run.id}${holds} ${several(countOf(list), 'finding')} allowed, ${reason}: forbid with expect.forbid`,
  );
};

const reasonOf = (
  { expect, why, check, isOverridden }: CheckRun,
  { kind, expect: own, allowedBecause }: Found,
): string => {
  if (expect === 'allow') return isOverridden || check.why !== undefined ? `because ${why}` : byDefault;
  if (allowedBecause !== undefined) return `because ${allowedBecause}`;
  if (own !== 'allow') return 'because the stream distributes records by itself (RecordDistributionStrategy AUTO)';
  if (kind !== null) return `since findings of kind ${kind} are allowed by default`;
  return check.about?.includes('order') === true
    ? 'because their keys were written by calls that promise no order'
    : byDefault;
};

const byDefault = 'since they break no firm promise of AWS';
