import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../../judging/check-history.ts';
import type { HistoryVerdict } from '../../../model/verdict.ts';
import { bytesOf, followBytes } from '../../oracles/follow-bytes.ts';
import { judgeBytes } from '../../oracles/judge-bytes.ts';
import { orderHistoryOf } from './histories.ts';
import { lossAndOrderCases } from './loss-and-order-cases.ts';
import { findingWord, unknownWords, unnamed } from './verdict-notation.ts';

/** In the words of the cases. */
const saidOf = (verdict: HistoryVerdict): readonly string[] => {
  const { findings, claims } = verdict;
  const unfound = claims.filter((claim) => claim.expect === 'find' && claim.verdict === 'violated');
  return [
    ...findings.map((finding) => findingWord(finding, finding.blame ?? '')).sort(),
    ...unknownWords(verdict),
    ...unfound.map(({ anomaly }) => `not-found ${anomaly}`),
  ];
};

describe.each(Object.entries(lossAndOrderCases))('%s', (_, cases) => {
  it.each(Object.entries(cases))('%s', async (_name, one) => {
    const lines = orderHistoryOf(one);
    const verdict = await checkHistory(lines);
    expect(saidOf(verdict)).toEqual(one.said);

    const violated = new Set(verdict.claims.filter((claim) => claim.verdict === 'violated').map((c) => c.anomaly));
    const forbidden = verdict.findings.filter((f) => f.expect === 'forbid' && f.explainedBy === null);
    for (const { anomaly } of forbidden) expect(violated).toContain(anomaly);

    const bytes = bytesOf(lines);
    const whole = unnamed(verdict);
    expect([unnamed(judgeBytes(bytes, true)), unnamed(judgeBytes(bytes, false))]).toEqual([whole, whole]);
    const plain = followBytes(bytes, true);
    if (typeof plain !== 'string') expect(unnamed(plain)).toEqual(whole);
  });
});
