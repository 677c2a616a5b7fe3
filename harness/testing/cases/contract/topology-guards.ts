import type { ShardInfo } from '../../../model/event.ts';
import { closed, history, lower, shard, upper, whole } from '../../generators/history-builder.ts';
import {
  acrossSplit,
  answered,
  asked,
  base,
  dig,
  dump,
  half,
  part,
  ranged,
  rec,
  split,
  type TopologyCase,
  top,
  two,
  twoKeys,
} from './topology-cases.ts';

const plan = (...reshard: readonly unknown[]) => ({ scenario: { reshard } });
const encoded = (index: number, at = 1_700_000_000, version = '2', more = 0): string =>
  String(
    BigInt(
      `0x2${at.toString(16).padStart(9, '0')}${more.toString(16).padStart(19, '0')}${at.toString(16).padStart(9, '0')}${index.toString(16).padStart(8, '0')}${version}`,
    ),
  );
const withEncoded = (one: string, other: string) =>
  history({}, [ranged(8, 0n, top, [], ['1', null])])
    .put('a', 0, { shard: 8 })
    .ok(one)
    .put('a', 1, { shard: 8 })
    .ok(other)
    .page(
      [
        [one, 'a', 0],
        [other, 'a', 1],
      ],
      { shard: 8 },
    );
const deep = [
  closed(whole[0], '500'),
  closed(lower(1, [0], ['600', null]), '700'),
  upper(2, [0], ['600', null]),
  ranged(3, 0n, half / 2n - 1n, [1], ['800', null]),
  ranged(4, half / 2n, half - 1n, [1], ['800', null]),
];
const deviation = (when: object, anomaly = 'write-to-closed') => ({
  target: { deviations: [{ id: 'd-1', anomaly, when: when as never, sentence: 'known' }] },
});
const lateInto = (head: object, seq = 400) =>
  answered(asked(history(head).put('a', 0).ok(10)))
    .topology(split())
    .put('a', 1, { shard: 1 })
    .ok(700)
    .put('a', 2)
    .ok(seq)
    .page(
      [
        [10, 'a', 0],
        [seq, 'a', 2],
      ],
      { more: false },
    )
    .page([[700, 'a', 1]], { shard: 1, chain: 2 });
const lineageClaims = ['open-parent', 'bad-parentage', 'lineage-seq-regression', 'write-to-closed'];
const aggregate = (made: ReturnType<typeof history>, op: number, n: number, at: number, seq: number) =>
  made
    .event(
      part(
        op,
        [{ key: 'a' }],
        [
          { key: 'x', n, part: 0, digest: dig('x', n) },
          { key: 'y', n, part: 0, digest: dig('y', n) },
        ],
      ),
    )
    .event({
      type: 'ack',
      op,
      outcome: 'ok',
      results: [0, 1].map((sub) => ({ shard: shard(at), seq: String(seq), sub })),
    } as never);
const aggregatedAcross = (first: number, second: number, starts = '600', end = '500') => {
  const made = aggregate(history(), 50, 0, 0, first);
  answered(asked(made)).topology(split(starts, end));
  return aggregate(made, 51, 1, 1, second)
    .page([rec(first, 'x', 0, { sub: 0 }), rec(first, 'y', 0, { sub: 1 })], { more: false })
    .page([rec(second, 'x', 1, { sub: 0 }), rec(second, 'y', 1, { sub: 1 })], { shard: 1, chain: 2 });
};

export const guards: readonly TopologyCase[] = [
  {
    says: 'guard: a planned reshard never happened: unknown, not without a subject',
    made: () => base(plan({ action: 'split' })),
    found: [],
    unknown: 'all',
    applicable: lineageClaims,
  },
  { says: 'guard: none was planned', made: () => base(plan()), found: [], notApplicable: lineageClaims },
  { says: 'guard: no scenario, no reshard', made: () => base(), found: [], notApplicable: lineageClaims },
  {
    says: 'guard: a scenario without the field',
    made: () => base({ scenario: { name: 'x' } }),
    found: [],
    notApplicable: lineageClaims,
  },
  {
    says: 'guard: two planned, one happened',
    made: () => acrossSplit(split(), 700, plan({}, {})),
    found: [],
    unknown: 'all',
  },
  {
    says: 'guard: one planned, happened and was crossed',
    made: () => acrossSplit(split(), 700, plan({})),
    found: [],
    applicable: lineageClaims,
  },
  {
    says: 'guard: happened and no key crossed',
    made: () => answered(asked(base(plan({})))).topology(split()),
    found: [],
    unknown: 'all',
  },
  {
    says: 'guard: of two reshards one was crossed',
    made: () =>
      answered(asked(acrossSplit(), 2, [2])).topology([
        ...split().slice(0, 2),
        closed(upper(2, [0], ['600', null]), '800'),
        ranged(5, half, half + 9n, [2], ['900', null]),
        ranged(6, half + 10n, top, [2], ['900', null]),
      ]),
    found: [],
    unknown: 'all',
  },
  {
    says: 'guard: a key from the grandparent to the grandchild crosses both reshards',
    made: () => {
      const made = answered(asked(history().put('a', 0).ok(10)));
      return answered(asked(made, 2, [1]))
        .topology(deep)
        .put('a', 1, { shard: 3 })
        .ok(810)
        .page([[10, 'a', 0]], { more: false })
        .page([], { shard: 1, chain: 2, more: false })
        .page([[810, 'a', 1]], { shard: 3, chain: 3 });
    },
    found: [],
  },
  {
    says: 'guard: UpdateShardCount is crossed into a shard listed later',
    made: () =>
      answered(
        history()
          .put('a', 0)
          .ok(10)
          .event({ type: 'reshard', id: 1, phase: 'invoke', action: 'UpdateShardCount', target: 2 } as never),
      )
        .topology(split())
        .put('a', 1, { shard: 1 })
        .ok(700)
        .page([[10, 'a', 0]], { more: false })
        .page([[700, 'a', 1]], { shard: 1, chain: 2 }),
    found: [],
  },
  {
    says: 'guard: a merge is crossed by a key of one parent',
    made: () =>
      answered(asked(twoKeys(), 1, [0, 1], 'MergeShards'))
        .topology([closed(lower(0), '500'), closed(upper(1), '550'), ranged(2, 0n, top, [0, 1], ['600', null])])
        .put('b', 2, { shard: 2 })
        .ok(700)
        .page([], { more: false })
        .page([], { shard: 1, chain: 2, more: false })
        .page([[700, 'b', 2]], { shard: 2, chain: 3 }),
    found: [],
  },
  {
    says: 'guard: a reshard that failed was crossed by nobody',
    made: () => answered(asked(base()), 1, 'fail'),
    found: [],
    unknown: 'all',
  },
  {
    says: 'guard: aggregated records cross too',
    made: () => aggregatedAcross(10, 700),
    found: ['stray-sub-record report', 'undeliverable forbid', 'undeliverable forbid'],
  },
  {
    says: 'guard: a violation already proved stays one',
    made: () => lateInto({ ...plan({}, {}) }),
    found: ['key-reorder forbid', 'nonmonotonic-send forbid <write-to-closed', 'write-to-closed forbid'],
    unknown: 'all',
  },
  {
    says: 'F4: judged on the records of a key, aggregated ones too',
    made: () => aggregatedAcross(400, 350, '300', '450'),
    found: [
      'lineage-seq-regression forbid',
      'lineage-seq-regression forbid',
      'lineage-seq-regression/declared forbid',
      'lineage-seq-regression/declared forbid',
      'nonmonotonic-send allow <lineage-seq-regression',
      'nonmonotonic-send allow <lineage-seq-regression',
      'stray-sub-record report',
      'undeliverable forbid',
      'undeliverable forbid',
    ],
  },

  {
    says: 'AUTO: what is acknowledged and lost is lost all the same',
    made: () =>
      history({ stream: { distribution: 'AUTO' } }, two)
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('a', 2, { shard: 1 })
        .ok(30)
        .put('a', 3)
        .ok(40)
        .page([
          [10, 'a', 0],
          [40, 'a', 3],
        ])
        .page([[30, 'a', 2]], { shard: 1, chain: 2 }),
    found: ['lost-write/middle forbid', 'poll-skip forbid <lost-write'],
    unknown: [
      'nonmonotonic-send',
      'int-nonmonotonic-send',
      'key-reorder',
      'zombie-append',
      'mispartitioned',
      'split-key',
    ],
  },
  {
    says: 'AUTO: holds for claims of other things',
    made: () => base({ stream: { distribution: 'AUTO' } }),
    found: [],
    unknown: [
      'nonmonotonic-send',
      'int-nonmonotonic-send',
      'key-reorder',
      'zombie-append',
      'mispartitioned',
      'split-key',
    ],
  },
  {
    says: 'USER_PARTITION_KEY is no AUTO',
    made: () => base({ stream: { distribution: 'USER_PARTITION_KEY' } }),
    found: [],
  },

  {
    says: 'deviation: matches by evidence',
    made: () => lateInto(deviation({ kind: null, shard: shard(0) })),
    found: ['key-reorder forbid', 'write-to-closed allow', 'nonmonotonic-send forbid'],
  },
  {
    says: 'deviation: never by its name alone',
    made: () => lateInto(deviation({})),
    found: ['key-reorder forbid', 'write-to-closed forbid', 'nonmonotonic-send forbid <write-to-closed'],
  },
  {
    says: 'deviation: another field does not match',
    made: () => lateInto(deviation({ nonesuch: 1 })),
    found: ['key-reorder forbid', 'write-to-closed forbid', 'nonmonotonic-send forbid <write-to-closed'],
  },
  {
    says: 'deviation: --strict forbids again',
    made: () => lateInto(deviation({ kind: null, shard: shard(0) })),
    options: { strict: true },
    found: ['key-reorder forbid', 'write-to-closed forbid', 'nonmonotonic-send forbid <write-to-closed'],
  },
  {
    says: 'deviation: of another anomaly',
    made: () => lateInto(deviation({ kind: null }, 'split-key')),
    found: ['key-reorder forbid', 'write-to-closed forbid', 'nonmonotonic-send forbid <write-to-closed'],
  },
  {
    says: 'an allowed cause does not hide a forbidden one',
    made: () =>
      history({ scenario: { expect: { allow: ['mispartitioned'] } } }, two)
        .put('a', 0)
        .ok(10)
        .put('b', 0)
        .ok(15)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([], { shard: 1, chain: 2 }),
    found: ['lost-write/prefix forbid', 'mispartitioned allow', 'poll-skip forbid <lost-write'],
  },
  {
    says: 'ignored: not applicable',
    made: () =>
      history({ scenario: { expect: { ignore: ['mispartitioned'] } } }, two)
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('b', 0)
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'b', 0],
        ]),
    found: [],
    notApplicable: ['mispartitioned'],
  },
  {
    says: 'find: must show up, explained or not',
    made: () => base({ scenario: { expect: { find: ['hash-hole'] } } }),
    found: [],
    violated: ['hash-hole'],
  },
  {
    says: 'find: shows up',
    made: () => base({ scenario: { expect: { find: ['hash-hole'] } } }, [ranged(0, 1n, top)]),
    found: ['hash-hole find'],
    violated: [],
  },

  {
    says: 'E4: a number of the AWS form that encodes another shard',
    made: () => withEncoded(encoded(27), encoded(8, 1_700_000_001)),
    found: ['shard-encoding allow'],
    with: [{ anomaly: 'shard-encoding', key: 'a', producer: 'p1', shards: [shard(8)] }],
  },
  { says: 'E4: the index of its shard', made: () => withEncoded(encoded(8), encoded(8, 1_700_000_001)), found: [] },
  { says: 'E4: another form says nothing', made: () => withEncoded('123456', '923456'), found: [] },
  {
    says: 'E4: forbidden by the scenario',
    made: () => {
      const made = history({ scenario: { expect: { forbid: ['shard-encoding'] } } }, [ranged(8, 0n, top)]);
      const [x, y] = [encoded(27), encoded(8, 1_700_000_001)];
      return made
        .put('a', 0, { shard: 8 })
        .ok(x)
        .put('a', 1, { shard: 8 })
        .ok(y)
        .page(
          [
            [x, 'a', 0],
            [y, 'a', 1],
          ],
          { shard: 8 },
        );
    },
    found: ['shard-encoding forbid'],
  },

  {
    says: 'reshard: an id used again is another reshard',
    made: () => {
      const made = answered(asked(history().put('a', 0).ok(10)));
      return answered(asked(made, 1, [7]))
        .put('a', 1)
        .ok(400)
        .page([
          [10, 'a', 0],
          [400, 'a', 1],
        ]);
    },
    found: ['write-to-closed forbid'],
    unknown: 'all',
  },
  { says: 'reshard: an answer without a question', made: () => answered(base()), found: [], unknown: 'all' },
  {
    says: 'reshard: several at once',
    made: () => {
      const made = asked(asked(twoKeys(), 1, [0]), 2, [1]);
      return answered(answered(made, 2), 1)
        .topology([
          closed(lower(0), '500'),
          closed(upper(1), '500'),
          ranged(2, 0n, half / 2n - 1n, [0], ['600', null]),
          ranged(3, half / 2n, half - 1n, [0], ['600', null]),
          ranged(4, half, half + half / 2n - 1n, [1], ['600', null]),
          ranged(5, half + half / 2n, top, [1], ['600', null]),
        ])
        .put('a', 2, { shard: 2 })
        .ok(700)
        .put('b', 2, { shard: 4 })
        .ok(701)
        .page([], { more: false })
        .page([], { shard: 1, chain: 2, more: false })
        .page([[700, 'a', 2]], { shard: 2, chain: 3 })
        .page([[701, 'b', 2]], { shard: 4, chain: 4 });
    },
    found: [],
  },
  {
    says: 'near: the reshard that made the hole',
    made: () =>
      answered(
        asked(
          acrossSplit([
            closed(whole[0], '500'),
            lower(1, [0], ['600', null]),
            ranged(2, half + 1n, top, [0], ['600', null]),
          ]),
          2,
          [0],
        ),
      ),
    found: ['bad-parentage forbid', 'hash-hole forbid'],
    with: [
      { anomaly: 'hash-hole', near: { faults: [], reshards: [1, 2], retries: [] } },
      { anomaly: 'bad-parentage', near: { faults: [], reshards: [1, 2], retries: [] } },
    ],
  },
  {
    says: 'UpdateShardCount with short-lived shards, closed when first listed',
    made: () =>
      answered(
        history()
          .put('a', 0)
          .ok(10)
          .event({ type: 'reshard', id: 1, phase: 'invoke', action: 'UpdateShardCount', target: 2 } as never),
      )
        .topology([
          closed(whole[0], '500'),
          closed(lower(1, [0], ['600', null]), '601'),
          closed(upper(2, [0], ['600', null]), '601'),
          closed(ranged(3, 0n, 9n, [1], ['610', null]), '611'),
          closed(ranged(4, 10n, half - 1n, [1], ['610', null]), '611'),
          ranged(5, 10n, top, [4, 2], ['620', null]),
          ranged(6, 0n, 4n, [3], ['620', null]),
          ranged(7, 5n, 9n, [3], ['620', null]),
        ])
        .put('a', 1, { shard: 5 })
        .ok(700)
        .page([[10, 'a', 0]], { more: false })
        .page([[700, 'a', 1]], { shard: 5, chain: 2 }),
    found: [],
  },
  {
    says: 'a stream with a past: parents of the past are nobody’s',
    made: () => base({}, [ranged(0, 0n, top, [9], ['5', null])]),
    found: [],
  },
  {
    says: 'a stream with a past: a closed shard without its children',
    made: () => base({}, [closed(ranged(3, 0n, top, [], ['1', null]), '4'), ranged(0, 0n, top, [], ['5', null])]),
    found: [],
  },
  {
    says: 'first seen while CREATING, half listed',
    made: () =>
      history({}, [])
        .topology([lower(0)], 'CREATING')
        .topology(two)
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    found: [],
  },
  {
    says: 'a topology without status is at rest',
    made: () => base({}, []).event({ type: 'topology', shards: [ranged(0, 1n, top)] } as never),
    found: ['hash-hole forbid'],
  },
  { says: 'a topology DELETING is not', made: () => base().topology([], 'DELETING'), found: [] },
  {
    says: 'children: a list before the end is held too',
    made: () =>
      base()
        .topology(split())
        .page([], { children: [shard(9)] })
        .page([], { more: false }),
    found: ['bad-parentage forbid'],
  },
  {
    says: 'children: told in a topology while UPDATING',
    made: () =>
      base()
        .topology([closed(whole[0], '500'), lower(1, [0], ['600', null]), upper(2, [0], ['600', null])], 'UPDATING')
        .page([], { more: false, children: [shard(1), shard(2)] }),
    found: [],
  },
  {
    says: 'a dump: split-key blames nobody',
    made: () =>
      history(dump, two)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[30, 'a', 2]], { shard: 1, chain: 2 }),
    found: ['split-key forbid'],
    with: [{ anomaly: 'split-key', blame: null }],
  },
  {
    says: 'a dump: aggregated records are not led by their key',
    made: () =>
      history(dump, two)
        .page([rec(10, 'a', 0, { sub: 0 }), rec(10, 'a', 1, { sub: 1 })])
        .page([rec(30, 'a', 2, { sub: 0 })], { shard: 1, chain: 2 }),
    found: ['stray-sub-record report'],
  },
  {
    says: 'E1: of two attempts only the acknowledged one lies there',
    made: () => {
      const made = history({}, two).put('a', 0).ok(10).put('a', 1).ok(20).put('b', 0, { hash: '5' }).info();
      return made
        .put('b', 0, { shard: 0 })
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'b', 0],
        ])
        .page([], { shard: 1, chain: 2 });
    },
    found: ['mispartitioned forbid'],
  },
  {
    says: 'E3: a copy of an acknowledged record landed in a closed shard',
    made: () => {
      const made = answered(asked(history().put('a', 0).ok(10)))
        .topology(split())
        .put('a', 1)
        .info();
      return made
        .put('a', 1, { shard: 1 })
        .ok(700)
        .page(
          [
            [10, 'a', 0],
            [400, 'a', 1],
          ],
          { more: false },
        )
        .page([[700, 'a', 1]], { shard: 1, chain: 2 });
    },
    found: ['duplicate/retry allow', 'write-to-closed forbid'],
  },
  {
    says: 'E3: a zombie sent before the end was seen',
    made: () => {
      const made = answered(asked(history().put('a', 0).ok(10).put('a', 1).info())).topology(split());
      return made
        .put('a', 1, { shard: 1 })
        .ok(700)
        .page(
          [
            [10, 'a', 0],
            [400, 'a', 1],
          ],
          { more: false },
        )
        .page([[700, 'a', 1]], { shard: 1, chain: 2 });
    },
    found: ['duplicate/retry allow'],
  },
];

export const explained: readonly TopologyCase[] = [
  {
    says: '23: a shard that is open again explains what is written to it',
    made: () =>
      base()
        .topology([closed(whole[0], '500')])
        .topology(whole)
        .put('a', 2)
        .ok(30)
        .page([[30, 'a', 2]]),
    found: ['hash-hole forbid', 'topology-mutation forbid', 'write-to-closed forbid <topology-mutation'],
  },
  {
    says: '23: and not what is written to another one',
    made: () =>
      twoKeys()
        .topology([closed(lower(0), '500'), closed(upper(1), '500')])
        .topology([lower(0), closed(upper(1), '500')])
        .put('b', 2, { shard: 1 })
        .ok(31)
        .page([[31, 'b', 2]], { shard: 1, chain: 2 }),
    found: [
      'hash-hole forbid',
      'hash-hole forbid <topology-mutation',
      'topology-mutation forbid',
      'write-to-closed forbid',
    ],
  },
  {
    says: '23: a parent that is still open explains what is written to it',
    made: () =>
      answered(asked(base()))
        .topology([whole[0] as ShardInfo, ...split().slice(1)])
        .put('a', 2)
        .ok(30)
        .page([[30, 'a', 2]])
        .put('a', 3, { shard: 1 })
        .ok(700)
        .page([[700, 'a', 3]], { shard: 1, chain: 2 }),
    found: [
      'hash-overlap forbid <open-parent',
      'hash-overlap forbid <open-parent',
      'open-parent forbid',
      'write-to-closed forbid <open-parent',
    ],
  },
  {
    says: '23: and not what is written to its child when that is closed',
    made: () =>
      answered(asked(answered(asked(base())), 2, [1]), 2)
        .topology([whole[0] as ShardInfo, ...split().slice(1)])
        .put('a', 2, { shard: 1 })
        .ok(700)
        .page([[700, 'a', 2]], { shard: 1, chain: 2 }),
    found: [
      'hash-overlap forbid <open-parent',
      'hash-overlap forbid <open-parent',
      'open-parent forbid',
      'write-to-closed forbid',
    ],
    unknown: 'all',
  },
  {
    says: 'foreign: on a shared stream no number range is held against it',
    made: () =>
      history({ stream: { shared: true } }, [ranged(0, 0n, top, [], ['10', null])])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([rec(5, 'b', 0, { producer: undefined, n: undefined }), [10, 'a', 0], [20, 'a', 1]]),
    found: [],
  },
  {
    says: 'deviation: what is allowed anyhow is blamed on the target all the same',
    made: () => {
      const made = history(deviation({ encoded: 27 }, 'shard-encoding'), [ranged(8, 0n, top)]);
      const [x, y] = [encoded(27), encoded(8, 1_700_000_001)];
      return made
        .put('a', 0, { shard: 8 })
        .ok(x)
        .put('a', 1, { shard: 8 })
        .ok(y)
        .page(
          [
            [x, 'a', 0],
            [y, 'a', 1],
          ],
          { shard: 8 },
        );
    },
    found: ['shard-encoding allow'],
    with: [{ anomaly: 'shard-encoding', blame: 'target-deviation' }],
  },

  {
    says: 'table: a lineage regression explains snfo-broken across those shards, not inside one',
    made: () =>
      history()
        .put('a', 0)
        .ok(400)
        .topology(split('300', '450'))
        .put('a', 1, { shard: 1, after: 400 })
        .ok(350)
        .put('a', 2, { shard: 1, after: 350 })
        .ok(340)
        .page([[400, 'a', 0]], { more: false })
        .page(
          [
            [340, 'a', 2],
            [350, 'a', 1],
          ],
          { shard: 1, chain: 2 },
        ),
    found: [
      'key-reorder forbid',
      'lineage-seq-regression forbid',
      'lineage-seq-regression/declared forbid',
      'lineage-seq-regression/declared forbid',
      'nonmonotonic-send forbid <snfo-broken',
      'nonmonotonic-send forbid <snfo-broken',
      'realtime-append-order allow <nonmonotonic-send',
      'snfo-broken forbid',
      'snfo-broken forbid <lineage-seq-regression',
    ],
  },
  {
    says: 'table: a write to a closed shard explains the regression that it made, not another of its key',
    made: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(400)
        .topology(split('300', '450'))
        .put('a', 2, { shard: 1 })
        .ok(350)
        .put('a', 3)
        .ok(50)
        .page(
          [
            [10, 'a', 0],
            [50, 'a', 3],
            [400, 'a', 1],
          ],
          { more: false },
        )
        .page([[350, 'a', 2]], { shard: 1, chain: 2 }),
    found: [
      'key-reorder forbid',
      'key-reorder forbid',
      'lineage-seq-regression forbid',
      'lineage-seq-regression/declared forbid',
      'lineage-seq-regression/declared forbid',
      'nonmonotonic-send forbid <lineage-seq-regression',
      'nonmonotonic-send forbid <write-to-closed',
      'realtime-append-order allow <nonmonotonic-send',
      'write-to-closed forbid',
    ],
  },
];
