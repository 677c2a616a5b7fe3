import { describe, expect, test } from 'vitest';
import { type History, history, type Read, shard, whole } from '../../testing/generators/history-builder.ts';
import { reasonOf } from '../../testing/oracles/follow-bytes.ts';

/** Two records of a flow and one of another, acknowledged at 10, 20 and 30. */
const stored = (head = {}): History =>
  history(head).put('a', 0).ok(10).put('b', 0).ok(20).put('a', 1).ok(30).reader('live', 'live');
const all: readonly Read[] = [
  [10, 'a', 0],
  [20, 'b', 0],
  [30, 'a', 1],
];
const [first, second, third] = all as [Read, Read, Read];
const said = (made: History): string => reasonOf(made.end().lines);
const live = { reader: 'live', chain: 2 };
const between = 'records of others between those of one call';
const unknown = 'records of others between those of one call, and not known which';
const digestWith = (high: string, low: string): string => `${high}${low}`;

describe('readers of one shard', () => {
  test('may go on by turns, whoever is ahead', () => {
    expect(
      said(stored().page([first]).page([first, second], live).page([second, third]).page([third], live).page([])),
    ).toBe('plain');
    expect(said(stored().page(all).page([], live))).toBe('plain');
  });

  test('may be left behind, by so much', () => {
    expect(said(stored().page(all).page([first, second], live))).toBe('plain');
    expect(
      said(
        stored()
          .page(all)
          .page([first, [20, 'b', 1]], live),
      ),
    ).toBe('two readers that were given different records');
    const count = 1026;
    const made = history().reader('live', 'live');
    for (let n = 0; n < count; n += 1) made.put('a', n).ok(n + 1);
    const records = Array.from({ length: count }, (_, n): Read => [n + 1, 'a', n]);
    made.page(records);
    // As far back as is known.
    expect(said(made.page(records.slice(0, 2), live))).toBe('a reader that is behind another one');
    expect(said(made.page(records.slice(2, 3), live))).toBe('plain');
  });

  test.each([15, 20])('keep what the first of them went past, wherever others are: %i', (seq) => {
    const made = history().reader('live', 'live');
    const slow = made.put('c', 0);
    made.put('a', 0).ok(10).put('b', 0).ok(20).page([first, second]).page([first], live);
    expect(said(slow.ok(seq))).toBe('a record that was passed over');
  });

  test('are given the same', () => {
    for (const other of [
      [first, [21, 'b', 0], third],
      [first, [20, 'c', 0], third],
      [first, [20, 'b', 1], third],
      [first, [20, 'b', 0, { digest: '0000000000000000' }], third],
      [[11, 'a', 0], second, third],
    ] as (readonly Read[])[])
      expect(said(stored().page(all).page(other, live))).toBe('two readers that were given different records');
    expect(said(stored().page(all).page([first, third], live))).toBe('two readers that were given different records');
  });

  test.each([
    ['the first', '000000026bfdd85f'],
    ['the second', '000000027b0059dd'],
  ])('are told apart by a digest that is alike in %s sum', (_, digest) => {
    const made = history().put('a', 0, { digest: '0000000100000002' }).ok(10).put('a', 1).ok(20);
    made.page([
      [10, 'a', 0, { digest: '0000000100000002' }],
      [20, 'a', 1],
    ]);
    const other: readonly Read[] = [
      [10, 'a', 0, { digest }],
      [20, 'a', 1],
    ];
    expect(said(made.page(other, live))).toBe('two readers that were given different records');
  });

  test('are given what ascends, in a page and from one to the next', () => {
    const falls = 'a chain that does not ascend';
    expect(said(stored().page([first, second, [15, 'a', 1]]))).toBe(falls);
    expect(said(stored().page([first, [10, 'b', 0]]))).toBe(falls);
    expect(
      said(
        stored()
          .page([first, second])
          .page([[20, 'a', 1]]),
      ),
    ).toBe(falls);
    expect(
      said(
        stored()
          .page([first])
          .page([])
          .page([[9, 'b', 0]]),
      ),
    ).toBe(falls);
  });

  test('may be given a number 0', () => {
    const made = history({}, [
      { shard: shard(0), range: whole[0]?.range ?? ['0', '0'], parents: [], seq: ['0', null] },
    ]);
    made.put('a', 0).ok(0).put('a', 1).ok(1);
    const both: readonly Read[] = [
      [0, 'a', 0],
      [1, 'a', 1],
    ];
    expect(said(made.page(both).page(both, live))).toBe('plain');
  });
});

describe('what is read first', () => {
  const another = 'another record than was acknowledged there, or with a digest that only one of them has';
  const digest = 'abcdef0123456789';

  test('is the next record of its flow', () => {
    const next = 'a record that is not the next of its flow';
    expect(said(stored().page([[10, 'a', 1]]))).toBe(another);
    expect(said(stored().page([[10, 'never', 0]]))).toBe(another);
    expect(said(stored().page([first, second, [30, 'a', 0]]))).toBe(another);
    const swapped = history();
    const [zero, one] = [swapped.put('a', 0), swapped.put('a', 1)];
    one.ok(10);
    zero.ok(20);
    expect(
      said(
        swapped.page([
          [10, 'a', 1],
          [20, 'a', 0],
        ]),
      ),
    ).toBe(`aside: ${next}`);
  });

  test('has the key of what was acknowledged there', () => {
    const made = history().put('a', 0, { digest }).ok(10).put('b', 0, { digest }).ok(20);
    expect(said(made.page([[10, 'b', 0, { digest }]]))).toBe(another);
  });

  test('has the n of what was acknowledged there', () => {
    const made = history();
    const [zero, one] = [made.put('a', 0, { digest }), made.put('a', 1, { digest })];
    one.ok(10);
    zero.ok(20);
    expect(said(made.page([[10, 'a', 0, { digest }]]))).toBe(another);
  });

  test.each([
    ['high half', digestWith('abcdef01', '00000000')],
    ['low half', digestWith('00000000', '23456789')],
  ])('has the bytes that were sent, as the %s of its digest tells', (_, other) => {
    const records: readonly Read[] = [
      [10, 'a', 0, { digest: other }],
      [20, 'a', 1],
    ];
    const bytes = 'aside: other bytes than were sent';
    expect(said(history().put('a', 0, { digest }).ok(10).put('a', 1).ok(20).page(records))).toBe(bytes);
    const early = history();
    const put = early.put('a', 0, { digest });
    early.page(records.slice(0, 1));
    put.ok(10).put('a', 1).ok(20);
    expect(said(early.page(records.slice(1)))).toBe(bytes);
  });

  test('has a digest where it was sent with one, and none where not', () => {
    const zeros = '0000000000000000';
    const none = { digest: undefined } as never;
    expect(
      said(
        history()
          .put('a', 0, { digest: zeros })
          .ok(10)
          .page([[10, 'a', 0, none]]),
      ),
    ).toBe(another);
    const early = history();
    early.put('a', 0, { digest: zeros });
    expect(said(early.page([[10, 'a', 0, none]]))).toBe('a record with a digest that only one of them has');
  });

  test('is not another one than the next, and not one behind it', () => {
    expect(said(stored().page([first, third]))).toBe('aside: a record that was passed over');
    expect(said(stored().page([[5, 'a', 0], ...all]))).toBe(
      'aside: a record that was read elsewhere than acknowledged',
    );
    expect(said(stored().page([[15, 'a', 0], second, third]))).toBe('aside: a record that was passed over');
    expect(said(stored().page([[10, 'b', 0]]))).toBe(another);
  });
});

describe('a record that is read before it is acknowledged', () => {
  const early = (head = {}): { readonly made: History; readonly ok: (seq: number) => History } => {
    const made = history(head).reader('live', 'live').put('a', 0).ok(10);
    const put = made.put('a', 1);
    return { made, ok: (seq) => put.ok(seq) };
  };
  const both: readonly Read[] = [
    [10, 'a', 0],
    [20, 'a', 1],
  ];

  test('is plain when it is acknowledged there', () => {
    const { made, ok } = early();
    made.page(both);
    expect(said(ok(20))).toBe('plain');
  });

  test('may be read by others, before or after', () => {
    for (const isBefore of [true, false]) {
      const { made, ok } = early();
      made.page(both);
      if (isBefore) made.page(both, live);
      ok(20);
      expect(said(isBefore ? made : made.page(both, live))).toBe('plain');
    }
  });

  test('was acknowledged no earlier than it was read: a page that said "nothing behind" is held to that', () => {
    const held = (settleMs: number): string => {
      const { made, ok } = early({ tolerances: { settleMs } });
      made.page(both);
      ok(20);
      made.wait(500).page([first], { ...live, behind: 0 });
      return said(made.page([[20, 'a', 1]], live));
    };
    expect([held(0.1), held(1)]).toEqual(['an older record after a page with MillisBehindLatest 0', 'plain']);
  });

  test('is acknowledged nowhere else', () => {
    const { made, ok } = early();
    made.page(both);
    expect(said(ok(19))).toBe('a record that was passed over');
    const above = early();
    above.made.page(both);
    expect(said(above.ok(21).page([[21, 'a', 1]]))).toBe('aside: a record that was read elsewhere than acknowledged');
  });

  test('is neither failed nor left', () => {
    const made = history().put('a', 0).ok(10);
    const put = made.put('a', 1);
    made.page(both);
    expect(reasonOf(made.lines)).toBe('aside: a record that was read elsewhere than acknowledged');
    expect(said(put.fail())).toBe('aside: a record that was read elsewhere than acknowledged');
  });

  test('lies before those that were acknowledged, and nobody goes past it', () => {
    const { made, ok } = early();
    made
      .put('b', 0)
      .ok(30)
      .page([first, [20, 'a', 1]]);
    expect(said(ok(20).page([[30, 'b', 0]]))).toBe('plain');
    const other = early();
    other.made
      .put('b', 0)
      .ok(15)
      .page([first, [20, 'a', 1]]);
    expect(said(other.ok(20))).toBe('aside: a record that was passed over');
    const passed = early();
    passed.made
      .put('b', 0)
      .ok(30)
      .page([first, [30, 'b', 0]]);
    // The record at 20 was not known when its place was passed.
    expect(said(passed.ok(20))).toBe('a record that was passed over');
  });

  test('is one of the batch that it was sent in', () => {
    const sent = (): { readonly made: History; readonly ok: (...seqs: readonly number[]) => History } => {
      const made = history().put('a', 0).ok(10);
      const put = made.batch([
        ['a', 1],
        ['b', 0],
      ]);
      return { made, ok: (...seqs) => put.ok(...seqs) };
    };
    const plain = sent();
    plain.made.page([first, [20, 'a', 1]]);
    expect(said(plain.ok(20, 30).page([[30, 'b', 0]]))).toBe('plain');
    const apart = sent();
    const other = apart.made.put('c', 0);
    apart.made.page([first, [20, 'a', 1], [25, 'c', 0], [30, 'b', 0]]);
    other.ok(25);
    expect(said(apart.ok(20, 30))).toBe(`aside: ${between}`);
  });
});

describe('the records of one call', () => {
  /** Two records at 10 and 20, and one of another call at 15. */
  const mixed = (): History => {
    const made = history().put('c', 0).ok(5);
    const batch = made.batch([
      ['a', 0],
      ['b', 0],
    ]);
    const other = made.put('c', 1);
    batch.ok(10, 20);
    return other.ok(15);
  };
  const one: readonly Read[] = [
    [5, 'c', 0],
    [10, 'a', 0],
    [15, 'c', 1],
    [20, 'b', 0],
  ];

  test('may lie between those of others: the call is counted, and shown', () => {
    expect(said(mixed().page(one))).toBe(`aside: ${between}`);
  });

  test('may lie so with a record between whose put nobody answered', () => {
    const made = history();
    made.put('c', 0);
    made
      .batch([
        ['a', 0],
        ['b', 0],
      ])
      .ok(10, 20);
    const why = 'aside: a record that was read elsewhere than acknowledged';
    expect(said(made.page([one[1] as Read, [15, 'c', 0], one[3] as Read]))).toBe(why);
  });

  test('may lie so with one of their own between that was refused, and is sent again when it is read', () => {
    const made = history()
      .batch([
        ['a', 0],
        ['b', 0],
        ['c', 0],
      ])
      .ok(10, { error: 'InternalFailure' }, 30);
    const again = made.put('b', 0);
    made.page([
      [10, 'a', 0],
      [20, 'b', 0],
      [30, 'c', 0],
    ]);
    const why = 'a record that was read elsewhere, and calls whose records lie apart';
    expect(said(again.ok(40).page([[40, 'b', 0]]))).toBe(why);
  });

  test('may lie so where nobody read to the end', () => {
    for (const read of [1, 2, 3])
      expect(said(mixed().page(one.slice(0, read)))).toBe('aside: a record that was not read');
  });

  test('leave it to the full judge with a record between that nobody sent, or an end marker', () => {
    const strange = history();
    strange
      .batch([
        ['a', 0],
        ['b', 0],
      ])
      .ok(10, 20);
    expect(said(strange.page([one[1] as Read, [15, 'd', 0], one[3] as Read]))).toBe(unknown);
    const marked = history();
    const batch = marked.batch([
      ['a', 0],
      ['b', 0],
    ]);
    marked.put('end', 0, { role: 'sentinel' }).ok(15);
    batch.ok(10, 20);
    expect(said(marked.page([one[1] as Read, [15, 'end', 0], one[3] as Read]))).toBe(unknown);
  });
});

describe('a page that said "nothing behind"', () => {
  const older = 'an older record after a page with MillisBehindLatest 0';
  /** Acknowledged at the time 100 of which a page that was asked so much later knew nothing. */
  const asked = (after: number, more: { readonly by: object; readonly ahead: boolean }): string => {
    const made = history({ tolerances: { settleMs: 0.1 } })
      .reader('live', 'live')
      .put('a', 0)
      .ok(10)
      .put('a', 1)
      .ok(20);
    const at = made.now;
    if (more.ahead) made.page([first, [20, 'a', 1]]);
    made.wait(500).page([], { ...more.by, behind: 0, t0: at + after });
    return said(made.page([first, [20, 'a', 1]], more.by));
  };

  test.each([
    [{}, false],
    [live, true],
  ] as const)('is given nothing that was acknowledged long before: %o', (by, ahead) => {
    expect(asked(80 + 99, { by, ahead })).toBe(older);
    expect(asked(79, { by, ahead })).toBe('plain');
    expect(asked(80, { by, ahead })).toBe(older);
  });

  test('counts from when it was asked, or else from when it came', () => {
    const made = (more: object): string => {
      const one = history({ tolerances: { settleMs: 0.1 } })
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([]);
      one.wait(200).event({
        type: 'page',
        reader: 'final',
        chain: 1,
        shard: 'shardId-000000000000',
        records: [],
        more: true,
        ...more,
      });
      return said(one.page([first, [20, 'a', 1]]));
    };
    expect(made({ behind: 0 })).toBe(older);
    expect(made({ behind: 0, t0: 60 })).toBe('plain');
    expect(made({ behind: 7 })).toBe('plain');
    expect(made({})).toBe('plain');
  });

  test('is the latest asked of all', () => {
    const made = history({ tolerances: { settleMs: 0.1 } })
      .put('a', 0)
      .ok(10)
      .put('a', 1)
      .ok(20);
    const at = made.now;
    made
      .wait(500)
      .page([], { behind: 0, t0: at + 300 })
      .page([], { behind: 0, t0: at });
    expect(said(made.page([first, [20, 'a', 1]]))).toBe(older);
  });

  test('is held to records that the first reader was given long ago, as far back as is known', () => {
    const count = 1025;
    const made = history({ tolerances: { settleMs: 1000 } })
      .reader('live', 'live')
      .put('a', 0)
      .ok(1)
      .wait(1_500_000);
    for (let n = 1; n < count; n += 1) made.put('a', n).ok(n + 1);
    const records = Array.from({ length: count }, (_, n): Read => [n + 1, 'a', n]);
    made.page([], { ...live, behind: 0 }).page(records);
    expect(said(made.page(records, live))).toBe(older);
  });
});

describe('a chain', () => {
  const inBetween = 'a chain that begins in between';
  const event = (made: History, more: object): History =>
    made.event({
      type: 'page',
      t0: made.now,
      reader: 'final',
      chain: 1,
      shard: 'shardId-000000000000',
      records: [],
      more: true,
      ...more,
    });

  test('is one of one reader and one shard, from its beginning on', () => {
    const none = 'a page without a chain';
    const begun = (): History => stored().page([first]);
    expect(said(event(begun(), { chain: 2 }))).toBe(none);
    expect(said(event(begun(), { reader: 'live' }))).toBe(none);
    expect(said(event(begun(), { shard: 'shardId-000000000001' }))).toBe(none);
    expect(said(begun().page([], { reader: 'live' }))).toBe('a chain that begins again');
  });

  test('begins at LATEST as it does at the start, while nothing is known of its shard', () => {
    const tip = { ...live, from: { type: 'LATEST' } } as const;
    const both = [first, second] as const;
    expect(
      said(
        history()
          .page([], tip)
          .put('a', 0)
          .ok(10)
          .put('a', 1)
          .ok(20)
          .page([first, [20, 'a', 1]], live),
      ),
    ).toBe('plain');
    expect(said(history().put('a', 0).ok(10).page(both, tip))).toBe('a chain of LATEST that begins before its start');
  });

  test.each([
    ['at a number', { type: 'AT_SEQUENCE_NUMBER' }, 10],
    ['behind a number', { type: 'AFTER_SEQUENCE_NUMBER' }, 9],
  ] as const)('begins %s that is not above its first record', (_, { type }, last) => {
    const from = (seq: number): string => said(stored().page(all, { from: { type, seq: String(seq) } }));
    expect([from(last - 1), from(last)]).toEqual(['plain', 'plain']);
    expect(from(last + 1)).toBe('a chain that begins before its start');
  });

  test('begins at a time that is not behind its first record', () => {
    const from = (at: number | undefined, arrival?: number): string => {
      const told = arrival === undefined ? {} : { arrival };
      const start = at === undefined ? {} : { at };
      return said(stored().page([[10, 'a', 0, told], second, third], { from: { type: 'AT_TIMESTAMP', ...start } }));
    };
    expect([from(5000, 5000), from(5000, 5001), from(5000)]).toEqual(['plain', 'plain', 'plain']);
    expect(from(5000, 4999)).toBe('a chain that begins before its start');
    // Behind the first, times may fall by the skew.
    const later = stored().page([[10, 'a', 0, { arrival: 5000 }], [20, 'b', 0, { arrival: 4900 }], third], {
      from: { type: 'AT_TIMESTAMP', at: 5000 },
    });
    expect(said(later)).toBe('plain');
  });

  test('begins anywhere, nobody knows where', () => {
    expect(said(stored().page(all, { from: { type: 'UNKNOWN' } }))).toBe('plain');
  });

  test('begins again while it was given nothing, and where it begins last counts', () => {
    const at = (seq: number) => ({ from: { type: 'AT_SEQUENCE_NUMBER', seq: String(seq) } }) as const;
    expect(
      said(
        stored()
          .page([], at(11))
          .page(all, { ...at(10), chain: 3 }),
      ),
    ).toBe('plain');
    expect(said(stored().page([], at(10)).page(all, at(11)))).toBe('a chain that begins before its start');
    expect(
      said(
        stored()
          .page([first])
          .page([second, third], { from: { type: 'TRIM_HORIZON' } }),
      ),
    ).toBe('two readers that were given different records');
  });

  test('goes on right behind what its reader was given last, and not elsewhere', () => {
    const after = (seq: number, chain = 3) =>
      ({ chain, from: { type: 'AFTER_SEQUENCE_NUMBER', seq: String(seq) } }) as const;
    const begun = (): History => stored().page([first, second]);
    expect(said(begun().page([third], after(20)))).toBe('plain');
    expect(said(begun().page([], after(20, 1)).page([third]))).toBe('plain');
    for (const seq of [10, 19]) expect(said(begun().page([third], after(seq)))).toBe(inBetween);
    expect(said(begun().page([third], after(21)))).toBe('plain');
    // Its number is then another one.
    expect(said(event(begun().page([], after(20)), { chain: 1 }))).toBe('a page without a chain');
    expect(said(begun().page([], live).page([third], after(20, 2)))).toBe('a chain that begins again');
  });

  test('is over at the end of its shard', () => {
    const over = 'a page behind the end of its shard';
    const ended = (): History => stored().page(all, { more: false });
    expect(said(ended().page([]))).toBe(over);
    expect(said(ended().page([], { chain: 3, from: { type: 'AFTER_SEQUENCE_NUMBER', seq: '30' } }))).toBe(over);
  });
});
