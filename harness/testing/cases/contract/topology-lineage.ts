import type { ShardInfo } from '../../../model/event.ts';
import { closed, history, lower, shard, upper, whole } from '../../generators/history-builder.ts';
import {
  acrossSplit,
  answered,
  asked,
  base,
  half,
  ranged,
  split,
  type TopologyCase,
  top,
  two,
  twoKeys,
} from './topology-cases.ts';

const lineage = 'lineage-seq-regression forbid';
const declaredLineage = 'lineage-seq-regression/declared forbid';
const declaredRange = 'seq-out-of-range/declared forbid';
const quarter = half / 2n;
const merged = (start = '600', ends: readonly [string, string] = ['500', '550']): readonly ShardInfo[] => [
  closed(lower(0), ends[0]),
  closed(upper(1), ends[1]),
  ranged(2, 0n, top, [0, 1], [start, null]),
];
const acrossMerge = (seq: number, more: readonly ShardInfo[] = merged()) =>
  answered(asked(twoKeys(), 1, [0, 1], 'MergeShards'))
    .topology(more)
    .put('a', 2, { shard: 2 })
    .ok(seq)
    .page([], { more: false })
    .page([], { shard: 1, chain: 2, more: false })
    .page([[seq, 'a', 2]], { shard: 2, chain: 3 });
const deep = (start = '800'): readonly ShardInfo[] => [
  closed(whole[0], '500'),
  closed(lower(1, [0], ['600', null]), '700'),
  upper(2, [0], ['600', null]),
  ranged(3, 0n, quarter - 1n, [1], [start, null]),
  ranged(4, quarter, half - 1n, [1], [start, null]),
];

export const lineages: readonly TopologyCase[] = [
  {
    says: 'F1: a hole in the middle',
    made: () => base({}, [ranged(0, 0n, half - 1n), ranged(1, half + 1n, top)]),
    found: ['hash-hole forbid'],
    with: [{ anomaly: 'hash-hole', kind: null, blame: 'service-write', producer: null, key: null }],
  },
  { says: 'F1: a hole at the start', made: () => base({}, [ranged(0, 1n, top)]), found: ['hash-hole forbid'] },
  { says: 'F1: a hole at the end', made: () => base({}, [ranged(0, 0n, top - 1n)]), found: ['hash-hole forbid'] },
  {
    says: 'F1: three holes',
    made: () => base({}, [ranged(0, 1n, half - 1n), ranged(1, half + 1n, top - 1n)]),
    found: ['hash-hole forbid', 'hash-hole forbid', 'hash-hole forbid'],
  },
  {
    says: 'F1: tiles exactly, in any order, with leading zeros',
    made: () => base({}, [ranged(1, half, `0${top}`), ranged(0, '00', `00${half - 1n}`)]),
    found: [],
  },
  {
    says: 'F1: not while UPDATING',
    made: () => base({}, [whole[0] as ShardInfo]).topology([ranged(0, 0n, top), ranged(1, 5n, 9n)], 'UPDATING'),
    found: [],
  },
  {
    says: 'F1: closed shards do not tile',
    made: () => base({}, [closed(whole[0], '100')]),
    found: ['hash-hole forbid', 'write-to-closed forbid', 'write-to-closed forbid'],
  },
  {
    says: 'F1: overlap by one key',
    made: () => base({}, [ranged(0, 0n, half), ranged(1, half, top)]),
    found: ['hash-overlap forbid'],
    with: [{ anomaly: 'hash-overlap', shards: [shard(0), shard(1)] }],
  },
  {
    says: 'F1: one shard inside another, and a neighbour',
    made: () => base({}, [ranged(0, 0n, half), ranged(1, 3n, 9n), ranged(2, half + 1n, top)]),
    found: ['hash-overlap forbid'],
  },
  {
    says: 'F1: a long shard overlaps one that is not its neighbour',
    made: () => base({}, [ranged(0, 0n, top), ranged(1, 3n, 9n), ranged(2, 100n, 200n)]),
    found: ['hash-overlap forbid', 'hash-overlap forbid'],
  },
  {
    says: 'F1: the same hole in two snapshots',
    made: () => base({}, [ranged(0, 1n, top)]).topology([ranged(0, 1n, top)]),
    found: ['hash-hole forbid'],
  },
  {
    says: 'F1: a hole that one snapshot only shows',
    made: () =>
      base()
        .topology([closed(whole[0], '500'), lower(1, [0], ['600', null])])
        .topology(split()),
    found: ['bad-parentage forbid', 'hash-hole forbid'],
  },
  { says: 'F1: nobody listed at all while ACTIVE', made: () => base().topology([]), found: ['hash-hole forbid'] },
  { says: 'F1: while CREATING', made: () => base({}, []).topology([], 'CREATING').topology(whole), found: [] },
  { says: 'no topology at all', made: () => base({}, []), found: [] },

  {
    says: 'F2: a child while its parent is open explains the overlap',
    made: () => base().topology([whole[0] as ShardInfo, lower(1, [0], ['600', null]), upper(2, [0], ['600', null])]),
    found: ['hash-overlap forbid <open-parent', 'hash-overlap forbid <open-parent', 'open-parent forbid'],
    with: [{ anomaly: 'open-parent', shards: [shard(0), shard(1), shard(2)] }],
  },
  {
    says: 'F2: not while UPDATING',
    made: () =>
      base()
        .topology([whole[0] as ShardInfo, lower(1, [0], ['600', null]), upper(2, [0], ['600', null])], 'UPDATING')
        .topology(split()),
    found: [],
  },
  {
    says: 'F2: split twice',
    made: () =>
      base().topology([
        ...split(),
        ranged(3, 0n, half - 1n, [0], ['600', null]),
        ranged(4, half, top, [0], ['600', null]),
      ]),
    found: ['hash-overlap forbid <open-parent', 'hash-overlap forbid <open-parent', 'open-parent forbid'],
  },
  {
    says: 'F2: parents that are not listed any more',
    made: () => base({}, [ranged(0, 0n, top, [7], ['5', null])]),
    found: [],
  },
  { says: 'F2: parents vanish after retention', made: () => acrossSplit().topology(split().slice(1)), found: [] },
  {
    says: 'F2: the whole family vanishes at once but its leaves',
    made: () =>
      base()
        .topology(split())
        .topology([
          ranged(3, 0n, quarter - 1n, [1], ['800', null]),
          ranged(4, quarter, half - 1n, [1], ['800', null]),
          upper(2, [0], ['600', null]),
        ]),
    found: [],
  },

  {
    says: 'F3: children leave one key out',
    made: () =>
      base().topology([
        closed(whole[0], '500'),
        ranged(1, 0n, half - 2n, [0], ['600', null]),
        ranged(2, half, top, [0], ['600', null]),
      ]),
    found: ['bad-parentage forbid', 'hash-hole forbid'],
    with: [{ anomaly: 'bad-parentage', kind: null, key: null, producer: null }],
  },
  {
    says: 'F3: children overlap',
    made: () =>
      base().topology([
        closed(whole[0], '500'),
        ranged(1, 0n, half, [0], ['600', null]),
        ranged(2, half, top, [0], ['600', null]),
      ]),
    found: ['bad-parentage forbid', 'hash-overlap forbid'],
  },
  {
    says: 'F3: a merge child with less than the union',
    made: () =>
      base({}, two).topology([
        closed(lower(0), '500'),
        closed(upper(1), '500'),
        ranged(2, 0n, top - 1n, [0, 1], ['600', null]),
      ]),
    found: ['bad-parentage forbid', 'hash-hole forbid'],
  },
  {
    says: 'F3: a good merge, parents in either order',
    made: () =>
      base({}, two).topology([
        closed(lower(0), '500'),
        closed(upper(1), '500'),
        ranged(2, 0n, top, [1, 0], ['600', null]),
      ]),
    found: [],
  },
  {
    says: 'F3: parents that are not neighbours',
    made: () =>
      base({}, [ranged(0, 0n, 9n), ranged(1, 10n, 19n), ranged(2, 20n, top)]).topology([
        closed(ranged(0, 0n, 9n), '500'),
        ranged(1, 10n, 19n),
        closed(ranged(2, 20n, top), '500'),
        ranged(3, 0n, top, [0, 2], ['600', null]),
      ]),
    found: ['bad-parentage forbid', 'hash-overlap forbid', 'mispartitioned forbid', 'mispartitioned forbid'],
  },
  {
    says: 'F3: a split whose second child is not listed yet while UPDATING',
    made: () =>
      base()
        .topology([closed(whole[0], '500'), lower(1, [0], ['600', null])], 'UPDATING')
        .topology(split()),
    found: [],
  },
  {
    says: 'F3: a page names a false child',
    made: () =>
      base()
        .topology(split())
        .page([], { more: false, children: [shard(1), shard(9)] }),
    found: ['bad-parentage forbid'],
  },
  {
    says: 'F3: a page leaves a child out',
    made: () =>
      base()
        .topology(split())
        .page([], { more: false, children: [shard(1)] }),
    found: ['bad-parentage forbid'],
  },
  {
    says: 'F3: a page names both children in any order',
    made: () =>
      base()
        .topology(split())
        .page([], { more: false, children: [shard(2), shard(1)] }),
    found: [],
  },
  {
    says: 'F3: a page names no children at all (field absent)',
    made: () => base().topology(split()).page([], { more: false }),
    found: [],
  },
  {
    says: 'F3: a page before the end has an empty list',
    made: () => base().topology(split()).page([], { children: [] }).page([], { more: false }),
    found: [],
  },
  {
    says: 'F3: an empty list at the end of a shard with children',
    made: () => base().topology(split()).page([], { more: false, children: [] }),
    found: ['bad-parentage forbid'],
  },
  {
    says: 'F3: the children of a merged parent',
    made: () =>
      twoKeys()
        .topology(merged())
        .page([], { more: false, children: [shard(2)] })
        .page([], { shard: 1, chain: 2, more: false, children: [shard(2)] }),
    found: [],
  },
  {
    says: 'F3: children named before the topology lists them',
    made: () =>
      base()
        .page([], { more: false, children: [shard(1), shard(2)] })
        .topology(split()),
    found: [],
  },
  {
    says: 'F3: children of a shard that no topology lists later',
    made: () => base().page([], { more: false, children: [shard(1), shard(2)] }),
    found: ['premature-shard-end forbid'],
  },
  {
    says: 'F3: a tree of splits and merges',
    made: () =>
      base().topology([
        closed(whole[0], '500'),
        closed(lower(1, [0], ['600', null]), '700'),
        closed(upper(2, [0], ['600', null]), '710'),
        closed(ranged(3, 0n, quarter - 1n, [1], ['800', null]), '900'),
        closed(ranged(4, quarter, half - 1n, [1], ['800', null]), '900'),
        ranged(5, quarter, top, [4, 2], ['1000', null]),
        ranged(6, 0n, 4n, [3], ['1000', null]),
        ranged(7, 5n, quarter - 1n, [3], ['1000', null]),
      ]),
    found: [],
  },
  {
    says: 'F3: a shard appears without parents though the stream was whole',
    made: () => base().topology([closed(whole[0], '500'), ranged(1, 0n, top, [], ['600', null])]),
    found: ['bad-parentage forbid'],
  },
  {
    says: 'F3: a single child that is the whole of its parent',
    made: () => base().topology([closed(whole[0], '500'), ranged(1, 0n, top, [0], ['600', null])]),
    found: [],
  },

  {
    says: 'F4: a key has a lower number in the child',
    made: () => acrossSplit(split('5', '4'), 7).page([], {}),
    found: [lineage, 'nonmonotonic-send forbid <lineage-seq-regression', 'seq-out-of-range forbid'],
  },
  {
    says: 'F4: lower in the child',
    made: () => {
      const m = history().put('a', 0).ok(400);
      return answered(asked(m))
        .topology(split('300', '200'))
        .put('a', 1, { shard: 1 })
        .ok(350)
        .page([[400, 'a', 0]], { more: false })
        .page([[350, 'a', 1]], { shard: 1, chain: 2 });
    },
    found: ['seq-out-of-range forbid', lineage, 'nonmonotonic-send forbid <lineage-seq-regression'],
  },
  {
    says: 'F4: equal in the child',
    made: () => {
      const m = history({}, [whole[0] as ShardInfo])
        .put('a', 0)
        .ok(400);
      return m
        .topology([closed(ranged(0, 0n, top), '400'), lower(1, [0], ['400', null]), upper(2, [0], ['401', null])])
        .put('a', 1, { shard: 1 })
        .ok(400)
        .page([[400, 'a', 0]], { more: false })
        .page([[400, 'a', 1]], { shard: 1, chain: 2 });
    },
    found: [lineage, declaredLineage, 'nonmonotonic-send forbid <lineage-seq-regression', 'seq-collision allow'],
  },
  {
    says: 'F4 declared: a start equal to the end of the parent',
    made: () => base().topology(split('500', '500')),
    found: [declaredLineage, declaredLineage],
    with: [{ anomaly: 'lineage-seq-regression', kind: 'declared', key: null }],
  },
  { says: 'F4 declared: a start one above', made: () => base().topology(split('501', '500')), found: [] },
  { says: 'F4 declared: more digits are more', made: () => base().topology(split('1000', '999')), found: [] },
  { says: 'F4 declared: leading zeros are none', made: () => base().topology(split('0500', '499')), found: [] },
  {
    says: 'F4 declared: leading zeros of the end',
    made: () => base().topology(split('500', '0000000500')),
    found: [declaredLineage, declaredLineage],
  },
  {
    says: 'F4 declared: after a merge, the start of parent 0',
    made: () => acrossMerge(700, merged('1')),
    found: [declaredLineage, declaredLineage],
  },
  {
    says: 'F4 declared: below one of two parents',
    made: () => acrossMerge(700, merged('525')),
    found: [declaredLineage],
    with: [{ anomaly: 'lineage-seq-regression', kind: 'declared', shards: [shard(1), shard(2)] }],
  },
  {
    says: 'F4 declared: said in each snapshot is one finding',
    made: () => base().topology(split('500', '500')).topology(split('500', '500')),
    found: [declaredLineage, declaredLineage],
  },
  {
    says: 'F4: across a merge: two parents, key of one',
    made: () => acrossMerge(15, merged('12', ['11', '11'])),
    found: [
      lineage,
      'nonmonotonic-send forbid <lineage-seq-regression',
      'seq-out-of-range forbid',
      'seq-out-of-range forbid',
    ],
  },
  {
    says: 'F4: across a grandparent, nothing in between',
    made: () =>
      history()
        .put('a', 0)
        .ok(400)
        .topology(deep('300'))
        .put('a', 1, { shard: 3 })
        .ok(350)
        .page([[400, 'a', 0]], { more: false })
        .page([], { shard: 1, chain: 2, more: false })
        .page([[350, 'a', 1]], { shard: 3, chain: 3 }),
    found: [declaredLineage, declaredLineage, lineage, 'nonmonotonic-send forbid <lineage-seq-regression'],
  },
  {
    says: 'F4: explains snfo-broken, which explains nonmonotonic-send of the pair',
    made: () =>
      history()
        .put('a', 0)
        .ok(400)
        .topology(split('300', '450').map((s, i) => (i === 0 ? s : s)))
        .put('a', 1, { shard: 1, after: 400 })
        .ok(350)
        .page([[400, 'a', 0]], { more: false })
        .page([[350, 'a', 1]], { shard: 1, chain: 2 }),
    found: [
      declaredLineage,
      declaredLineage,
      lineage,
      'nonmonotonic-send forbid <snfo-broken',
      'snfo-broken forbid <lineage-seq-regression',
    ],
  },
  {
    says: 'F4: two keys are two findings',
    made: () =>
      history()
        .put('a', 0)
        .ok(400)
        .put('c', 0)
        .ok(401)
        .topology([
          closed(whole[0], '450'),
          ranged(1, 0n, top - 1n, [0], ['460', null]),
          ranged(2, top, top, [0], ['460', null]),
        ])
        .put('a', 1, { shard: 1 })
        .ok(470)
        .put('c', 1, { shard: 1 })
        .ok(471)
        .page(
          [
            [400, 'a', 0],
            [401, 'c', 0],
          ],
          { more: false },
        )
        .page(
          [
            [470, 'a', 1],
            [471, 'c', 1],
          ],
          { shard: 1, chain: 2 },
        ),
    found: [],
  },

  {
    says: 'A9 declared: the start of the same list counts, whatever the first one said',
    made: () =>
      base().topology(
        [closed(whole[0], '500')]
          .map((s) => ({ ...s, seq: ['600', '500'] as const }))
          .concat(split('700').slice(1) as never),
      ),
    found: [declaredRange, 'topology-mutation forbid'],
    with: [{ anomaly: 'seq-out-of-range', evidence: { shard: shard(0), starting: '600', ending: '500' } }],
  },
  {
    says: 'A9 declared: kinesis-local',
    made: () =>
      history({}, [ranged(0, 0n, top, [], ['49600000000000000000000000000000000000000000000000000001', null])])
        .put('a', 0)
        .ok('49600000000000000000000000000000000000000000000000000002')
        .put('a', 1)
        .ok('49600000000000000000000000000000000000000000000000000003')
        .topology([
          ranged(0, 0n, top, [], ['49600000000000000000000000000000000000000000000000000001', '9223372036854775807']),
          lower(1, [0], ['49600000000000000000000000000000000000000000000000000009', null]),
          upper(2, [0], ['49600000000000000000000000000000000000000000000000000009', null]),
        ])
        .page(
          [
            ['49600000000000000000000000000000000000000000000000000002', 'a', 0],
            ['49600000000000000000000000000000000000000000000000000003', 'a', 1],
          ],
          { more: false },
        ),
    found: [declaredRange],
    with: [{ anomaly: 'seq-out-of-range', kind: 'declared', key: null, producer: null, shards: [shard(0)] }],
  },
  {
    says: 'A9 declared: known deviation is blamed and allowed',
    made: () =>
      base(
        {
          target: {
            deviations: [
              { id: 'x', anomaly: 'seq-out-of-range', when: { kind: 'declared', ending: '5' }, sentence: 's' },
            ],
          },
        },
        [ranged(0, 0n, top, [], ['9', null])],
      ).topology([ranged(0, 0n, top, [], ['9', '5']), lower(1, [0], ['700', null]), upper(2, [0], ['700', null])]),
    found: ['seq-out-of-range/declared allow'],
    with: [{ anomaly: 'seq-out-of-range', blame: 'target-deviation' }],
  },
  {
    says: 'A9 declared: a deviation with another ending does not match',
    made: () =>
      base(
        {
          target: {
            deviations: [
              { id: 'x', anomaly: 'seq-out-of-range', when: { kind: 'declared', ending: '6' }, sentence: 's' },
            ],
          },
        },
        [ranged(0, 0n, top, [], ['9', null])],
      ).topology([ranged(0, 0n, top, [], ['9', '5']), lower(1, [0], ['700', null]), upper(2, [0], ['700', null])]),
    found: [declaredRange],
  },
  {
    says: 'A9: start and end equal are the range of one number',
    made: () =>
      base({}, [ranged(0, 0n, top, [], ['20', null])]).topology([
        ranged(0, 0n, top, [], ['20', '20']),
        lower(1, [0], ['700', null]),
        upper(2, [0], ['700', null]),
      ]),
    found: ['seq-out-of-range forbid'],
  },
  {
    says: 'A9 declared: in two snapshots is one',
    made: () =>
      base({}, [ranged(0, 0n, top, [], ['9', null])])
        .topology([ranged(0, 0n, top, [], ['9', '5']), ...split('700').slice(1)])
        .topology([ranged(0, 0n, top, [], ['9', '5']), ...split('700').slice(1)]),
    found: [declaredRange],
  },
  {
    says: 'A9 declared: and is not taken back by a later list',
    made: () =>
      base({}, [ranged(0, 0n, top, [], ['9', null])])
        .topology([ranged(0, 0n, top, [], ['9', '5']), ...split('700').slice(1)])
        .topology([ranged(0, 0n, top, [], ['9', '500']), ...split('700').slice(1)]),
    found: [declaredRange],
  },
  {
    says: 'A9: at the start and at the end of the range is inside',
    made: () =>
      history({}, [ranged(0, 0n, top, [], ['10', null])])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .topology([ranged(0, 0n, top, [], ['10', '20']), ...split('700').slice(1)])
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          { more: false },
        ),
    found: [],
  },
  {
    says: 'A9: below the start',
    made: () => base({}, [ranged(0, 0n, top, [], ['11', null])]),
    found: ['seq-out-of-range forbid'],
    with: [{ anomaly: 'seq-out-of-range', kind: null, key: 'a', producer: 'p1' }],
  },

  {
    says: 'F6: the range of an id changes',
    made: () => base({}, two).topology([ranged(0, 0n, half - 2n), ranged(1, half - 1n, top)]),
    found: ['topology-mutation forbid', 'topology-mutation forbid'],
    with: [{ anomaly: 'topology-mutation', shards: [shard(0)], key: null, producer: null }],
  },
  {
    says: 'F6: the parents of an id change',
    made: () =>
      base()
        .topology(split())
        .topology([closed(whole[0], '500'), lower(1, [0], ['600', null]), upper(2, [7], ['600', null])]),
    found: [
      'bad-parentage forbid <topology-mutation',
      'bad-parentage forbid <topology-mutation',
      'topology-mutation forbid',
    ],
  },
  {
    says: 'F6: parents named in another order are the same',
    made: () =>
      twoKeys()
        .topology(merged())
        .topology(merged().map((s) => ({ ...s, parents: [...s.parents].reverse() }))),
    found: [],
  },
  {
    says: 'F6: parents are not named any more once they are gone',
    made: () =>
      acrossSplit().topology(
        split()
          .slice(1)
          .map((s) => ({ ...s, parents: [] })),
      ),
    found: [
      'bad-parentage forbid <topology-mutation',
      'bad-parentage forbid <topology-mutation',
      'topology-mutation forbid',
      'topology-mutation forbid',
    ],
  },
  { says: 'F6: leading zeros change nothing', made: () => base().topology([ranged(0, '000', `00${top}`)]), found: [] },
  {
    says: 'F6: even while UPDATING',
    made: () =>
      base()
        .topology([ranged(0, 0n, half)], 'UPDATING')
        .topology(whole),
    found: ['topology-mutation forbid'],
  },
  {
    says: 'F6: an id twice in one snapshot',
    made: () => base().topology([closed(whole[0], '500'), lower(1, [0], ['600', null]), upper(1, [0], ['600', null])]),
    found: ['topology-mutation forbid'],
  },
  {
    says: 'F6: closed, then open again',
    made: () =>
      base()
        .topology(split())
        .topology([ranged(0, 0n, top)]),
    found: ['topology-mutation forbid'],
  },
  {
    says: 'F6: an id used again with another start',
    made: () => base().topology([ranged(0, 0n, top, [], ['900', null])]),
    found: ['topology-mutation forbid'],
  },
  {
    says: 'F6: an id that is used again for the child of another shard, once the first one is gone',
    made: () =>
      base()
        .topology(split())
        .topology([
          lower(1, [0], ['600', null]),
          closed(upper(2, [0], ['600', null]), '700'),
          ranged(0, half, half + 9n, [2], ['800', null]),
          ranged(3, half + 10n, top, [2], ['800', null]),
        ]),
    // By the table a changed id explains what its ranges and parents say, and not that it has children and is open.
    found: ['bad-parentage forbid <topology-mutation', 'open-parent forbid', 'topology-mutation forbid'],
  },
  {
    says: 'F6: another end',
    made: () => base().topology(split('600', '500')).topology(split('600', '501')),
    found: [],
  },
];
