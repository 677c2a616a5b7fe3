import type { Claim, HistoryVerdict } from '../../../model/verdict.ts';

/**
 * All that a verdict says, in lines that a difference can be read from. Claims of which nothing was found, and that
 * are as the whole is or hold, are not named.
 */
export const wordsOf = (verdict: HistoryVerdict): readonly string[] => [
  `${verdict.verdict}${verdict.complete ? '' : ', not complete'}`,
  ...verdict.unknown.map((why) => `unknown: ${why}`),
  ...verdict.aloud.map((note) => `aloud: ${note}`),
  JSON.stringify({ ...verdict.counts, ...verdict.power }),
  ...wordsOfClaims(verdict),
  ...verdict.findings.map((finding) => JSON.stringify(finding)),
];

/** One line for all claims of which the same is said. */
const wordsOfClaims = ({ claims, unknown }: HistoryVerdict): readonly string[] => {
  const byWords = new Map<string, string[]>();
  for (const claim of claims) {
    if (claim.found === 0 && (claim.verdict === 'holds' || unknown.includes(claim.why))) continue;
    const words = wordsOfClaim(claim);
    byWords.set(words, [...(byWords.get(words) ?? []), claim.anomaly]);
  }
  return [...byWords].map(([words, ids]) => `${ids.join(' ')}: ${words}`);
};

const wordsOfClaim = ({ expect, verdict, found, allowed, why }: Claim): string =>
  `${verdict}, ${expect}, ${found} found, ${allowed} allowed: ${why}`;

/** What was found, and the word: enough to tell one small change from another. */
export const shortWordsOf = ({ verdict, findings, unknown }: HistoryVerdict): string =>
  [
    verdict,
    ...findings.map(({ anomaly, kind, explainedBy, expect, blame, witness }) =>
      [anomaly, kind, expect, blame, witness.join('+'), explainedBy].filter((word) => word !== null).join(' '),
    ),
    ...unknown,
  ].join('; ');
