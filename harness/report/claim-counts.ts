import type { Claim, Finding, HistoryVerdict } from '../model/verdict.ts';

/** The number of findings of a claim that break a promise, without allowed and explained ones. */
export const forbiddenIn = ({ anomaly, found, allowed }: Claim, { findings }: HistoryVerdict): number =>
  Math.max(0, found - allowed - findings.filter((one) => one.anomaly === anomaly && isExplained(one)).length);

/** True for explained findings that `allowed` of the claim does not count. */
const isExplained = ({ explainedBy, expect }: Finding): boolean =>
  explainedBy !== null && expect !== 'allow' && expect !== 'find';

/** ` (30 forbidden, 5 allowed)` for a violated claim with allowed findings; otherwise empty. */
export const countsWords = (claim: Claim, history: HistoryVerdict): string =>
  claim.verdict !== 'violated' || claim.allowed === 0
    ? ''
    : ` (${forbiddenIn(claim, history)} forbidden, ${claim.allowed} allowed)`;
