import { describe, expect, test } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';
import type { Finding } from '../../model/verdict.ts';
import { linesOf } from '../../testing/cases/contract/order-lines.ts';
import { reasonOf } from '../../testing/oracles/follow-bytes.ts';

const lines = (history: string): readonly HistoryLine[] =>
  linesOf(['topo whole', 'reader final final', 'reader live live', ...history.split(' | ')], {
    tolerances: { settleMs: 1 },
  });
const broken = async (history: string): Promise<readonly Finding[]> =>
  (await checkHistory(lines(history))).findings.filter(({ anomaly }) => anomaly === 'bookmark-broken');

describe('a page that says that nothing is behind', () => {
  test('names the record that the chain never gives, and for how long it had been there', async () => {
    const [one] = await broken('a0>10 | a1>20 | wait 6000 | read by:live behind:0 | read 10=a0 20=a1');
    expect(one).toMatchObject({
      sentence:
        'Reader live was told on line 9 that it had caught up; however 10 of shardId-000000000000, acknowledged 6 ms before that page was asked, lay ahead and was never delivered by this iterator.',
      evidence: { reader: 'live', seq: '10', acknowledgedMsBefore: 6 },
      witness: [5, 6, 9],
    });
  });

  test('is told once a record, with the page that was asked last, however many said so', async () => {
    const polls = Array.from({ length: 50 }, () => 'wait 6000 | read by:live behind:0').join(' | ');
    const found = await broken(`a0>10 | a1>20 | ${polls} | read 10=a0 20=a1`);
    expect(found.map(({ witness }) => witness.at(-1))).toEqual([58, 58]);
  });

  test('names the page that gives the record later', async () => {
    const [one] = await broken('a0>10 | a1>20 | wait 6000 | read behind:0 | read 10=a0 20=a1');
    expect(one?.sentence).toMatch(/lay ahead and was delivered on line 10\.$/);
  });
});

/**
 * The record that lies ahead may be unread, skipped, or read by others: each time the streaming reading leaves.
 */
describe('the streaming reading', () => {
  const before = 'a0>10 | a1>20 | a2>30';
  test.each([
    ['leaves what nobody read', `${before} | wait 6000 | read 10=a0 20=a1 behind:0`],
    ['leaves what the first reader passes over', `${before} | wait 6000 | read 10=a0 behind:0 | read 30=a2`],
    [
      'leaves what a second reader passes over',
      `${before} | wait 6000 | read 10=a0 30=a2 | read 10=a0 by:live chain:2 behind:0 | read 30=a2 by:live chain:2`,
    ],
    [
      'leaves what a second reader never comes to',
      `${before} | wait 6000 | read 10=a0 20=a1 30=a2 | read 10=a0 by:live chain:2 behind:0`,
    ],
    [
      'leaves what lies between the end of a second reader and what was passed over',
      `${before} | a3>40 | wait 6000 | read 10=a0 20=a1 40=a3 | read 10=a0 20=a1 by:live chain:2 behind:0`,
    ],
  ])('%s', async (_, history) => {
    expect(await broken(history)).not.toEqual([]);
    expect(reasonOf(lines(history))).toBe('an older record after a page with MillisBehindLatest 0');
  });

  test.each([
    ['what was acknowledged lately', `wait 6000 | ${before} | read 10=a0 behind:0 asked:6050 | read 30=a2`],
    ['what came before it said so', `${before} | wait 6000 | read 10=a0 30=a2 behind:0`],
  ])('goes on over %s', (_, history) => {
    expect(reasonOf(lines(history))).toMatch(/^aside/);
  });
});
