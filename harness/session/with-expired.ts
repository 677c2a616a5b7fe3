import type { Expired } from '../model/expectations.ts';
import type { HistoryVerdict } from '../model/verdict.ts';

/** Says of each violated claim that a baseline accepted it, and until when. The verdict stays what it is. */
export const withExpired = (verdict: HistoryVerdict, expired: Expired = {}): HistoryVerdict => ({
  ...verdict,
  claims: verdict.claims.map((claim) => {
    const accepted = expired[claim.anomaly];
    if (accepted === undefined || claim.verdict !== 'violated') return claim;
    const { until, why } = accepted;
    return { ...claim, acceptedUntil: until, why: `${claim.why}; the baseline accepted it until ${until} (${why})` };
  }),
});
