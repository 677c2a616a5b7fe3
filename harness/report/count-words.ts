import { several } from '../lib/several.ts';
import type { Claim, HistoryVerdict } from '../model/verdict.ts';

/** Records acknowledged, read, and so on, and how many claims hold: `20 acknowledged, 20 read; 41 claims hold`. */
export const countWords = ({ counts, claims }: HistoryVerdict): string => {
  const { acked, read, failed, info, unseen, foreign, unidentified } = counts;
  const parts = [`${acked} acknowledged`, `${read} read`];
  if (unidentified > 0) parts.push(`${unidentified} without identity`);
  if (failed > 0) parts.push(`${failed} failed`);
  if (info > 0) parts.push(`${info} of unknown outcome`);
  if (unseen > 0) parts.push(`${unseen} unseen`);
  if (foreign > 0) parts.push(`${foreign} foreign`);
  return `${parts.join(', ')}; ${claimWords(claims)}`;
};

/**
 * `41 claims hold`, or how many hold, are broken and are unknown. Findings of unknown claims are counted, too,
 * whatever their expectation is.
 */
export const claimWords = (claims: readonly Claim[]): string => {
  const of = (verdict: Claim['verdict']): readonly Claim[] => claims.filter((claim) => claim.verdict === verdict);
  const [holding, broken, unknown] = [of('holds').length, of('violated').length, of('unknown')];
  if (holding + broken + unknown.length === 0) return 'no claim applies';
  if (broken + unknown.length === 0) return `${several(holding, 'claim')} ${holding === 1 ? 'holds' : 'hold'}`;
  const parts = [`${holding} hold`];
  if (broken > 0) parts.push(`${broken} broken`);
  if (unknown.length > 0) parts.push(`${unknown.length} unknown${foundIn(unknown)}`);
  return `claims: ${parts.filter((part) => part !== '0 hold').join(', ')}`;
};

const foundIn = (claims: readonly Claim[]): string => {
  const found = claims.reduce((sum, claim) => sum + claim.found, 0);
  return found === 0 ? '' : ` (${several(found, 'finding')} in them)`;
};
