import { closed, type History, history, lower, shard, upper, whole } from '../../generators/history-builder.ts';
import { acrossSplit, answered, asked, base, half, ranged, split, type TopologyCase, top } from './topology-cases.ts';

const seconds = (made: History, count: number): History => made.wait(count * 1_000_000);
const raw = (made: History, type: string, more: object): History => made.event({ type, ...more } as never);

/** Closed at 1 s, its first record given at 2 s, its last at 9 s; then asked again, and told that there is more. */
const stuck = (waited: number): History =>
  seconds(
    seconds(seconds(history().put('a', 0).ok(10).put('a', 1).ok(20).topology(split()), 1).page([[10, 'a', 0]]), 7).page(
      [[20, 'a', 1]],
    ),
    waited,
  ).page([]);

const untold = ({ seq: _, ...info }: (typeof whole)[number]): never => info as never;
const end = (made: History): History =>
  made
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
    );
/** Of a put without a number, and what was read of it. */
const nameless = (outcome: string, read: readonly object[], more: object = {}): History =>
  raw(
    raw(
      raw(base(), 'put', {
        op: 90,
        producer: 'p1',
        api: 'PutRecord',
        entries: [{ key: 'x', digest: '00000000000000aa', ...more }],
      }),
      'ack',
      outcome === 'ok'
        ? { op: 90, outcome, results: [{ shard: shard(0), seq: '30' }] }
        : { op: 90, outcome, error: 'E' },
    ),
    'page',
    { reader: 'final', chain: 1, shard: shard(0), records: read, more: true },
  );
const thing = (seq: string, digest = '00000000000000aa'): object => ({ seq, key: 'x', digest });

export const edges: readonly TopologyCase[] = [
  { says: 'a closed shard read to its end a while after it was closed', made: () => stuck(3), found: [] },
  { says: 'the same, six seconds later', made: () => stuck(6), found: ['stuck-shard-end allow'] },
  {
    says: 'a shard with a child of its own and one that it shares',
    made: () =>
      base({}, [ranged(0, 0n, half - 1n), ranged(1, half, top)]).topology([
        ranged(0, 0n, half - 1n, [], ['1', '500']),
        ranged(1, half, top, [], ['1', '500']),
        ranged(2, 0n, half - 1n, [0], ['600', null]),
        ranged(3, 0n, top, [0, 1], ['600', null]),
      ]),
    found: ['hash-overlap forbid <open-parent', 'open-parent forbid'],
  },
  {
    says: 'a merged shard of which one parent was never listed',
    made: () => base({}, [...whole]).topology([closed(whole[0], '500'), ranged(2, 0n, top, [0, 9], ['600', null])]),
    found: ['bad-parentage forbid'],
  },
  {
    says: 'a key through a shard and its child, and the child of another child',
    made: () =>
      history({}, [
        ranged(0, 0n, top, [], ['1', '100']),
        ranged(1, 0n, half - 1n, [0], ['101', '200']),
        ranged(2, half, top, [0], ['101', '200']),
        ranged(3, 0n, top, [1, 2], ['201', null]),
      ])
        .put('a', 0)
        .ok(90)
        .put('a', 1, { shard: 1 })
        .ok(150)
        .put('a', 2, { shard: 3 })
        .ok(80)
        .page([[90, 'a', 0]])
        .page([[150, 'a', 1]], { shard: 1, chain: 2 })
        .page([[80, 'a', 2]], { shard: 3, chain: 3 }),
    found: [
      'lineage-seq-regression forbid <write-to-closed',
      'nonmonotonic-send forbid <lineage-seq-regression',
      'seq-out-of-range forbid',
      'write-to-closed forbid',
      'write-to-closed forbid',
    ],
  },
  {
    says: 'a topology that does not tell the numbers of a shard, and one that does',
    isOfFastOnly: true,
    made: () => base({}, [untold(whole[0] as never)]).topology(whole),
    found: [],
  },
  {
    says: 'a topology that tells the numbers of a shard, and one that does not',
    isOfFastOnly: true,
    made: () => base().topology([untold(whole[0] as never)]),
    found: [],
  },
  {
    says: 'an end, and an UpdateShardCount that nobody answered',
    made: () => asked(end(history()), 1, [], 'UpdateShardCount'),
    found: [],
    unknown: 'all',
  },
  {
    says: 'an end, and an UpdateShardCount that failed',
    made: () => answered(asked(end(history()), 1, [], 'UpdateShardCount'), 1, 'fail'),
    found: ['premature-shard-end forbid'],
    unknown: 'all',
  },
  {
    says: 'an end, and a split of another shard',
    made: () => asked(end(history({}, [lower(0), upper(1)])), 1, [1]),
    found: ['premature-shard-end forbid'],
    unknown: 'all',
  },
  {
    says: 'an end, a split, and a list that shows the shard open',
    made: () => answered(asked(end(history()))).topology(whole),
    found: ['premature-shard-end forbid'],
    unknown: 'all',
  },
  {
    says: 'an end, and then a list that does not tell the numbers of the shard',
    isOfFastOnly: true,
    made: () => end(history()).topology([untold(whole[0] as never)]),
    found: ['premature-shard-end forbid'],
  },
  {
    says: 'an end, and nobody who listed shards',
    made: () => end(history({}, [])),
    found: [],
  },
  {
    says: 'a put after a split that was done',
    made: () =>
      answered(asked(base()))
        .put('a', 2)
        .ok(30)
        .page([[30, 'a', 2]]),
    found: ['write-to-closed forbid'],
    unknown: 'all',
  },
  {
    says: 'a put after a split that nobody answered',
    made: () =>
      asked(base())
        .put('a', 2)
        .ok(30)
        .page([[30, 'a', 2]]),
    found: [],
    unknown: 'all',
  },
  {
    says: 'a consumer that has a key in a child between two of its parent',
    made: () =>
      acrossSplit()
        .reader('app', 'subject')
        .page([[700, 'a', 1]], { reader: 'app', shard: 1, chain: 3 })
        .page([[10, 'a', 0]], { reader: 'app', shard: 0, chain: 4 }),
    found: ['child-before-parent forbid', 'subject-reorder forbid <child-before-parent'],
  },
  {
    says: 'a consumer that was given the parent by a later iterator too',
    made: () =>
      acrossSplit()
        .reader('app', 'subject')
        .page([[10, 'a', 0]], { reader: 'app', shard: 0, chain: 4 })
        .page([[700, 'a', 1]], { reader: 'app', shard: 1, chain: 3 })
        .page([[10, 'a', 0]], { reader: 'app', shard: 0, chain: 5 }),
    found: ['subject-duplicate/resume allow'],
  },
  {
    says: 'a consumer that was done with one of two parents',
    made: () =>
      history({}, [
        ranged(0, 0n, half - 1n, [], ['1', '500']),
        ranged(1, half, top, [], ['1', '500']),
        ranged(2, 0n, top, [0, 1], ['600', null]),
      ])
        .put('a', 0)
        .ok(10)
        .put('a', 1, { shard: 1, hash: String(top) })
        .ok(20)
        .put('a', 2, { shard: 2 })
        .ok(700)
        .page([[10, 'a', 0]], { more: false })
        .page([[20, 'a', 1]], { shard: 1, chain: 2, more: false })
        .page([[700, 'a', 2]], { shard: 2, chain: 3 })
        .reader('app', 'subject')
        .page([[10, 'a', 0]], { reader: 'app', chain: 4 })
        .page([[700, 'a', 2]], { reader: 'app', shard: 2, chain: 5 })
        .page([[20, 'a', 1]], { reader: 'app', shard: 1, chain: 6 }),
    found: [
      'child-before-parent forbid',
      'subject-reorder forbid <child-before-parent',
      'write-to-closed forbid',
      'write-to-closed forbid',
    ],
  },
  {
    says: 'a put without a number, acknowledged and read there',
    isOfFastOnly: true,
    made: () => nameless('ok', [thing('30')]),
    found: [],
  },
  {
    says: 'a put without a number, acknowledged and read with other bytes',
    isOfFastOnly: true,
    made: () => nameless('ok', [thing('30', '00000000000000bb')]),
    found: ['corruption forbid'],
  },
  {
    says: 'a put without a number, acknowledged and not read',
    isOfFastOnly: true,
    made: () => nameless('ok', []),
    found: ['unseen report'],
    unknown: ['lost-write'],
  },
  {
    says: 'a put without a number, of unknown outcome, that is read',
    isOfFastOnly: true,
    made: () => nameless('info', [thing('40')]),
    found: ['recovered report'],
  },
  {
    says: 'a put without a number, of unknown outcome, that is read twice',
    isOfFastOnly: true,
    made: () => nameless('info', [thing('40'), thing('50')]),
    found: ['duplicate forbid', 'recovered report'],
  },
  {
    says: 'a put without a number, of unknown outcome, and one with other bytes is read',
    isOfFastOnly: true,
    made: () => nameless('info', [thing('40', '00000000000000bb')]),
    found: ['phantom forbid'],
  },
  {
    says: 'a put without a number, that failed and is read',
    isOfFastOnly: true,
    made: () => nameless('fail', [thing('40')]),
    found: ['phantom forbid'],
  },
  {
    says: 'a put without a number and with a size, of unknown outcome, that is read',
    isOfFastOnly: true,
    made: () => nameless('info', [thing('40')], { bytes: 10 }),
    found: ['recovered report'],
  },
];
