import { describe, expect, test } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';
import type { Finding } from '../../model/verdict.ts';
import { linesOf } from '../../testing/cases/contract/order-lines.ts';
import { bytesOf, followBytes } from '../../testing/oracles/follow-bytes.ts';
import { judgeBytes } from '../../testing/oracles/judge-bytes.ts';

type Statement = string | Record<string, unknown>;
const put = (op: number, n: number, digest = 'aa'): Statement => ({
  type: 'put',
  op,
  producer: 'p1',
  api: 'PutRecord',
  entries: [{ key: 'a', n, digest: digest.padEnd(16, '0') }],
});
const lines = (...statements: readonly Statement[]): readonly HistoryLine[] =>
  linesOf(['topo whole', 'reader final final', ...statements]);
const duplicates = async (...statements: readonly Statement[]): Promise<readonly Finding[]> => {
  const bytes = bytesOf(lines(...statements));
  const whole = judgeBytes(bytes, true);
  const streamed = followBytes(bytes, true);
  if (typeof streamed !== 'string') expect(streamed).toEqual(whole);
  const { findings } = await checkHistory(lines(...statements));
  return findings.filter(({ anomaly }) => anomaly === 'duplicate');
};
const twice = /ran twice under one name/;

describe('a producer that counts from its first number again', () => {
  test('with other bytes ran twice', async () => {
    const [one, other] = await duplicates(
      put(1, 0),
      'ack 1 10',
      put(2, 1),
      'ack 2 20',
      put(3, 0, 'bb'),
      'ack 3 30',
      put(4, 1, 'cc'),
      'ack 4 40',
      'read 10=a0#aa 20=a1#aa 30=a0#bb 40=a1#cc',
    );
    expect(one?.sentence).toContain(
      'its producer ran twice under one name: on line 8 it counts from #0 again, with other bytes. These are two records under one number, and no copy',
    );
    expect(other?.sentence).toMatch(twice);
    expect(one).toMatchObject({ kind: 'resend', blame: 'producer' });
  });

  test('with the same bytes, call by call, ran twice', async () => {
    const [one] = await duplicates('a0>10', 'a1>20', 'a2>30', 'a0>40', 'a1>50', 'read 10=a0 20=a1 30=a2 40=a0 50=a1');
    expect(one?.sentence).toMatch(/on line 10 it counts from #0 again\. These/);
  });

  test('and goes beyond the last number of the first run', async () => {
    const found = await duplicates('a0>10', 'a1>20', 'a0>30', 'a1>40', 'a2>50', 'read 10=a0 20=a1 30=a0 40=a1 50=a2');
    expect(found.map(({ sentence }) => twice.test(sentence))).toEqual([true, true]);
  });
});

describe('it is a copy, and no second run,', () => {
  test.each([
    [
      'where one call is sent again as a whole',
      ['put 1 a0 a1', 'ack 1 10 20', 'put 2 a0 a1', 'ack 2 30 40', 'read 10=a0 20=a1 30=a0 40=a1'],
    ],
    ['where one record is sent again', ['a0>10', 'a1>20', 'a0>30', 'read 10=a0 20=a1 30=a0']],
    ['where the first is not', ['a0>10', 'a1>20', 'a2>30', 'a1>40', 'a2>50', 'read 10=a0 20=a1 30=a2 40=a1 50=a2']],
    [
      'where they are sent again in another order',
      ['a0>10', 'a1>20', 'a1>30', 'a0>40', 'read 10=a0 20=a1 30=a1 40=a0'],
    ],
  ])('%s', async (_, statements) => {
    const found = await duplicates(...statements);
    expect(found.length).toBeGreaterThan(0);
    for (const { sentence } of found) expect(sentence).toContain('it was sent again after it had been acknowledged');
  });
});
