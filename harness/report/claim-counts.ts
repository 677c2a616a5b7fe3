import type { Claim, Finding, HistoryVerdict } from '../model/verdict.ts';

/** How many findings of a claim break a promise: allowed and explained ones are left out. */
export const forbiddenIn = ({ anomaly, found, allowed }: Claim, { findings }: HistoryVerdict): number =>
  Math.max(0, found - allowed - findings.filter((one) => one.anomaly === anomaly && isExplained(one)).length);

/** The findings that do not count as allowed. */
const isExplained = ({ explainedBy, expect }: Finding): boolean =>
  explainedBy !== null && expect !== 'allow' && expect !== 'find';

/** ` (30 forbidden, 5 allowed)`, if a claim has both. */
export const countsWords = (claim: Claim, history: HistoryVerdict): string =>
  claim.verdict !== 'violated' || claim.allowed === 0
    ? ''
    : ` (${forbiddenIn(claim, history)} forbidden, ${claim.allowed} allowed)`;
