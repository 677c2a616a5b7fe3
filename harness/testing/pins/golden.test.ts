import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { traps } from '../cases/traps.ts';
import { type GoldenVerdict, goldenFolder, goldenHistories, summaryOf } from './golden.ts';

const verdicts = JSON.parse(readFileSync(join(goldenFolder, 'verdicts.json'), 'utf8')) as Readonly<
  Record<string, GoldenVerdict>
>;

describe('golden histories keep their verdicts', () => {
  it.each(Object.entries(verdicts))('%s', async (name, verdict) => {
    expect(summaryOf(await checkHistory(join(goldenFolder, `${name}.ndjson`)))).toEqual(verdict);
  });

  it('exist for every history that they are made from', () => {
    expect(Object.keys(verdicts)).toEqual(expect.arrayContaining([...goldenHistories().keys()]));
  });
});

describe('histories that other checkers judged wrongly get the right verdict', () => {
  it.each(Object.entries(traps))('%s', async (_name, { history, verdict, violated, allowed, isCut }) => {
    const made = history();
    const judged = await checkHistory(isCut === true ? made.lines : made.end().lines);
    const open = judged.findings.filter(({ explainedBy, expect: how }) => explainedBy === null && how !== 'ignore');
    expect({
      verdict: judged.verdict,
      violated: judged.claims
        .filter((claim) => claim.verdict === 'violated')
        .map(({ anomaly }) => anomaly)
        .sort(),
      allowed: [...new Set(open.filter(({ expect: how }) => how !== 'forbid').map(({ anomaly }) => anomaly))],
    }).toEqual({ verdict, violated: [...violated].sort(), allowed });
  });
});
