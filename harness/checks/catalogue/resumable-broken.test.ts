import { expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { linesOf } from '../../testing/cases/contract/order-lines.ts';

const sentence = async (asked: number): Promise<string | undefined> => {
  const statements = [
    'topo whole',
    'reader final final',
    'reader live live',
    ...'a0>10 | a1>20 | read 10=a0@1000 20=a1@2000'.split(' | '),
    `read 20=a1@2000 by:live from:TIME=${asked}`,
  ];
  const { findings } = await checkHistory(linesOf(statements));
  return findings.find(({ anomaly }) => anomaly === 'resumable-broken')?.sentence;
};

test('a record that arrived at the time that was asked for did so at exactly that time', async () => {
  expect(await sentence(1000)).toContain('which arrived at exactly that time');
  expect(await sentence(999)).toContain('which arrived 1 ms later');
});
