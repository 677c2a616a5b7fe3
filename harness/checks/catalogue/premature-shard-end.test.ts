import { describe, expect, test } from 'vitest';
import { closed, type History, history, lower, upper, whole } from '../../testing/generators/history-builder.ts';
import { bytesOf } from '../../testing/oracles/follow-bytes.ts';
import { judgeBytes } from '../../testing/oracles/judge-bytes.ts';

const ends = (made: History): readonly string[] => {
  const said = judgeBytes(bytesOf(made.end().lines), true);
  if (typeof said === 'string') throw new Error(said);
  return said.findings.filter(({ anomaly }) => anomaly === 'premature-shard-end').map(({ sentence }) => sentence);
};

type Action = 'SplitShard' | 'UpdateShardCount';
const reshard = (made: History, id: number, action: Action, shards: readonly string[]): History =>
  made
    .event({ type: 'reshard', id, phase: 'invoke', action, shards })
    .event({ type: 'reshard', id, phase: 'ok', action, shards });
const name = whole.map(({ shard }) => shard);
const split = (made: History, id: number): History => reshard(made, id, 'SplitShard', name);
const update = (made: History, id: number): History => reshard(made, id, 'UpdateShardCount', []);

/** Read to its end; a list of a moment later shows the shard open, and the last one shows it closed. */
const told = (before: (made: History) => History, after: (made: History) => History): readonly string[] => {
  const made = before(history().put('a', 0).ok(10)).page([[10, 'a', 0]], { more: false });
  return ends(after(made.topology(whole)).topology([closed(whole[0], '20'), lower(1, [0]), upper(2, [0])]));
};
const asItIs = (made: History): History => made;

describe('a list that shows a shard open whose reader was told its end before', () => {
  test('proves that the end came too early', () => {
    expect(told(asItIs, asItIs)).toHaveLength(1);
    expect(told(asItIs, (made) => split(made, 0))).toHaveLength(1);
  });

  test('proves nothing behind a split that may not be seen in it yet, whatever follows', () => {
    expect(told((made) => split(made, 0), asItIs)).toEqual([]);
    expect(
      told(
        (made) => split(made, 0),
        (made) => update(made, 1),
      ),
    ).toEqual([]);
  });

  test('proves nothing behind an UpdateShardCount that was done later', () => {
    const made = history()
      .put('a', 0)
      .ok(10)
      .page([[10, 'a', 0]], { more: false });
    const begun = made.event({ type: 'reshard', id: 0, phase: 'invoke', action: 'UpdateShardCount' }).topology(whole);
    begun.event({ type: 'reshard', id: 0, phase: 'ok', action: 'UpdateShardCount' });
    expect(ends(begun.topology([closed(whole[0], '20'), lower(1, [0]), upper(2, [0])]))).toEqual([]);
  });

  test('proves it behind an UpdateShardCount that was done: the shard may be one that it made', () => {
    expect(told((made) => update(made, 0), asItIs)).toHaveLength(1);
  });
});

describe('a shard whose last record nobody read', () => {
  const children = [closed(whole[0], '500'), lower(1, [0], ['600', null]), upper(2, [0], ['600', null])];
  const unread = (): History => history().put('a', 0).ok(10).put('a', 1).ok(20);

  test('ended rightly where it was closed: the record is lost, and nothing else', () => {
    const said = judgeBytes(
      bytesOf(
        split(unread(), 1)
          .topology(children)
          .page([[10, 'a', 0]], { more: false })
          .put('a', 2, { shard: 1 })
          .ok(700)
          .page([[700, 'a', 2]], { shard: 1, chain: 2 })
          .end().lines,
      ),
      true,
    );
    if (typeof said === 'string') throw new Error(said);
    expect(said.findings.map(({ anomaly }) => anomaly)).toEqual(['lost-write']);
  });

  test('ended too early where a put was acknowledged in it later, and the sentence says so', () => {
    const made = history()
      .put('a', 0)
      .ok(10)
      .page([[10, 'a', 0]], { more: false });
    expect(ends(made.put('a', 1).ok(20).topology(children))).toEqual([
      'Reader final was told on line 6 that shardId-000000000000 is at its end; however 20 of shardId-000000000000 was acknowledged to a put that was sent later (line 7).',
    ]);
  });

  test('ended too early where the split was called only later', () => {
    const made = unread().page([[10, 'a', 0]], { more: false });
    expect(ends(split(made, 1).topology(children))).toEqual([
      'Reader final was told on line 8 that shardId-000000000000 is at its end; however SplitShard was called for it only later (line 9), and was done.',
    ]);
  });
});

test('an iterator at LATEST does not owe a record that was sent before it was asked for', () => {
  const made = history();
  const late = made.put('a', 0);
  made.page([], { reader: 'live', chain: 2, from: { type: 'LATEST' } });
  made.put('b', 0).ok(15);
  late.ok(20).page([[20, 'a', 0]], { more: false });
  made.topology([closed(whole[0], '30'), lower(1, [0]), upper(2, [0])]);
  expect(ends(made.page([], { reader: 'live', chain: 2, more: false }))).toEqual([]);
});
