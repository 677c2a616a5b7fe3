import { expect, test } from 'vitest';
import type { ErrorCode } from '../lib/error.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { HistoryVerdict, VerdictValue } from '../model/verdict.ts';
import type { RunInfo } from '../report/reporter.ts';
import type { Outcome } from '../session/run-and-judge.ts';
import { exitCodeOfCheck, exitCodeOfRun } from './exit-codes.ts';

const outcome = (verdict: VerdictValue | undefined, run: Partial<RunInfo> = {}, code?: ErrorCode): Outcome => ({
  history: verdict === undefined ? undefined : historyOf(verdict, 'duplicate', null),
  run: { scenario: 's', ...run },
  ...(code === undefined ? {} : { code }),
});
const historyOf = (verdict: VerdictValue, anomaly: AnomalyId, kind: string | null): HistoryVerdict =>
  ({
    verdict,
    claims: [{ anomaly, verdict }],
    findings: verdict === 'violated' ? [{ anomaly, kind, expect: 'forbid', explainedBy: null }] : [],
  }) as unknown as HistoryVerdict;
const holds = outcome('holds');
const violated = outcome('violated');
const unknown = outcome('unknown');
const skipped = outcome(undefined, { skipped: 'kinesalite has no updateShardCount' });
const dead = outcome('unknown', { error: 'ECONNREFUSED' }, 'target');
const violatedAndDead = outcome('violated', { error: 'ECONNREFUSED' }, 'target');
const deadWith = (kind: string): Outcome => ({ ...dead, history: historyOf('violated', 'counter-gap', kind) });
const wrong = outcome(undefined, { error: 'stream.shards' }, 'usage');
const interrupted = outcome('unknown', { interrupted: 'interrupted' });
const violatedAndInterrupted = outcome('violated', { interrupted: 'interrupted' });

test.each([
  ['all hold', [holds, holds], 0],
  ['one is violated', [holds, violated, unknown], 1],
  ['one is unknown', [holds, unknown], 4],
  ['the engine died', [holds, dead, unknown], 3],
  ['a violation was proved before the engine died', [violatedAndDead], 1],
  ['a violation was proved, and another run died', [violated, dead], 1],
  ['the gaps that the death of the engine left', [deadWith('gave-up')], 3],
  ['a number was never sent before the engine died', [deadWith('never-sent')], 1],
  ['a scenario was wrong', [holds, wrong, dead], 2],
  ['interrupted', [holds, interrupted], 130],
  ['interrupted after a violation was proved', [violatedAndInterrupted], 130],
  ['some are skipped', [holds, skipped], 0],
  ['all are skipped: nothing was judged', [skipped, skipped], 4],
  ['there was nothing', [], 4],
])('run: %s', (_, outcomes, code) => expect(exitCodeOfRun(outcomes)).toBe(code));

test.each([
  [[0, 0], 0],
  [[0, 4, 1], 1],
  [[1, 2], 2],
  [[3, 1], 1],
  [[2, 130], 130],
  [[], 4],
])('check: %j', (codes, code) => expect(exitCodeOfCheck(codes)).toBe(code));
