import { describe, expect, test } from 'vitest';
import { asFarAsKnown } from '../../testing/generators/among-others.ts';
import { type History, history, lower, type Read, upper } from '../../testing/generators/history-builder.ts';
import { onSharedStream } from '../../testing/generators/on-shared-stream.ts';
import { bytesOf, follow, reasonOf } from '../../testing/oracles/follow-bytes.ts';
import { judgeBytes } from '../../testing/oracles/judge-bytes.ts';

const theirs = (seq: number): Read => [seq, 'theirs', 0];

/** What has the key `theirs` says nothing of whose it is. */
const known = (made: History) => asFarAsKnown(made.end().lines, (key) => key !== 'theirs');
const linesOf = (made: History): readonly unknown[] => onSharedStream(known(made));
const said = (made: History): string => reasonOf(linesOf(made));
const foundIn = (made: History): readonly string[] => {
  const verdict = judgeBytes(bytesOf(linesOf(made)), true);
  if (typeof verdict === 'string') throw new Error(verdict);
  return verdict.claims.flatMap(({ anomaly, found }) => (found > 0 ? [anomaly] : []));
};

describe('records of others on a shared stream', () => {
  const acked = (): History => history().put('a', 0).ok(10).put('a', 1).ok(20);

  test('are counted by their places, once for all readers', () => {
    const read = [theirs(5), [10, 'a', 0], theirs(15), [20, 'a', 1], theirs(25)] as const;
    const made = acked().reader('live', 'live').page(read).page(read, { reader: 'live', chain: 2 });
    const lines = linesOf(made);
    expect(reasonOf(lines)).toBe('plain');
    const verdict = follow(bytesOf(lines), true).said;
    expect(typeof verdict === 'string' ? verdict : verdict.counts).toMatchObject({ acked: 2, read: 2, foreign: 3 });
  });

  test('at a place that was acknowledged to one of ours', () => {
    expect(said(acked().page([theirs(10), [20, 'a', 1]]))).toBe(
      'a record of others at, or behind, one that was acknowledged and not read',
    );
  });

  test('behind one of ours that no reader was given', () => {
    const skipped = (): History => acked().page([[10, 'a', 0], theirs(25)], { behind: 0 });
    expect(said(skipped())).toBe('a record of others at, or behind, one that was acknowledged and not read');
    expect(foundIn(skipped())).toContain('lost-write');
  });

  test('and one of ours is acknowledged at their place, or before it, afterwards', () => {
    for (const seq of [15, 14]) {
      const late = history()
        .put('a', 0)
        .ok(10)
        .page([[10, 'a', 0], theirs(15)])
        .put('a', 1)
        .ok(seq);
      expect(said(late)).toBe('a record that was passed over');
    }
  });

  test('that only one of two readers was given', () => {
    const made = acked()
      .reader('live', 'live')
      .page([[10, 'a', 0], theirs(15), [20, 'a', 1]]);
    const missed = made.page(
      [
        [10, 'a', 0],
        [20, 'a', 1],
      ],
      { reader: 'live', chain: 2 },
    );
    expect(said(missed)).toBe('two readers that were given different records');
  });

  test('with a number of another shard', () => {
    const two = (seq: number): History =>
      history({}, [lower(0), upper(1)])
        .put('a', 0)
        .ok(10)
        .put('b', 0, { shard: 1 })
        .ok({ shard: 'shardId-000000000001', seq: '30' })
        .page([[10, 'a', 0]])
        .page([theirs(seq), [30, 'b', 0]], { chain: 2, shard: 1 });
    expect(foundIn(two(10))).toContain('seq-collision');
    expect(said(two(10))).toBe('numbers that two shards may share');
    expect(said(two(20))).toBe('plain');
  });

  test('between the records of one call are named', () => {
    const call = history()
      .batch([
        ['a', 0],
        ['a', 1],
      ])
      .ok(10, 20)
      .page([[10, 'a', 0], theirs(15), [20, 'a', 1]]);
    expect(said(call)).toBe('aside: records of others between those of one call');
    const lines = linesOf(
      history()
        .batch([
          ['a', 0],
          ['a', 1],
        ])
        .ok(10, 20)
        .page([[10, 'a', 0], theirs(15), [20, 'a', 1]]),
    );
    const verdict = follow(bytesOf(lines), true).said;
    const sentence = typeof verdict === 'string' ? verdict : verdict.findings[0]?.sentence;
    expect(sentence).toContain('15');
  });

  test('on a stream that is not shared are no records of others', () => {
    const made = acked().page([[10, 'a', 0], [20, 'a', 1], theirs(25)]);
    expect(reasonOf(known(made))).toBe('a record without identity');
  });
});
