import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkHistory } from '../../../judging/check-history.ts';
import type { HistoryVerdict } from '../../../model/verdict.ts';
import { disagreements } from '../../oracles/agree.ts';
import { bytesOf, followBytes } from '../../oracles/follow-bytes.ts';
import { judgeBytes } from '../../oracles/judge-bytes.ts';
import { readingCases, readingHistoryOf } from './histories.ts';
import { findingWord, unknownWords, unnamed } from './verdict-notation.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reading-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** In the words of the cases. */
const saidOf = (verdict: HistoryVerdict): readonly string[] =>
  [...verdict.findings.map((finding) => findingWord(finding)), ...unknownWords(verdict)].sort();

describe.each(Object.entries(readingCases))('%s', (_, cases) => {
  it.each(Object.entries(cases))('%s', async (_name, one) => {
    const lines = readingHistoryOf(one);
    const verdict = await checkHistory(lines);
    expect(saidOf(verdict)).toEqual([...one[1]].sort());

    const violated = new Set(verdict.claims.filter((claim) => claim.verdict === 'violated').map((c) => c.anomaly));
    const forbidden = verdict.findings.filter((f) => f.expect === 'forbid' && f.explainedBy === null);
    expect([...violated].sort()).toEqual([...new Set(forbidden.map(({ anomaly }) => anomaly))].sort());

    const bytes = bytesOf(lines);
    const whole = unnamed(verdict);
    const path = join(folder, 'history.ndjson');
    await writeFile(path, bytes);
    expect(unnamed(await checkHistory(path))).toEqual(whole);
    expect([unnamed(judgeBytes(bytes, true)), unnamed(judgeBytes(bytes, false))]).toEqual([whole, whole]);
    const plain = followBytes(bytes, true);
    if (typeof plain !== 'string') expect(unnamed(plain)).toEqual(whole);
    // The slow judge does not ask what a scenario expects.
    if (one[2]?.scenario === undefined) expect(await disagreements(lines)).toEqual([]);
  });
});

describe('the blame of a finding', () => {
  const passing = (reader: string): string =>
    `reader live live | reader app subject | a0>10 | a1>20 | a2>30 | read 10=a0 20=a1 30=a2 | read 10=a0 30=a2 by:${reader} from:UNKNOWN`;
  const falling = (reader: string): string =>
    `reader live live | reader app subject | a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 10=a0 by:${reader} from:UNKNOWN`;
  const twice = 'a0>10 | a1>20 | read 10=a0 | read 10=a0 20=a1';
  it.each([
    ['the service: a reader of the harness is passed over', passing('live'), 'poll-skip', 'service-read'],
    ['the consumer: a subject passes over', passing('app'), 'subject-loss', 'consumer'],
    ['the service: another reader has it', passing('live'), 'lost-in-view', 'service-read'],
    ['the service: a page falls', falling('live'), 'int-nonmonotonic-poll', 'service-read'],
    ['the consumer: what it saw falls', falling('app'), 'subject-reorder', 'consumer'],
    ['the service: the same chain delivers again', twice, 're-delivery', 'service-read'],
    ['the consumer: it began again', `${twice} chain:2 from:TRIM`, 're-delivery', 'consumer'],
    ['the service: a wrong end', 'a0>10 | a1>20 | read 10=a0 20=a1 end', 'premature-shard-end', 'service-read'],
    ['the harness: its clock', 'read 10=a0 | a0>10 | a1>20 | read 20=a1', 'read-from-the-future', 'harness'],
  ])('%s', async (_, history, anomaly, blame) => {
    const { findings } = await checkHistory(readingHistoryOf([history, []]));
    expect(findings.filter((finding) => finding.anomaly === anomaly).map((finding) => finding.blame)).toEqual([blame]);
  });
});

describe('claims that are not applicable', () => {
  it.each([
    ['no subject read', ['a0>10 | a1>20 | read 10=a0 20=a1', []], ['child-before-parent'], []],
    [
      'a subject read',
      ['reader app subject | a0>10 | a1>20 | read 10=a0 20=a1 | read 10=a0 by:app from:UNKNOWN', []],
      [],
      ['child-before-parent'],
    ],
    [
      'puts were not recorded',
      ['read 10=a0 20=a1', [], { recorded: ['pages'] }],
      ['bookmark-broken', 'expired-unread', 'read-from-the-future'],
      ['poll-skip', 're-delivery', 'reader-divergence', 'resumable-broken', 'lost-in-view', 'premature-shard-end'],
    ],
  ] as const)('%s', async (_, one, silent, speaking) => {
    const { claims } = await checkHistory(readingHistoryOf(one));
    const said = claims.filter(({ verdict }) => verdict === 'not-applicable').map(({ anomaly }) => anomaly);
    expect(said).toEqual(expect.arrayContaining([...silent]));
    expect(said.filter((anomaly) => speaking.some((other) => other === anomaly))).toEqual([]);
  });
});
