import { describe, expect, test } from 'vitest';
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

describe('where all arrival times are whole seconds', () => {
  /** Twelve records, two in each second; the live reader begins in the middle of a second. */
  const whole = async (asked: number, from: number) => {
    const all = Array.from({ length: 12 }, (_, n) => ({ n, seq: 10 + n, at: 1000 * (1 + Math.floor(n / 2)) }));
    const placed = all.map(({ n, seq, at }) => `${seq}=a${n}@${at}`);
    const { claims } = await checkHistory(
      linesOf([
        'topo whole',
        'reader final final',
        'reader live live',
        ...all.map(({ n, seq }) => `a${n}>${seq}`),
        `read ${placed.join(' ')}`,
        `read ${placed.slice(from).join(' ')} by:live from:TIME=${asked}`,
      ]),
    );
    return claims.find(({ anomaly }) => anomaly === 'resumable-broken')?.verdict;
  };

  test.each([
    ['the second record of that second', 3],
    ['the first record of that second', 2],
    ['the record after that second', 4],
  ])('an iterator in the middle of a second may begin at %s', async (_, from) => {
    expect(await whole(2500, from)).toBe('holds');
  });

  test.each([
    ['a record of the second before', 1],
    ['a record that leaves out a full second between', 8],
  ])('it may not begin at %s', async (_, from) => {
    expect(await whole(2500, from)).toBe('violated');
  });
});
