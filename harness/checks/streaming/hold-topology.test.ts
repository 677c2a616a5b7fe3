import { describe, expect, test } from 'vitest';
import type { ShardInfo } from '../../model/event.ts';
import {
  closed,
  type History,
  history,
  lower,
  type Read,
  shard,
  upper,
  whole,
} from '../../testing/generators/history-builder.ts';
import { reasonOf } from '../../testing/oracles/follow-bytes.ts';

const said = (made: History): string => reasonOf(made.end().lines);
const parent = closed(whole[0], '20');
const isSplit: readonly ShardInfo[] = [parent, lower(1, [0], ['25', null]), upper(2, [0], ['25', null])];
const below = 'numbers below those of a parent';
const outside = 'a number outside the range of its shard';
const elsewhere = 'a key in a shard to which it does not lead';

/** Keys a and b in one shard, which was split; a goes on in the lower half, b in the upper one. */
const split = (shards = isSplit, a: number | string = 40, b: number | string = 50): History =>
  history()
    .put('a', 0)
    .ok(10)
    .put('b', 0)
    .ok(20)
    .topology(shards)
    .put('a', 1, { shard: 1 })
    .ok(a)
    .put('b', 1, { shard: 2 })
    .ok(b);
const first: readonly Read[] = [
  [10, 'a', 0],
  [20, 'b', 0],
];
type More = NonNullable<Parameters<History['page']>[1]>;
const ofParent = (made: History, more: More = {}): History =>
  made.page(first, { more: false, children: [shard(1), shard(2)], ...more });
const ofChildren = (made: History, a: number | string = 40, b: number | string = 50): History =>
  made.page([[a, 'a', 1]], { chain: 2, shard: 1 }).page([[b, 'b', 1]], { chain: 3, shard: 2 });
const readAll = (made: History, a?: number | string, b?: number | string): string =>
  said(ofChildren(ofParent(made), a, b));

describe('the range of a shard', () => {
  test('holds its records, from end to end', () => {
    expect(readAll(split())).toBe('plain');
    expect(readAll(split(isSplit, 25, 26), 25, 26)).toBe('plain');
    expect(readAll(split(isSplit, 24, 50), 24, 50)).toBe(outside);
    expect(readAll(split([closed(whole[0], '19'), ...isSplit.slice(1)]))).toBe(outside);
  });

  test('holds what nobody read', () => {
    const made = (seq: number): string => {
      const begun = history({}, [lower(0), upper(1, [], ['25', null])])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20);
      begun.put('c', 0, { shard: 1 }).ok(seq);
      return said(begun.page([first[0] as Read, [20, 'a', 1]]));
    };
    expect([made(25), made(24)]).toEqual(['aside: a record that was not read', outside]);
  });

  test('is not asked where its declaration is nonsense, which is a finding of its own', () => {
    expect(readAll(split([closed(whole[0], '0'), ...isSplit.slice(1)]))).toBe('plain');
  });

  test('may be any where nothing was read', () => {
    const long = '9'.repeat(120);
    const made = history({}, [lower(0), upper(1, [], [long, null])])
      .put('a', 0)
      .ok(10)
      .put('a', 1)
      .ok(20);
    expect(
      said(
        made
          .page([
            [10, 'a', 0],
            [20, 'a', 1],
          ])
          .page([], { chain: 2, shard: 1 }),
      ),
    ).toBe('plain');
  });

  test('is not asked of shards that no topology lists', () => {
    const made = history().put('a', 0, { shard: 5 }).ok(10).put('a', 1, { shard: 5 }).ok(20);
    expect(
      said(
        made.page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          { shard: 5 },
        ),
      ),
    ).toBe('plain');
  });
});

describe('a flow that goes on in another shard', () => {
  test('goes to one that came of it', () => {
    const made = history({}, [lower(0), upper(1)])
      .put('a', 0)
      .ok(10)
      .put('a', 1, { shard: 1 })
      .ok(20);
    expect(said(made.page([[10, 'a', 0]]).page([[20, 'a', 1]], { chain: 2, shard: 1 }))).toBe(
      'a flow in two shards of which none came of the other',
    );
  });

  test('goes up: to numbers above all of the shards that its own came of', () => {
    const shards = [parent, lower(1, [0], ['1', null]), upper(2, [0], ['1', null])];
    // Apart from those of the parent, for else two shards might share one.
    expect(readAll(split(shards, 5, 50), 5, 50)).toBe(below);
    expect(readAll(split(isSplit, 25, 26), 25, 26)).toBe('plain');
  });

  test.each([
    [30, 20],
    [20, 30],
  ])('to a merged one, above both of its parents: %i and %i', (a, b) => {
    const parents = [lower(0), upper(1)];
    const mergedFrom = (start: string): readonly ShardInfo[] => [
      ...parents.map((info) => closed(info, '30')),
      { ...(whole[0] as ShardInfo), shard: shard(2), parents: [shard(0), shard(1)], seq: [start, null] },
    ];
    const merged = (seq: number, start: string): string => {
      const puts = [
        ['a', a, 0],
        ['b', b, 1],
      ] as const;
      const made = history({}, parents);
      for (const [key, last, index] of puts) made.put(key, 0, { shard: index }).ok(last);
      made.topology(mergedFrom(start)).put('b', 1, { shard: 2 }).ok(seq);
      for (const [key, last, index] of puts)
        made.page([[last, key, 0]], { chain: index, shard: index, more: false, children: [shard(2)] });
      return said(made.page([[seq, 'b', 1]], { chain: 2, shard: 2 }));
    };
    expect([merged(25, '1'), merged(31, '31')]).toEqual([below, 'plain']);
  });
});

describe('a shard that ends', () => {
  test('is closed, since before its last page', () => {
    const open = 'an open shard that ended';
    expect(
      said(
        history()
          .put('a', 0)
          .ok(10)
          .put('a', 1)
          .ok(20)
          .page(
            [
              [10, 'a', 0],
              [20, 'a', 1],
            ],
            { more: false },
          ),
      ),
    ).toBe(open);
    const early = history()
      .put('a', 0)
      .ok(10)
      .put('b', 0)
      .ok(20)
      .page(first, { more: false, children: [shard(1), shard(2)] });
    early.topology(whole).topology(isSplit).put('a', 1, { shard: 1 }).ok(40).put('b', 1, { shard: 2 }).ok(50);
    expect(said(ofChildren(early))).toBe(open);
    const between = ofParent(split())
      .topology([whole[0] as ShardInfo, ...isSplit.slice(1)])
      .topology(isSplit);
    expect(said(ofChildren(between))).toBe(open);
  });

  test('may be told so before a topology shows it', () => {
    const made = history().put('a', 0).ok(10).put('b', 0).ok(20);
    ofParent(made).topology(isSplit).put('a', 1, { shard: 1 }).ok(40).put('b', 1, { shard: 2 }).ok(50);
    expect(said(ofChildren(made))).toBe('plain');
  });

  test('was read to its last record', () => {
    const made = ofChildren(ofParent(split().reader('live', 'live')));
    made.page(first.slice(0, 1), { reader: 'live', chain: 9, more: false });
    expect(said(made)).toBe('a shard that ended before its last record');
    const none = split().reader('live', 'live').page([], { reader: 'live', chain: 9, more: false });
    expect(said(ofChildren(ofParent(none)))).toBe('a shard that ended before its last record');
  });

  test('is told to who reads it for long after it was closed', () => {
    const stuck = (wait: number): string => {
      const made = history({ tolerances: { settleMs: 0.1 } })
        .put('a', 0)
        .ok(10)
        .put('b', 0)
        .ok(20)
        .topology(isSplit);
      const at = made.now;
      made.page(first).put('a', 1, { shard: 1 }).ok(40).put('b', 1, { shard: 2 }).ok(50);
      made.wait(at + wait - made.now - 10).page([], { t0: at });
      return said(ofChildren(made));
    };
    expect([stuck(100), stuck(101)]).toEqual(['plain', 'a closed shard that does not end']);
  });

  test('also where another iterator goes on, and is told of the end', () => {
    const stuck = (wait: number): string => {
      const made = history({ tolerances: { settleMs: 0.1 } })
        .put('a', 0)
        .ok(10)
        .put('b', 0)
        .ok(20)
        .topology(isSplit);
      const at = made.now;
      made.page(first).put('a', 1, { shard: 1 }).ok(40).put('b', 1, { shard: 2 }).ok(50);
      made.wait(at + wait - made.now - 10).page([], { t0: at });
      const from = { type: 'AFTER_SEQUENCE_NUMBER', seq: '20' } as const;
      made.page([], { chain: 9, from, more: false, children: [shard(1), shard(2)] });
      return said(ofChildren(made));
    };
    expect([stuck(100), stuck(101)]).toEqual(['plain', 'an iterator of a closed shard that did not end']);
  });
});

test('who reads to prove something may go as it likes; a consumer under test that does is judged whole', () => {
  const read = (made: History): string => {
    made.page(first.slice(0, 1)).page([[40, 'a', 1]], { chain: 2, shard: 1 });
    return said(
      made
        .page(first.slice(1), { more: false, children: [shard(1), shard(2)] })
        .page([[50, 'b', 1]], { chain: 3, shard: 2 }),
    );
  };
  expect(read(split())).toBe('plain');
  expect(read(split().reader('app', 'subject'))).toBe(
    'a consumer under test that was given other records than the final reader',
  );
});

describe('a key', () => {
  const halves = [lower(0), upper(1)];
  const two = (made: History, index: number, key: string, hash?: string): string => {
    const more = { shard: index, ...(hash === undefined ? {} : { hash }) };
    made.put(key, 0, more).ok(10).put(key, 1, more).ok(20);
    return said(
      made.page(
        [
          [10, key, 0],
          [20, key, 1],
        ],
        { shard: index },
      ),
    );
  };

  test('lies where MD5 leads it', () => {
    expect([two(history({}, halves), 0, 'a'), two(history({}, halves), 1, 'b')]).toEqual(['plain', 'plain']);
    expect([two(history({}, halves), 1, 'a'), two(history({}, halves), 0, 'b')]).toEqual([elsewhere, elsewhere]);
  });

  test('or where its ExplicitHashKey does, from the first of a range to the last', () => {
    const half = 1n << 127n;
    const of = (index: number, hash: bigint): string => two(history({}, halves), index, 'a', String(hash));
    expect([of(0, 0n), of(0, half - 1n), of(1, half), of(1, 2n * half - 1n)]).toEqual([
      'plain',
      'plain',
      'plain',
      'plain',
    ]);
    expect([of(1, half - 1n), of(0, half)]).toEqual([elsewhere, elsewhere]);
    expect(two(history(), 7, 'a', '5')).toBe('plain');
  });

  test('or anywhere, when it is an end marker', () => {
    const made = history({}, halves)
      .put('a', 0)
      .ok(10)
      .put('a', 1)
      .ok(20)
      .put('a-mark', 0, { role: 'sentinel' })
      .ok(30);
    made.put('b', 0, { role: 'sentinel', producer: 'h' }).ok(40);
    expect(
      said(
        made.page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'a-mark', 0],
          [40, 'b', 0, { producer: 'h' }],
        ]),
      ),
    ).toBe('plain');
  });

  test('lies in all of its shards where it leads to', () => {
    const shards = [closed(whole[0], '15'), lower(1, [0], ['16', null]), upper(2, [0], ['16', null])];
    const made = history().put('b', 0).ok(10).topology(shards).put('b', 1, { shard: 1 }).ok(20);
    made
      .page([[10, 'b', 0]], { more: false, children: [shard(1), shard(2)] })
      .page([[20, 'b', 1]], { chain: 2, shard: 1 });
    expect(said(made)).toBe(elsewhere);
  });

  const unrelated = 'a key in two shards of which none came of the other';
  const by = (producer: string) => ({ producer });

  test('lies in several shards, by several producers, where each came of the one before', () => {
    const made = split().put('a', 0, { producer: 'p2', shard: 1 }).ok(60);
    ofParent(made)
      .page(
        [
          [40, 'a', 1],
          [60, 'a', 0, by('p2')],
        ],
        { chain: 2, shard: 1 },
      )
      .page([[50, 'b', 1]], { chain: 3, shard: 2 });
    expect(said(made)).toBe('plain');
    const apart = history()
      .put('c', 0, { shard: 5 })
      .ok(10)
      .put('c', 1, { shard: 5 })
      .ok(20)
      .put('c', 0, { producer: 'p2', shard: 6 })
      .ok(30);
    apart
      .page(
        [
          [10, 'c', 0],
          [20, 'c', 1],
        ],
        { shard: 5 },
      )
      .page([[30, 'c', 0, by('p2')]], { chain: 2, shard: 6 });
    expect(said(apart)).toBe(unrelated);
  });

  test('is asked for each set of shards, whatever their numbers: 1 and 12 are not 11 and 2', () => {
    const shards = Array.from({ length: 13 }, (_, index): ShardInfo => {
      const parents = index === 12 ? [shard(1)] : [];
      return { shard: shard(index), range: whole[0]?.range ?? ['0', '0'], parents, seq: ['1', null] };
    });
    const made = history({}, shards).put('a', 0, { shard: 1 }).ok(10).put('a', 1, { shard: 1 }).ok(11);
    made.put('a', 0, { producer: 'p2', shard: 12 }).ok(20);
    made.put('b', 0, { shard: 11 }).ok(30).put('b', 0, { producer: 'p2', shard: 2 }).ok(40);
    made.page(
      [
        [10, 'a', 0],
        [11, 'a', 1],
      ],
      { shard: 1 },
    );
    const rest: readonly (readonly [number, Read])[] = [
      [12, [20, 'a', 0, by('p2')]],
      [11, [30, 'b', 0]],
      [2, [40, 'b', 0, by('p2')]],
    ];
    for (const [index, read] of rest) made.page([read], { chain: index, shard: index });
    expect(said(made)).toBe(unrelated);
  });
});

describe('the numbers of two shards', () => {
  const share = 'numbers that two shards may share';
  const withB = (seq: number, ...unread: readonly ShardInfo[]): string => {
    const made = history({}, [lower(0), upper(1), ...unread])
      .put('a', 0)
      .ok(10)
      .put('a', 1)
      .ok(30);
    made.put('b', 0, { shard: 1 }).ok(seq);
    made
      .page([
        [10, 'a', 0],
        [30, 'a', 1],
      ])
      .page([[seq, 'b', 0]], { chain: 2, shard: 1 });
    for (const [index] of unread.entries()) made.page([], { chain: 5 + index, shard: 2 + index });
    return said(made);
  };

  test('ascend over the stream, or lie apart', () => {
    expect([withB(9), withB(31)]).toEqual(['plain', 'plain']);
    expect([withB(10), withB(20), withB(30)]).toEqual([share, share, share]);
  });

  test('lie apart from those of shards of which nothing was read', () => {
    const shards = [lower(2), upper(3)].map((info) => closed(info, '1'));
    expect(withB(9, ...shards)).not.toBe(share);
  });
});
