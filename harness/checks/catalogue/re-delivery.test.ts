import { expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { linesOf } from '../../testing/cases/contract/order-lines.ts';

const sentences = async (history: string): Promise<readonly string[]> => {
  const { findings } = await checkHistory(linesOf(['topo whole', 'reader final final', ...history.split(' | ')]));
  return findings.filter(({ anomaly }) => anomaly === 're-delivery').map(({ sentence }) => sentence);
};

test('by the same iterator', async () => {
  expect(await sentences('a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1')).toEqual([
    'Reader final received 20 of shardId-000000000000 on line 8 and again on line 9 by the same iterator, though it never went back.',
  ]);
});

test('by a new iterator', async () => {
  expect(await sentences('a0>10 | a1>20 | read 10=a0 20=a1 | read 20=a1 chain:2 from:AT=20')).toEqual([
    'Reader final received 20 of shardId-000000000000 on line 8 and again on line 9 after it had started a new iterator.',
  ]);
});

test('by two iterators side by side: the lines are told in the order of time', async () => {
  expect(await sentences('a0>10 | a1>20 | read 10=a0 | read 20=a1 chain:2 from:AT=20 | read 20=a1')).toEqual([
    'Reader final received 20 of shardId-000000000000 on line 9 and again on line 10 by another iterator, which it had started before that one.',
  ]);
});
