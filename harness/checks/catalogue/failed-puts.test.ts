import { describe, expect, test } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';
import type { Finding, HistoryVerdict } from '../../model/verdict.ts';
import { linesOf } from '../../testing/cases/contract/order-lines.ts';
import { bytesOf, followBytes } from '../../testing/oracles/follow-bytes.ts';
import { judgeBytes } from '../../testing/oracles/judge-bytes.ts';

type Statement = string | Record<string, unknown>;
const refused = (op: number, error: string, message?: string, outcome = 'fail'): Statement => ({
  type: 'ack',
  op,
  outcome,
  error,
  ...(message === undefined ? {} : { message }),
});
const inCall = (op: number, ...results: readonly object[]): Statement => ({ type: 'ack', op, outcome: 'ok', results });
const at = (seq: string) => ({ shard: 'shardId-000000000000', seq });
const number =
  'ExclusiveMinimumSequenceNumber 49680485 used in PutRecord on shard shardId-000000000001 in stream s under account 000000000000 is invalid';

const lines = (...statements: readonly Statement[]): readonly HistoryLine[] =>
  linesOf(['topo whole', 'reader final final', ...statements]);
/** The judge of the whole and the streaming one, by either decoder, say the same. */
const judged = async (...statements: readonly Statement[]): Promise<HistoryVerdict> => {
  const made = lines(...statements);
  const bytes = bytesOf(made);
  const whole = judgeBytes(bytes, true);
  expect(judgeBytes(bytes, false)).toEqual(whole);
  for (const isScanned of [true, false]) {
    const streamed = followBytes(bytes, isScanned);
    if (typeof streamed !== 'string') expect(streamed).toEqual(whole);
  }
  return checkHistory(made);
};
const found = async (anomaly: string, ...statements: readonly Statement[]): Promise<Finding | undefined> =>
  (await judged(...statements)).findings.find((finding) => finding.anomaly === anomaly);

describe('the error of a failed put is quoted: contract, rule 25', () => {
  test('where it was given up after the engine refused the number that it named', async () => {
    const gap = await found(
      'counter-gap',
      'a0>10',
      'put 1 a1 after:10',
      refused(1, 'InvalidArgumentException', number),
      'a2>30',
      'read 10=a0 30=a2',
    );
    expect(gap?.sentence).toContain(`definitely failed on line 6 (InvalidArgumentException: ${number})`);
    expect(gap?.sentence).toContain("set the producer's retry and attempts");
    expect(gap?.sentence).toContain('SequenceNumberForOrdering');
    expect(gap?.evidence).toMatchObject({ error: 'InvalidArgumentException', message: number });
  });

  test('where one entry of a call was throttled, and every attempt by its own words', async () => {
    const throttled = { error: 'ProvisionedThroughputExceededException', message: 'Rate exceeded for shard 0' };
    const gap = await found(
      'counter-gap',
      'put 1 a0 b0',
      inCall(1, at('10'), { error: 'InternalFailure', message: 'try again' }),
      'put 2 b0 batch',
      inCall(2, throttled),
      'a1>30',
      'b1>40',
      'read 10=a0 30=a1 40=b1',
    );
    expect(gap?.sentence).toContain('(ProvisionedThroughputExceededException: Rate exceeded for shard 0)');
    expect(gap?.sentence).toContain("raise the producer's attempts");
    expect(gap?.evidence).toMatchObject({ ...throttled, before: [{ error: 'InternalFailure', message: 'try again' }] });
  });

  test('where no answer said what became of it', async () => {
    const gap = await found(
      'counter-gap',
      'a0>10',
      'put 1 a1',
      refused(1, 'TimeoutError', 'socket hang up', 'info'),
      'a2>30',
      'read 10=a0 30=a2',
    );
    expect(gap).toMatchObject({ kind: 'info', evidence: { error: 'TimeoutError', message: 'socket hang up' } });
    expect(gap?.sentence).toContain('(TimeoutError: socket hang up)');
  });

  test.each([
    ['aborted-read', refused(1, 'ValidationException', 'too large')],
    ['recovered', refused(1, 'ValidationException', 'too large', 'info')],
  ])('where it was read all the same: %s', async (anomaly, answer) => {
    const one = await found(anomaly, 'a0>10', 'put 1 a1', answer, 'a2>30', 'read 10=a0 20=a1 30=a2');
    expect(one?.sentence).toContain('(ValidationException: too large)');
    expect(one?.evidence).toMatchObject({ error: 'ValidationException', message: 'too large' });
  });

  test('where it landed late', async () => {
    const lost = refused(1, 'RequestTimeout', 'no answer in 6 s', 'info');
    const late = await found('zombie-append', 'a0>10', 'put 1 a1', lost, 'a2>30', 'read 10=a0 30=a2 40=a1');
    expect(late?.sentence).toContain('had an unknown outcome (RequestTimeout: no answer in 6 s)');
    expect(late?.evidence).toMatchObject({ error: 'RequestTimeout' });
  });

  test('where it landed in a shard that was closed', async () => {
    const lost = refused(1, 'RequestTimeout', 'no answer in 6 s', 'info');
    const late = await found('write-to-closed', 'a0>10', 'topo split', 'put 1 a1', lost, 'read 10=a0 20=a1 end');
    expect(late?.sentence).toContain('(RequestTimeout: no answer in 6 s), lies at');
  });

  test('where it was sent again, and read twice', async () => {
    const lost = refused(1, 'RequestTimeout', 'no answer in 6 s', 'info');
    const twice = await found('duplicate', 'put 1 a0', lost, 'a0>10', 'a1>30', 'read 10=a0 20=a0 30=a1');
    expect(twice?.sentence).toContain('an earlier put had an unknown outcome (RequestTimeout: no answer in 6 s)');
    expect(twice?.evidence).toMatchObject({ error: 'RequestTimeout', message: 'no answer in 6 s' });
  });

  test('where it was sent again behind a later one', async () => {
    const throttled = { error: 'ProvisionedThroughputExceededException', message: 'Rate exceeded' };
    const late = await found(
      'key-reorder',
      'put 1 a0 batch',
      inCall(1, throttled),
      'a1>10',
      'a0>20',
      'read 10=a1 20=a0',
    );
    expect(late?.sentence).toContain('(ProvisionedThroughputExceededException: Rate exceeded)');
    expect(late).toMatchObject({ kind: 'retry', evidence: throttled });
  });

  test('and nothing is made up where the recorder told nothing', async () => {
    const gap = await found(
      'counter-gap',
      'a0>10',
      'put 1 a1',
      { type: 'ack', op: 1, outcome: 'fail' },
      'a2>30',
      'read 10=a0 30=a2',
    );
    expect(gap?.sentence).toContain('definitely failed on line 6, its only attempt');
    expect(gap?.evidence).toEqual({ n: 1, attempts: 1 });
  });

  test.each([
    ['harness', "set the producer's retry and attempts"],
    ['proxy', 'send the record again when its entry or its call fails'],
  ])('with advice for the producer of a history by %s', async (recorder, advice) => {
    const [head, ...rest] = lines('a0>10', 'put 1 a1', refused(1, 'Throttled'), 'a2>30', 'read 10=a0 30=a2');
    const { findings } = await checkHistory([{ ...head, recorder }, ...rest] as readonly HistoryLine[]);
    expect(findings.find(({ anomaly }) => anomaly === 'counter-gap')?.sentence).toContain(`${advice}.`);
  });

  test('in one line, and cut where it is long; the evidence holds it whole', async () => {
    const message = `first\n\u001b[31msecond ${'x'.repeat(400)}`;
    const gap = await found(
      'counter-gap',
      'a0>10',
      'put 1 a1',
      refused(1, 'Odd', message),
      'a2>30',
      'read 10=a0 30=a2',
    );
    expect(gap?.sentence).toMatch(/\(Odd: first \[31msecond x+…\)/);
    expect(gap?.sentence.length).toBeLessThan(700);
    expect(gap?.evidence['message']).toBe(message);
  });
});

describe('what a guard says of calls that failed', () => {
  test('nothing was acknowledged: what was said most', async () => {
    const { unknown } = await judged(
      'put 1 a0',
      refused(1, 'ResourceNotFoundException', 'Stream s not found'),
      'put 2 a1 b0',
      refused(2, 'ResourceNotFoundException', 'Stream s not found'),
      'put 3 c0',
      refused(3, 'TimeoutError'),
      'read',
    );
    expect(unknown[0]).toBe(
      'nothing was acknowledged: 3 puts failed with ResourceNotFoundException: Stream s not found',
    );
  });

  test('nothing was read', async () => {
    const failed = (chain: number) => ({
      type: 'page',
      reader: 'final',
      chain,
      shard: 'shardId-000000000000',
      from: { type: 'TRIM_HORIZON' },
      error: 'AccessDeniedException',
      message: 'not authorized to perform kinesis:GetRecords',
    });
    const { unknown } = await judged('a0>10', 'a1>20', failed(1), failed(2));
    expect(unknown[0]).toBe(
      'nothing was read: 2 reads failed with AccessDeniedException: not authorized to perform kinesis:GetRecords',
    );
  });

  test('a reshard failed', async () => {
    const { unknown } = await judged(
      'a0>10',
      'a1>20',
      { type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: ['shardId-000000000000'] },
      { type: 'reshard', id: 1, phase: 'fail', error: 'LimitExceededException', message: 'too many shards' },
      'read 10=a0 20=a1',
    );
    expect(unknown).toEqual([
      'no key has records on both sides of reshard 1 (SplitShard), which failed: LimitExceededException: too many shards',
    ]);
  });
});
