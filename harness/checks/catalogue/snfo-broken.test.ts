import { expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { linesOf } from '../../testing/cases/contract/order-lines.ts';

const judged = async (history: string): Promise<HistoryVerdict> =>
  checkHistory(linesOf(['topo whole', 'reader final final', ...history.split(' | ')]));
const claimIn = ({ claims }: HistoryVerdict) => claims.find(({ anomaly }) => anomaly === 'snfo-broken');
const aloudIn = ({ aloud }: HistoryVerdict): readonly string[] =>
  aloud.filter((said) => said.startsWith('snfo-broken'));

test('a number that was acknowledged for another key promises nothing, and that is said', async () => {
  const verdict = await judged('a0>10 | b0>20 | a1>15 after:20 | b1>30 after:15 | read 10=a0 15=a1 20=b0 30=b1');
  expect(claimIn(verdict)).toMatchObject({
    verdict: 'not-applicable',
    why: 'no put named a number that was acknowledged to its producer for its key',
  });
  expect(aloudIn(verdict)).toEqual([
    'snfo-broken: 2 puts named a SequenceNumberForOrdering that had not been acknowledged to the same producer for the same key (the first on line 8): such a number promises nothing',
  ]);
});

test('one that promises something is judged beside one that does not', async () => {
  const verdict = await judged('a0>10 after:9 | a1>20 after:10 | read 10=a0 20=a1');
  expect(claimIn(verdict)?.verdict).toBe('holds');
  expect(aloudIn(verdict).join()).toContain('1 put named');
});

test('nothing is said where every number promises something', async () => {
  expect(aloudIn(await judged('a0>10 | a1>20 after:10 | read 10=a0 20=a1'))).toEqual([]);
});

test('an aggregate goes by the key of the record that carries it', async () => {
  const carried = (item: string, after: string) => ({
    type: 'put',
    op: item === 'x0' ? 1 : 2,
    producer: 'p1',
    api: 'PutRecord',
    parts: [{ key: 'a' }],
    entries: [{ key: item === 'x0' ? 'x' : 'y', n: 0, part: 0, ...(after === '' ? {} : { after }) }],
  });
  const verdict = await checkHistory(
    linesOf([
      'topo whole',
      'reader final final',
      carried('x0', ''),
      'ack 1 20.0',
      carried('y0', '20'),
      'ack 2 10.0',
      'read 10.0=y0# 20.0=x0#',
    ]),
  );
  expect(claimIn(verdict)?.verdict).toBe('violated');
  expect(aloudIn(verdict)).toEqual([]);
});
