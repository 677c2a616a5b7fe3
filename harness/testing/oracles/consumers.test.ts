import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregatesHistory, rightAggregates } from '../generators/aggregates-history.ts';
import { cleanHistory } from '../generators/clean-history.ts';
import { withLateReaders } from '../generators/late-readers.ts';
import { onSharedStream } from '../generators/on-shared-stream.ts';
import { ordinaryHistory } from '../generators/ordinary-history.ts';
import { changedAt, smallChanges } from '../generators/small-changes.ts';
import { type ConsumerMistake, consumerMistakes, withConsumer } from '../generators/with-consumer.ts';
import { withIdentity } from '../generators/with-identity.ts';
import { writersHistory } from '../generators/writers-history.ts';
import { bytesOf, reasonOf } from './follow-bytes.ts';
import { judgeBytes } from './judge-bytes.ts';

/** Histories without a consumer, most of which are plain. */
const bases = {
  ordinary: (seed: string) => ordinaryHistory(seed, 60),
  resharded: (seed: string) => ordinaryHistory(seed, 120, { troubles: true, reshards: true }),
  writers: (seed: string) => writersHistory(seed, 120, { writers: 2, shards: 3, odd: 0 }),
  clean: (seed: string) => cleanHistory(seed, 80),
  gaps: (seed: string) => withIdentity(ordinaryHistory(seed, 60), seed, 'gaps'),
  none: (seed: string) => withIdentity(ordinaryHistory(seed, 60), seed, 'none'),
  aggregates: (seed: string) => aggregatesHistory(seed, 60, rightAggregates),
  lateAggregates: (seed: string) =>
    withLateReaders(aggregatesHistory(seed, 60, rightAggregates), seed, { readers: 1, odd: 5, again: 2 }),
  late: (seed: string) => withLateReaders(ordinaryHistory(seed, 60), seed, { readers: 1, odd: 0, again: 1 }),
  shared: (seed: string) => onSharedStream(ordinaryHistory(seed, 60)),
} as const;
type Base = keyof typeof bases;

const historyOf = (seed: string, base: Base, mistake: ConsumerMistake) =>
  withConsumer(bases[base](seed), seed, mistake);

/** Judged on the way: with the verdict of the full judge. */
const isPlain = (lines: readonly unknown[]): boolean => {
  const reason = reasonOf(lines);
  expect(reason).not.toMatch(/another verdict|scanned/);
  return reason === 'plain';
};

describe('a history with a consumer under test', () => {
  test.prop([fc.nat(), fc.constantFrom(...(Object.keys(bases) as Base[])), fc.constantFrom(...consumerMistakes)], {
    numRuns: 400,
  })('gets the same verdict on the way as from the full judge', (seed, base, mistake) => {
    isPlain(historyOf(String(seed), base, mistake));
  });

  test.prop([fc.nat(), fc.constantFrom(...Object.keys(smallChanges)), fc.nat(), fc.nat()], { numRuns: 200 })(
    'and after a small change',
    (seed, name, at, random) => {
      const lines = historyOf(String(seed), 'ordinary', 'none');
      isPlain(changedAt(lines, { name, index: 1 + (at % (lines.length - 2)), random }));
    },
  );

  it('is judged on the way where the consumer is right, and nearly always where the history without it is', () => {
    const seeds = Array.from({ length: 60 }, (_, seed) => `right-${seed}`);
    const plain = seeds.filter((seed) => reasonOf(bases.ordinary(seed)) === 'plain');
    expect(plain.length).toBeGreaterThan(40);
    const both = plain.filter((seed) => isPlain(historyOf(seed, 'ordinary', 'none')));
    expect(both.length).toBeGreaterThan(plain.length * 0.9);
  });

  it.each(consumerMistakes.filter((mistake) => mistake !== 'none' && mistake !== 'not complete'))(
    'is not plain, and mostly red or unknown, where it makes a mistake: %s',
    (mistake) => {
      const found = Array.from({ length: 20 }, (_, seed) => {
        const lines = historyOf(`wrong-${seed}`, 'writers', mistake);
        const right = judgeBytes(bytesOf(historyOf(`wrong-${seed}`, 'writers', 'none')), true);
        const said = judgeBytes(bytesOf(lines), true);
        const isSeen = JSON.stringify(said) !== JSON.stringify(right);
        return isSeen && !(isPlain(lines) && typeof said !== 'string' && said.verdict === 'holds');
      });
      expect(found.filter(Boolean).length).toBeGreaterThan(0);
    },
  );
});
