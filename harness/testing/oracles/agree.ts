import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';
import type { HistoryVerdict, Order } from '../../model/verdict.ts';
import { slowJudge } from './slow-judge/slow-judge.ts';

/** A finding as a judge reports it: kind, expectation, and whether another finding explains it. */
type Said = {
  readonly anomaly: string;
  readonly kind: string | null;
  readonly expect: string;
  readonly explainedBy: string | null;
};

/** Kinds that the contract names. Other kinds are a judge's own words, and are not compared. */
const named: ReadonlySet<string> = new Set([
  'retry',
  'resend',
  'sent-late',
  'gave-up',
  'never-sent',
  'info',
  'declared',
  'reversed',
  'prefix',
  'head',
  'tail',
  'shard',
  'copy',
  'resume',
  'checkpointed',
  'same-chain',
  'middle',
  'postfix',
]);
const signature = ({ anomaly, kind, expect, explainedBy }: Said): string =>
  [anomaly, kind !== null && named.has(kind) ? kind : '', expect, explainedBy === null ? '' : 'explained']
    .join(' ')
    .trim();

/**
 * Differences between the fast and the slow judge on a history: findings of one only, and claims that only one holds
 * violated. Empty if they agree.
 */
export const disagreements = async (lines: readonly HistoryLine[]): Promise<readonly string[]> => {
  const fast = await checkHistory(lines);
  const slow = slowJudge(lines);
  const fastSaid = new Set(fast.findings.map(signature));
  const slowSaid = new Set(slow.findings.map(signature));
  const fastViolated = new Set<string>(
    fast.claims.filter((claim) => claim.verdict === 'violated').map(({ anomaly }) => anomaly),
  );
  const slowViolated = new Set<string>(slow.violated);
  return [
    ...only(fastSaid, slowSaid).map((text) => `only the fast judge: ${text}`),
    ...only(slowSaid, fastSaid).map((text) => `only the slow judge: ${text}`),
    ...only(fastViolated, slowViolated).map((id) => `violated for the fast judge only: ${id}`),
    ...only(slowViolated, fastViolated).map((id) => `violated for the slow judge only: ${id}`),
    ...orderDiffers(fast.order, slow.order),
  ];
};

const orderDiffers = (fast: Order, slow: Order): readonly string[] => {
  const [one, other] = [fast, slow].map((order) => JSON.stringify(order));
  return one === other ? [] : [`order: the fast judge says ${one}, the slow one ${other}`];
};

/**
 * A difference if only one judge says that the claim is unknown without a list of shards. The fast judge may have
 * another reason.
 */
const lineageDiffers = ({ claims }: HistoryVerdict, isMissing: boolean): readonly string[] => {
  const claim = claims.find(({ anomaly }) => anomaly === 'child-before-parent');
  const isSaid = claim?.verdict === 'unknown' && claim.why.includes('--shards');
  if (isSaid === isMissing || (isMissing && claim?.verdict !== 'holds')) return [];
  return [
    `no list of shards: the fast judge says ${claim?.verdict}, the slow one ${isMissing ? 'unknown' : 'nothing'}`,
  ];
};

/** Contract: at most 20 findings an anomaly are listed. */
const listedMax = 20;

/** Differences in what they find, without explanations: the slow judge explains fewer findings than the table says. */
export const differentlyFound = async (lines: readonly HistoryLine[]): Promise<readonly string[]> => {
  const verdict = await checkHistory(lines);
  // Compares only anomalies of which all findings are listed.
  const isListed = ({ anomaly }: Said): boolean =>
    verdict.claims.some((claim) => claim.anomaly === anomaly && claim.found <= listedMax);
  const found = (said: readonly Said[]): ReadonlySet<string> =>
    new Set(
      said
        .filter(isListed)

        .map((one) => signature({ ...one, explainedBy: null })),
    );
  const judged = slowJudge(lines);
  const [fast, slow] = [found(verdict.findings), found(judged.findings)];
  return [
    ...lineageDiffers(verdict, judged.isLineageMissing),
    ...orderDiffers(verdict.order, judged.order),
    ...only(fast, slow).map((text) => `only the fast judge: ${text}`),
    ...only(slow, fast).map((text) => `only the slow judge: ${text}`),
  ];
};

const only = (one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] =>
  [...one].filter((text) => !other.has(text));
