import { expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { headlineText } from '../../report/headline.ts';
import { type History, history, lower, upper } from '../../testing/generators/history-builder.ts';

const judged = async (made: History): Promise<HistoryVerdict> => checkHistory(made.end().lines);
const whyOf = ({ claims }: HistoryVerdict, id: string): string =>
  claims.find(({ anomaly }) => anomaly === id)?.why ?? '';
const headline = (one: HistoryVerdict): string => headlineText({ history: one, run: { scenario: 's' } });

/** `a` lies in shard 0, `b` in shard 1. */
const twoShards = (): History =>
  history({ recorder: 'import', question: 'pipeline', scenario: { expect: { allow: ['poll-skip'] } } }, [
    lower(0),
    upper(1),
  ])
    .put('a', 0)
    .ok(10)
    .put('a', 1)
    .ok(20)
    .put('a', 2)
    .ok(30)
    .put('a', 3)
    .ok(40)
    .put('b', 0, { shard: 1 })
    .ok(50);

test('what was not read is told by where it lies, with counts and the first names', async () => {
  const made = twoShards().reader('app', 'subject');
  for (const [chain, reader] of ['live', 'app'].entries())
    made.page(
      [
        [10, 'a', 0],
        [30, 'a', 2],
      ],
      { reader, chain, from: { type: 'UNKNOWN' } },
    );
  const one = await judged(made);
  const counts =
    '3 acknowledged records were not read: 1 passed over by consumer "app" (given a later record of the shard), 1 in the tail of a shard, 1 in shardId-000000000001, which nobody read';
  expect(whyOf(one, 'lost-write')).toBe(
    `${counts}. No final reader provably went past (see unseen); passed over: p1's "a" #1 at 20 of shardId-000000000000; tail: p1's "a" #3 at 40 of shardId-000000000000; never read: p1's "b" #0 at 50 of shardId-000000000001`,
  );
  expect(headline(one)).toContain(`promises unknown: ${counts}`);
  expect(one.findings.filter(({ anomaly }) => anomaly === 'unseen').map(({ sentence }) => sentence)).toEqual([
    expect.stringContaining('consumer "app" was given a later record of that shard'),
    expect.stringContaining('reading of that shard ended before it'),
    expect.stringContaining('nobody was given anything of that shard'),
  ]);
});

test('without a consumer under test only the shards are told', async () => {
  const one = await judged(twoShards().page([[10, 'a', 0]]));
  expect(whyOf(one, 'lost-write')).toMatch(
    /^4 acknowledged records were not read: in shardId-000000000000 and shardId-000000000001\. No final reader provably went past \(see unseen\); first of them: p1's "a" #1 at 20 of shardId-000000000000, .* 1 more$/,
  );
  expect(one.findings.find(({ anomaly }) => anomaly === 'unseen')?.sentence).toMatch(
    /was not read; no final reader has provably gone past it, so it may be lost or only unread\.$/,
  );
});

test('what a consumer was not given is told the same way, before what nobody can say of it', async () => {
  const made = twoShards().reader('app', 'subject');
  const all = [10, 20, 30, 40].map((seq, n) => [seq, 'a', n] as const);
  made.page(all, { from: { type: 'TRIM_HORIZON' } });
  made.page([[50, 'b', 0]], { shard: 1, chain: 2, from: { type: 'TRIM_HORIZON' } });
  made.page([[10, 'a', 0]], { reader: 'app', chain: 3, from: { type: 'TRIM_HORIZON' } });
  const one = await judged(made);
  const counts =
    'app was not given 4 records that the final reader has: 3 in the tail of a shard, 1 in shardId-000000000001, which it never read';
  expect(whyOf(one, 'subject-loss')).toBe(
    `${counts}. tail: p1's "a" #1 at 20 of shardId-000000000000, p1's "a" #2 at 30 of shardId-000000000000, p1's "a" #3 at 40 of shardId-000000000000; never read: p1's "b" #0 at 50 of shardId-000000000001. nothing says whether it owes them: say so with owes`,
  );
  expect(headline(one)).toBe(`s: order kept; promises unknown: ${counts}`);
});

test('nobody is said not to have waited who may have waited in vain', async () => {
  const made = twoShards();
  made.lines.push({ t: made.step(), type: 'reader', reader: 'app', role: 'subject', owes: { from: 'TRIM_HORIZON' } });
  made.page([[10, 'a', 0]], { from: { type: 'TRIM_HORIZON' } });
  made.page([[10, 'a', 0]], { reader: 'app', chain: 3, from: { type: 'TRIM_HORIZON' } });
  expect(whyOf(await judged(made), 'subject-loss')).toBe(
    'app is not known to have handled all that it owes (no complete event: nobody waited for it, or the wait ended before)',
  );
});
