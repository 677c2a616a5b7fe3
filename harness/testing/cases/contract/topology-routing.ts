import { closed, history, lower, shard, upper, whole } from '../../generators/history-builder.ts';
import {
  acrossSplit,
  answered,
  asked,
  base,
  dig,
  dump,
  half,
  md5,
  part,
  ranged,
  rec,
  split,
  type TopologyCase,
  top,
  two,
  twoKeys,
} from './topology-cases.ts';

const mis = 'mispartitioned forbid';
/** a in shard 0, and b twice at these numbers of shard 0 or 1. */
const withB = (shards = two, hash?: string, at = 0) =>
  history({}, shards)
    .put('a', 0)
    .ok(10)
    .put('a', 1)
    .ok(20)
    .put('b', 0, { shard: at, ...(hash === undefined ? {} : { hash }) })
    .ok(30)
    .page(
      at === 0
        ? [
            [10, 'a', 0],
            [20, 'a', 1],
            [30, 'b', 0],
          ]
        : [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
    )
    .page(at === 0 ? [] : [[30, 'b', 0]], { shard: 1, chain: 2 });

const automatic = [
  'nonmonotonic-send',
  'int-nonmonotonic-send',
  'key-reorder',
  'zombie-append',
  'mispartitioned',
  'split-key',
];

export const routing: readonly TopologyCase[] = [
  { says: 'control: two keys in their own shards', made: () => twoKeys(), found: [] },
  {
    says: 'E1: acked and read outside the hash range, one finding a record',
    made: () => withB(),
    found: [mis],
    with: [
      { anomaly: 'mispartitioned', kind: null, blame: 'service-write', producer: 'p1', key: 'b', shards: [shard(0)] },
    ],
  },
  {
    says: 'E1: two records of one key in a wrong shard are two findings',
    made: () =>
      withB()
        .put('b', 1)
        .ok(40)
        .page([[40, 'b', 1]]),
    found: [mis, mis],
  },
  {
    says: 'E1: an explicit hash overrides the key: inside though MD5 is outside',
    made: () => withB(two, '7'),
    found: [],
  },
  {
    says: 'E1: an explicit hash overrides the key: outside though MD5 is inside',
    made: () => withB(two, '7', 1),
    found: [mis],
  },
  { says: 'E1: hash at the last key of the range is inside', made: () => withB(two, String(half - 1n)), found: [] },
  { says: 'E1: hash one behind the last key is outside', made: () => withB(two, String(half)), found: [mis] },
  { says: 'E1: hash at the first key of the range is inside', made: () => withB(two, String(half), 1), found: [] },
  { says: 'E1: hash one before the first key is outside', made: () => withB(two, String(half - 1n), 1), found: [mis] },
  {
    says: 'E1: hash with leading zeros is a number',
    made: () => withB(two, `000000000000000000000000000000000000000000000000${half}`, 1),
    found: [],
  },
  { says: 'E1: hash with leading zeros outside', made: () => withB(two, `0000${half}`), found: [mis] },
  { says: 'E1: hash 00 is 0', made: () => withB(two, '00'), found: [] },
  { says: 'E1: top of all hash keys', made: () => withB(two, String(top), 1), found: [] },
  {
    says: 'E1: ranges with leading zeros',
    made: () => withB([ranged(0, '000', `0${half - 1n}`), ranged(1, `00${half}`, `0${top}`)], '7'),
    found: [],
  },
  {
    says: 'E1: ranges with leading zeros, outside',
    made: () => withB([ranged(0, '000', `0${half - 1n}`), ranged(1, `00${half}`, `0${top}`)]),
    found: [mis],
  },
  {
    says: 'E1: acked where it belongs, read elsewhere: one cause',
    isOfFastOnly: true,
    made: () =>
      history({}, two)
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('b', 0, { shard: 1 })
        .ok(30)
        .put('b', 1, { shard: 1 })
        .ok(40)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'b', 0],
        ])
        .page([[40, 'b', 1]], { shard: 1, chain: 2 }),
    found: ['ack-mismatch forbid <mispartitioned', mis, 'seq-collision allow', 'split-key forbid <mispartitioned'],
  },
  {
    says: 'E1: acked in a wrong shard and never read: lost-write explained',
    isOfFastOnly: true,
    made: () =>
      history({}, two)
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
    found: ['lost-write/prefix forbid <mispartitioned', mis, 'poll-skip forbid <lost-write'],
  },
  {
    says: 'E1: acked in a wrong shard, read in the right one',
    made: () =>
      history({}, two)
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
        .page([[15, 'b', 0]], { shard: 1, chain: 2 }),
    found: ['ack-mismatch forbid <mispartitioned', mis, 'seq-collision allow', 'split-key forbid <mispartitioned'],
  },
  {
    says: 'E1: info, then read in a wrong shard',
    made: () => {
      const made = history({}, two).put('a', 0).ok(10).put('a', 1).ok(20);
      return made
        .put('b', 0)
        .info()
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'b', 0],
        ]);
    },
    found: [mis, 'recovered report'],
  },
  {
    says: 'E1: needs the put: a dump says nothing',
    made: () =>
      history(dump, two).page([
        [10, 'a', 0],
        [20, 'a', 1],
        [30, 'b', 0],
        [40, 'b', 1],
      ]),
    found: [],
    notApplicable: ['mispartitioned'],
  },
  {
    says: 'E1: shard that no topology lists: nothing known',
    made: () =>
      history({}, [])
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
    says: 'E1: shard listed only later',
    made: () =>
      history({}, [])
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
        ])
        .topology(two),
    found: [mis],
  },
  {
    says: 'E1: sent again with another hash: each place by its own put',
    made: () => {
      const made = history({}, two).put('a', 0).ok(10).put('a', 1).ok(20).put('b', 0, { hash: '5' }).info();
      return made
        .put('b', 0, { hash: String(half), shard: 1 })
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [25, 'b', 0],
        ])
        .page([[30, 'b', 0]], { shard: 1, chain: 2 });
    },
    found: ['duplicate/retry allow'],
  },
  {
    says: 'E1: aggregated: the outer key leads, not the user key',
    made: () =>
      base({}, two)
        .event(
          part(
            50,
            [{ key: 'a' }],
            [
              { key: 'b', n: 0, part: 0, digest: dig('b', 0) },
              { key: 'b', n: 1, part: 0, digest: dig('b', 1) },
            ],
          ),
        )
        .event({
          type: 'ack',
          op: 50,
          outcome: 'ok',
          results: [
            { shard: shard(0), seq: '30', sub: 0 },
            { shard: shard(0), seq: '30', sub: 1 },
          ],
        } as never)
        .page([rec(30, 'b', 0, { sub: 0 }), rec(30, 'b', 1, { sub: 1 })]),
    found: ['stray-sub-record report', 'stray-sub-record report', 'undeliverable forbid', 'undeliverable forbid'],
  },
  {
    says: 'E1: aggregated: the outer explicit hash leads',
    made: () =>
      base({}, two)
        .event(
          part(
            50,
            [{ key: 'a', hash: String(half) }],
            [
              { key: 'a', n: 2, part: 0, digest: dig('a', 2) },
              { key: 'b', n: 1, part: 0, digest: dig('b', 1) },
              { key: 'b', n: 0, part: 0, digest: dig('b', 0) },
            ]
              .reverse()
              .sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : x.n - y.n)),
          ),
        )
        .event({
          type: 'ack',
          op: 50,
          outcome: 'ok',
          results: [0, 1, 2].map((sub) => ({ shard: shard(1), seq: '30', sub })),
        } as never)
        .page([rec(30, 'a', 2, { sub: 0 }), rec(30, 'b', 0, { sub: 1 }), rec(30, 'b', 1, { sub: 2 })], {
          shard: 1,
          chain: 2,
        }),
    found: ['stray-sub-record report', 'undeliverable forbid', 'undeliverable forbid', 'undeliverable forbid'],
  },
  {
    says: 'E1: aggregated: an outer key in a wrong shard',
    made: () =>
      base({}, two)
        .event(part(50, [{ key: 'b' }], [{ key: 'x', n: 0, part: 0, digest: dig('x', 0) }]))
        .event({ type: 'ack', op: 50, outcome: 'ok', results: [{ shard: shard(0), seq: '30', sub: 0 }] } as never)
        .page([rec(30, 'x', 0, { sub: 0 })]),
    found: ['mispartitioned forbid', 'stray-sub-record report', 'undeliverable forbid'],
    with: [{ anomaly: 'mispartitioned', key: 'x' }],
  },
  {
    says: 'E1: a sentinel goes by its hash',
    made: () =>
      twoKeys()
        .put('s', 0, { role: 'sentinel', producer: 'h', hash: '0' })
        .ok(50)
        .page([rec(50, 's', 0, { producer: 'h' })]),
    found: [],
  },
  {
    says: 'E1: a phantom has no put: nothing said of its shard',
    made: () => base({}, two).page([[30, 'b', 0]]),
    found: ['phantom forbid'],
  },
  {
    says: 'E1: foreign: judged for position order only',
    made: () =>
      base({ stream: { shared: true } }, two).event({
        type: 'page',
        reader: 'final',
        chain: 1,
        shard: shard(0),
        records: [{ seq: '30', key: 'b' }],
        more: true,
      } as never),
    found: [],
  },
  {
    says: 'E1: inside one of the ranges that a changing shard was said to have',
    made: () =>
      history({}, two)
        .put('b', 0, { shard: 1 })
        .ok(10)
        .put('b', 1, { shard: 1 })
        .ok(20)
        .topology([lower(1), upper(0)])
        .page(
          [
            [10, 'b', 0],
            [20, 'b', 1],
          ],
          { shard: 1 },
        ),
    found: ['topology-mutation forbid', 'topology-mutation forbid'],
  },
  {
    says: 'E1: in the child of the other half after a split',
    made: () =>
      acrossSplit(split(), 700)
        .put('a', 2, { shard: 2 })
        .ok(800)
        .page([[800, 'a', 2]], { shard: 2, chain: 3 }),
    found: [mis, 'split-key forbid <mispartitioned'],
  },
  {
    says: 'E1: blame of a reshard stands near',
    made: () => {
      const made = history().put('a', 0).ok(10);
      asked(made);
      made.put('b', 0, { shard: 1 }).ok(650);
      answered(made).topology(split());
      return made
        .put('a', 1, { shard: 1 })
        .ok(700)
        .page([[10, 'a', 0]], { more: false })
        .page(
          [
            [650, 'b', 0],
            [700, 'a', 1],
          ],
          { shard: 1, chain: 2 },
        )
        .page([], { shard: 2, chain: 3 });
    },
    found: [mis],
    with: [{ anomaly: 'mispartitioned', near: { faults: [], reshards: [1], retries: [] } }],
  },
  {
    says: 'E1: AUTO ignores every key: claims about keys are unknown',
    made: () => {
      const made = history({ stream: { distribution: 'AUTO' } }, two)
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20);
      return made
        .put('b', 0)
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'b', 0],
        ]);
    },
    found: [],
    unknown: automatic,
  },
  {
    says: 'D6: AUTO promises no order of a key: what is found of it is told and allowed',
    made: () =>
      history({ stream: { distribution: 'AUTO' } }, two)
        .put('a', 0)
        .ok(20)
        .put('a', 1)
        .ok(10)
        .page([
          [10, 'a', 1],
          [20, 'a', 0],
        ]),
    found: ['key-reorder allow', 'nonmonotonic-send allow', 'realtime-append-order allow <nonmonotonic-send'],
    unknown: automatic,
  },
  {
    says: 'D6: unless the scenario forbids it',
    made: () =>
      history({ stream: { distribution: 'AUTO' }, scenario: { expect: { forbid: ['key-reorder'] } } }, two)
        .put('a', 0)
        .ok(20)
        .put('a', 1)
        .ok(10)
        .page([
          [10, 'a', 1],
          [20, 'a', 0],
        ]),
    found: ['key-reorder forbid', 'nonmonotonic-send allow', 'realtime-append-order allow <nonmonotonic-send'],
    unknown: automatic.filter((id) => id !== 'key-reorder'),
  },
  {
    says: 'E1: a put that was refused lies nowhere',
    made: () => {
      const m = base({}, two);
      return m
        .put('b', 0)
        .fail()
        .put('b', 0, { shard: 1 })
        .ok(5)
        .page([[5, 'b', 0]], { shard: 1, chain: 2 });
    },
    found: [],
  },

  {
    says: 'E2: a dump: one key in two open shards',
    made: () =>
      history(dump, two)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[30, 'a', 2]], { shard: 1, chain: 2 }),
    found: ['split-key forbid'],
    with: [{ anomaly: 'split-key', key: 'a', shards: [shard(0), shard(1)] }],
  },
  { says: 'E2: parent and child are related', made: () => acrossSplit(), found: [] },
  {
    says: 'E2: a dump: parent and child are related',
    made: () =>
      history(dump)
        .topology(split())
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          { more: false },
        )
        .page([[700, 'a', 2]], { shard: 1, chain: 2 }),
    found: [],
  },
  {
    says: 'E2: a dump: both children of a split',
    made: () =>
      history(dump)
        .topology(split())
        .page([[10, 'a', 0]], { more: false })
        .page(
          [
            [700, 'a', 1],
            [701, 'a', 2],
          ],
          { shard: 1, chain: 2 },
        )
        .page([[710, 'a', 3]], { shard: 2, chain: 3 }),
    found: ['split-key forbid'],
  },
  {
    says: 'E2: a dump: uncle and nephew, both open',
    made: () =>
      history(dump)
        .topology([
          closed(whole[0], '500'),
          closed(lower(1, [0], ['600', null]), '700'),
          upper(2, [0], ['600', null]),
          ranged(3, 0n, half / 2n - 1n, [1], ['800', null]),
          ranged(4, half / 2n, half - 1n, [1], ['800', null]),
        ])
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          { more: false },
        )
        .page([[710, 'a', 2]], { shard: 2, chain: 3 })
        .page([[810, 'a', 3]], { shard: 3, chain: 4 }),
    found: ['split-key forbid'],
  },
  {
    says: 'E2: a dump: grandparent and grandchild are related',
    made: () =>
      history(dump)
        .topology([
          closed(whole[0], '500'),
          closed(lower(1, [0], ['600', null]), '700'),
          upper(2, [0], ['600', null]),
          ranged(3, 0n, half / 2n - 1n, [1], ['800', null]),
          ranged(4, half / 2n, half - 1n, [1], ['800', null]),
        ])
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          { more: false },
        )
        .page([[810, 'a', 2]], { shard: 3, chain: 4 }),
    found: [],
  },
  {
    says: 'E2: a dump: never open at the same time, lineage not known',
    made: () =>
      history(dump, [ranged(0, 0n, top)])
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .topology([closed(whole[0], '500'), ranged(5, 0n, top, [4], ['900', null])])
        .page([[910, 'a', 2]], { shard: 5, chain: 2 }),
    found: ['bad-parentage forbid'],
  },
  {
    says: 'E2: differing hash is skipped',
    made: () =>
      history({}, two)
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('a', 2, { shard: 1, hash: String(half) })
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[30, 'a', 2]], { shard: 1, chain: 2 }),
    found: [],
  },
  {
    says: 'E2: two hashes are differing',
    made: () =>
      history({}, two)
        .put('a', 0, { hash: '1' })
        .ok(10)
        .put('a', 1, { hash: '1' })
        .ok(20)
        .put('a', 2, { shard: 1, hash: String(half) })
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[30, 'a', 2]], { shard: 1, chain: 2 }),
    found: [],
  },
  {
    says: 'E2: 5 and 005 do not differ',
    made: () =>
      history({}, two)
        .put('a', 0, { hash: '5' })
        .ok(10)
        .put('a', 1, { hash: '5' })
        .ok(20)
        .put('a', 2, { shard: 1, hash: '005' })
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[30, 'a', 2]], { shard: 1, chain: 2 }),
    found: [mis, 'split-key forbid <mispartitioned'],
  },
  {
    says: 'E2: with a hash and without one are differing',
    made: () =>
      history({}, two)
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('a', 2, { shard: 1, hash: String(md5('a')) })
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[30, 'a', 2]], { shard: 1, chain: 2 }),
    found: [mis],
  },
  {
    says: 'E2: overlapping ranges explain',
    made: () =>
      history({}, [ranged(0, 0n, half), ranged(1, 0n, top)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('a', 2, { shard: 1 })
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[30, 'a', 2]], { shard: 1, chain: 2 }),
    found: ['hash-overlap forbid', 'split-key forbid <hash-overlap'],
  },
  {
    says: 'E2: overlap elsewhere does not explain',
    made: () =>
      history({}, [ranged(0, 0n, half - 1n), ranged(1, half, top - 9n), ranged(2, top - 10n, top)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('a', 2, { shard: 1 })
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[30, 'a', 2]], { shard: 1, chain: 2 }),
    found: ['hash-overlap forbid', mis, 'split-key forbid <mispartitioned'],
  },
  {
    says: 'E2: two producers, one key',
    made: () =>
      history(dump, two)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([rec(30, 'a', 0, { producer: 'p2' })], { shard: 1, chain: 2 }),
    found: ['split-key forbid'],
  },
  {
    says: 'E2: foreign records on a shared stream say nothing of keys',
    made: () =>
      base({ stream: { shared: true } }, two).event({
        type: 'page',
        reader: 'final',
        chain: 2,
        shard: shard(1),
        from: { type: 'TRIM_HORIZON' },
        records: [{ seq: '30', key: 'a' }],
        more: true,
      } as never),
    found: [],
  },
  {
    says: 'E2: aggregated under two outer hashes are differing',
    made: () =>
      history({}, two)
        .event(part(50, [{ key: 'a', hash: '3' }], [{ key: 'x', n: 0, part: 0, digest: dig('x', 0) }]))
        .event({ type: 'ack', op: 50, outcome: 'ok', results: [{ shard: shard(0), seq: '30', sub: 0 }] } as never)
        .event(part(51, [{ key: 'a', hash: String(half) }], [{ key: 'x', n: 1, part: 0, digest: dig('x', 1) }]))
        .event({ type: 'ack', op: 51, outcome: 'ok', results: [{ shard: shard(1), seq: '40', sub: 0 }] } as never)
        .put('a', 0)
        .ok(31)
        .put('a', 1)
        .ok(33)
        .page([rec(30, 'x', 0, { sub: 0 }), [31, 'a', 0], [33, 'a', 1]])
        .page([rec(40, 'x', 1, { sub: 0 })], { shard: 1, chain: 2 }),
    found: ['stray-sub-record report', 'undeliverable forbid'],
  },
  {
    says: 'E2: aggregated under two outer keys (no hash) are differing',
    made: () =>
      history({}, two)
        .event(part(50, [{ key: 'a' }], [{ key: 'x', n: 0, part: 0, digest: dig('x', 0) }]))
        .event({ type: 'ack', op: 50, outcome: 'ok', results: [{ shard: shard(0), seq: '30', sub: 0 }] } as never)
        .event(part(51, [{ key: 'b' }], [{ key: 'x', n: 1, part: 0, digest: dig('x', 1) }]))
        .event({ type: 'ack', op: 51, outcome: 'ok', results: [{ shard: shard(1), seq: '40', sub: 0 }] } as never)
        .put('a', 0)
        .ok(31)
        .put('a', 1)
        .ok(33)
        .page([rec(30, 'x', 0, { sub: 0 }), [31, 'a', 0], [33, 'a', 1]])
        .page([rec(40, 'x', 1, { sub: 0 })], { shard: 1, chain: 2 }),
    found: ['stray-sub-record report', 'undeliverable forbid'],
  },
  {
    says: 'E2: sentinels of one key in each shard are no split key',
    made: () =>
      twoKeys()
        .put('s', 0, { role: 'sentinel', producer: 'h', hash: '0' })
        .ok(50)
        .put('s', 1, { role: 'sentinel', producer: 'h', hash: String(half), shard: 1 })
        .ok(51)
        .page([rec(50, 's', 0, { producer: 'h' })])
        .page([rec(51, 's', 1, { producer: 'h' })], { shard: 1, chain: 2 }),
    found: [],
  },
  {
    says: 'E2: a dump with no topology knows no shards open',
    made: () =>
      history(dump, [])
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[30, 'a', 2]], { shard: 1, chain: 2 }),
    found: [],
  },
  {
    says: 'E2: merge: in both parents (dump)',
    made: () =>
      history(dump, two)
        .topology([closed(lower(0), '500'), closed(upper(1), '500'), ranged(2, 0n, top, [0, 1], ['600', null])])
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          { more: false },
        )
        .page([[30, 'a', 2]], { shard: 1, chain: 2, more: false })
        .page([[700, 'a', 3]], { shard: 2, chain: 3 }),
    found: ['split-key forbid'],
  },

  {
    says: 'E3: sent after the topology showed it closed, though the number is below its end',
    made: () =>
      answered(asked(history().put('a', 0).ok(10)))
        .topology(split())
        .put('a', 1)
        .ok(400)
        .page(
          [
            [10, 'a', 0],
            [400, 'a', 1],
          ],
          { more: false },
        ),
    found: ['write-to-closed forbid'],
    unknown: 'all',
    with: [
      { anomaly: 'write-to-closed', kind: null, blame: 'service-write', producer: 'p1', key: 'a', shards: [shard(0)] },
    ],
  },
  {
    says: 'E3: sent before the topology, answered after',
    made: () => {
      const made = history().put('a', 0).ok(10);
      const open = made.put('a', 1);
      made.topology(split());
      return open.ok(400).page(
        [
          [10, 'a', 0],
          [400, 'a', 1],
        ],
        { more: false },
      );
    },
    found: [],
  },
  {
    says: 'E3: by the ok of the reshard, no topology after',
    made: () =>
      answered(asked(history().put('a', 0).ok(10)))
        .put('a', 1)
        .ok(400)
        .page([
          [10, 'a', 0],
          [400, 'a', 1],
        ]),
    found: ['write-to-closed forbid'],
    unknown: 'all',
  },
  {
    says: 'E3: after the invoke only',
    made: () =>
      asked(history().put('a', 0).ok(10))
        .put('a', 1)
        .ok(400)
        .page([
          [10, 'a', 0],
          [400, 'a', 1],
        ]),
    found: [],
    unknown: 'all',
  },
  {
    says: 'E3: a reshard that failed closed nothing',
    made: () =>
      answered(asked(history().put('a', 0).ok(10)), 1, 'fail')
        .put('a', 1)
        .ok(400)
        .page([
          [10, 'a', 0],
          [400, 'a', 1],
        ]),
    found: [],
    unknown: 'all',
  },
  {
    says: 'E3: a reshard of unknown outcome closed nothing',
    made: () =>
      answered(asked(history().put('a', 0).ok(10)), 1, 'info')
        .put('a', 1)
        .ok(400)
        .page([
          [10, 'a', 0],
          [400, 'a', 1],
        ]),
    found: [],
    unknown: 'all',
  },
  {
    says: 'E3: the ok of MergeShards closes both',
    made: () =>
      answered(asked(twoKeys(), 1, [0, 1], 'MergeShards'))
        .put('a', 2)
        .ok(30)
        .put('b', 2, { shard: 1 })
        .ok(31)
        .page([[30, 'a', 2]])
        .page([[31, 'b', 2]], { shard: 1, chain: 2 }),
    found: ['write-to-closed forbid', 'write-to-closed forbid'],
    unknown: 'all',
  },
  {
    says: 'E3: the ok of UpdateShardCount names no shard',
    made: () =>
      answered(
        base().event({ type: 'reshard', id: 1, phase: 'invoke', action: 'UpdateShardCount', target: 2 } as never),
      )
        .put('a', 2)
        .ok(30)
        .page([[30, 'a', 2]]),
    found: [],
    unknown: 'all',
  },
  {
    says: 'E3: sent before the end was seen, number above it: out of range only',
    made: () => {
      const made = history().put('a', 0).ok(10);
      const open = made.put('a', 1);
      made.topology(split());
      return open.ok(550).page(
        [
          [10, 'a', 0],
          [550, 'a', 1],
        ],
        { more: false },
      );
    },
    found: ['seq-out-of-range forbid'],
  },
  {
    says: 'E3: sent after, number above the end: one cause',
    made: () =>
      history()
        .put('a', 0)
        .ok(10)
        .topology(split())
        .put('a', 1)
        .ok(550)
        .page(
          [
            [10, 'a', 0],
            [550, 'a', 1],
          ],
          { more: false },
        ),
    found: ['seq-out-of-range forbid <write-to-closed', 'write-to-closed forbid'],
  },
  {
    says: 'E3: explains lineage-seq-regression',
    made: () =>
      history()
        .put('a', 0)
        .ok(10)
        .topology(split())
        .put('a', 1, { shard: 1 })
        .ok(700)
        .put('a', 2)
        .ok(800)
        .page(
          [
            [10, 'a', 0],
            [800, 'a', 2],
          ],
          { more: false },
        )
        .page([[700, 'a', 1]], { shard: 1, chain: 2 }),
    found: [
      'key-reorder forbid',
      'lineage-seq-regression forbid <write-to-closed',
      'seq-out-of-range forbid <write-to-closed',
      'write-to-closed forbid',
    ],
  },
  {
    says: 'E3: sent after with unknown outcome and read there',
    made: () => {
      const made = history().put('a', 0).ok(10).topology(split());
      return made
        .put('a', 1)
        .info()
        .page(
          [
            [10, 'a', 0],
            [400, 'a', 1],
          ],
          { more: false },
        );
    },
    found: ['recovered report', 'write-to-closed forbid'],
  },
  {
    says: 'E3: of two attempts one was sent before: nothing is proved',
    made: () => {
      const made = history().put('a', 0).ok(10);
      made.put('a', 1).info();
      made.topology(split());
      return made
        .put('a', 1)
        .info()
        .page(
          [
            [10, 'a', 0],
            [400, 'a', 1],
          ],
          { more: false },
        );
    },
    found: ['recovered report'],
  },
  {
    says: 'E3: a topology while UPDATING shows it closed all the same',
    made: () =>
      history()
        .put('a', 0)
        .ok(10)
        .topology(split(), 'UPDATING')
        .put('a', 1)
        .ok(400)
        .page(
          [
            [10, 'a', 0],
            [400, 'a', 1],
          ],
          { more: false },
        ),
    found: ['write-to-closed forbid'],
  },
  {
    says: 'E3: vanished is not shown closed',
    made: () =>
      history({}, two)
        .put('a', 0)
        .ok(10)
        .topology([upper(1)], 'UPDATING')
        .put('a', 1)
        .ok(400)
        .page([
          [10, 'a', 0],
          [400, 'a', 1],
        ]),
    found: [],
  },
  {
    says: 'E3: closed before the first put of a stream with a past',
    made: () =>
      history({}, split())
        .put('a', 0)
        .ok(400)
        .put('a', 1, { shard: 1 })
        .ok(700)
        .page([[400, 'a', 0]], { more: false })
        .page([[700, 'a', 1]], { shard: 1, chain: 2 }),
    found: ['write-to-closed forbid'],
  },
  {
    says: 'E3: two findings for two records',
    made: () =>
      history()
        .put('a', 0)
        .ok(10)
        .topology(split())
        .put('a', 1)
        .ok(400)
        .put('a', 2)
        .ok(410)
        .page(
          [
            [10, 'a', 0],
            [400, 'a', 1],
            [410, 'a', 2],
          ],
          { more: false },
        ),
    found: ['write-to-closed forbid', 'write-to-closed forbid'],
  },
  {
    says: 'E3: at the same t, line order decides',
    made: () => {
      const made = history().put('a', 0).ok(10).topology(split()).wait(-10);
      return made
        .put('a', 1)
        .ok(400)
        .page(
          [
            [10, 'a', 0],
            [400, 'a', 1],
          ],
          { more: false },
        );
    },
    found: ['write-to-closed forbid'],
  },
];
