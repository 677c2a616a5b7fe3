import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../check-history.ts';
import type { Expect, Finding, HistoryVerdict } from '../../model/verdict.ts';
import { bytesOf, followBytes } from '../follow-bytes.ts';
import { judgeBytes } from '../judge-bytes.ts';
import { orderHistoryOf } from './histories.ts';
import { lossAndOrderCases } from './loss-and-order-cases.ts';

const marks: Readonly<Record<Expect, string>> = { forbid: '!', allow: '~', report: '.', find: '+', ignore: '-' };
const wordOf = ({ anomaly, kind, expect: how, blame, explainedBy }: Finding): string =>
  `${anomaly}${kind === null ? '' : `/${kind}`}${marks[how]}${blame ?? ''}${explainedBy === null ? '' : `<${explainedBy}`}`;

/** In the words of the cases. A history of which nothing is sure is `?all`. */
const saidOf = ({ findings, claims }: HistoryVerdict): readonly string[] => {
  const unknown = claims.filter(({ verdict }) => verdict === 'unknown').map(({ anomaly }) => `?${anomaly}`);
  const unfound = claims.filter(({ expect: how, verdict }) => how === 'find' && verdict === 'violated');
  return [
    ...findings.map(wordOf).sort(),
    ...(unknown.length > 20 ? ['?all'] : unknown),
    ...unfound.map(({ anomaly }) => `not-found ${anomaly}`),
  ];
};

const unnamed = (verdict: HistoryVerdict | string): unknown =>
  typeof verdict === 'string' ? verdict : { ...verdict, path: '' };

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
