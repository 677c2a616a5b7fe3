import { type History, history, lower, shard, upper } from '../generators/history-builder.ts';

/**
 * What others judged wrongly, each as a history of a few lines; the verdict is the contract's, written down by hand.
 */
export type Trap = {
  readonly history: () => History;
  readonly verdict: 'holds' | 'violated' | 'unknown';
  /** Claims that are violated. */
  readonly violated: readonly string[];
  /** Anomalies that are found, unexplained, and allowed, or only told. */
  readonly allowed: readonly string[];
  /** Left without an end: the run died. */
  readonly isCut?: boolean;
};

const throttled = { error: 'ProvisionedThroughputExceededException' };
const written = (): History => history().put('a', 0).ok(10).put('a', 1).ok(20);

export const traps: Readonly<Record<string, Trap>> = {
  'a duplicate that comes late is no loss': {
    history: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .info()
        .put('a', 1)
        .ok(20)
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'a', 2],
          [40, 'a', 1],
        ]),
    verdict: 'holds',
    violated: [],
    allowed: ['zombie-append'],
  },
  'a duplicate does not mask a loss': {
    history: () =>
      history()
        .put('a', 0)
        .info()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [15, 'a', 0],
          [30, 'a', 2],
        ]),
    verdict: 'violated',
    violated: ['lost-write'],
    allowed: ['duplicate'],
  },
  'a loss is no disorder': {
    history: () =>
      written()
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [30, 'a', 2],
        ]),
    verdict: 'violated',
    violated: ['lost-write'],
    allowed: [],
  },
  'an unknown outcome that was read is no duplicate': {
    history: () =>
      history()
        .put('a', 0)
        .info()
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    verdict: 'holds',
    violated: [],
    allowed: ['recovered'],
  },
  'an unknown outcome that nobody read is no loss': {
    history: () =>
      written()
        .put('b', 0)
        .info()
        .put('b', 1)
        .ok(30)
        .put('b', 2)
        .ok(40)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'b', 1],
          [40, 'b', 2],
        ]),
    verdict: 'holds',
    violated: [],
    allowed: ['counter-gap'],
  },
  'an old value after a newer one is a stale duplicate and no reorder': {
    history: () =>
      history()
        .put('a', 0)
        .info()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [25, 'a', 0],
        ]),
    verdict: 'holds',
    violated: [],
    allowed: ['zombie-append'],
  },
  'records are not sorted before their order is looked at': {
    history: () =>
      written().page([
        [20, 'a', 1],
        [10, 'a', 0],
      ]),
    verdict: 'violated',
    violated: ['int-nonmonotonic-poll'],
    allowed: [],
  },
  'the first finding does not hide the second': {
    history: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('a', 2)
        .ok(30)
        .put('b', 0)
        .ok(40)
        .page([
          [10, 'a', 0],
          [30, 'a', 2],
          [40, 'b', 0],
        ])
        .page([[40, 'b', 0]]),
    verdict: 'violated',
    violated: ['lost-write', 're-delivery'],
    allowed: [],
  },
  'a partial batch that is sent again promised no order': {
    history: () =>
      history()
        .batch([
          ['a', 0],
          ['a', 1],
        ])
        .ok({ ...throttled }, 10)
        .batch([['a', 0]])
        .ok(20)
        .page([
          [10, 'a', 1],
          [20, 'a', 0],
        ]),
    verdict: 'holds',
    violated: [],
    allowed: ['key-reorder'],
  },
  'numbers may be far apart, and of any length': {
    history: () =>
      history({}, [])
        .put('a', 0)
        .ok(7)
        .put('a', 1)
        .ok(`1${'0'.repeat(128)}`)
        .page([
          [7, 'a', 0],
          [`1${'0'.repeat(128)}`, 'a', 1],
        ]),
    verdict: 'holds',
    violated: [],
    allowed: [],
  },
  'leading zeros do not make another number': {
    history: () =>
      history()
        .put('a', 0)
        .ok('0010')
        .put('a', 1)
        .ok('20')
        .page([
          ['10', 'a', 0],
          ['000020', 'a', 1],
        ]),
    verdict: 'holds',
    violated: [],
    allowed: [],
  },
  'a longer number is larger, whatever its digits': {
    history: () =>
      history()
        .put('a', 0)
        .ok(9)
        .put('a', 1)
        .ok(10)
        .page([
          [9, 'a', 0],
          [10, 'a', 1],
        ]),
    verdict: 'holds',
    violated: [],
    allowed: [],
  },
  'numbers of shards that nothing relates are not compared': {
    history: () =>
      history({}, [lower(0), upper(1)])
        .put('b', 0, { shard: 1 })
        .ok(900)
        .put('a', 0)
        .ok(10)
        .put('b', 1, { shard: 1 })
        .ok(901)
        .put('a', 1)
        .ok(11)
        .page([
          [10, 'a', 0],
          [11, 'a', 1],
        ])
        .page(
          [
            [900, 'b', 0],
            [901, 'b', 1],
          ],
          { shard: 1, chain: 2 },
        ),
    verdict: 'holds',
    violated: [],
    allowed: [],
  },
  'an arrival time is no evidence of order': {
    history: () =>
      written().page([
        [10, 'a', 0, { arrival: 9_000_000 }],
        [20, 'a', 1, { arrival: 1_000_000 }],
      ]),
    verdict: 'holds',
    violated: [],
    allowed: ['arrival-regression'],
  },
  'records of one aggregate go by their sub-sequence numbers': {
    history: () => {
      const put = history().batch([
        ['a', 0],
        ['a', 1],
      ]);
      return put.ok({ shard: shard(0), seq: '10', sub: 0 }, { shard: shard(0), seq: '10', sub: 1 }).page([
        [10, 'a', 0, { sub: 0 }],
        [10, 'a', 1, { sub: 1 }],
      ]);
    },
    verdict: 'holds',
    violated: [],
    allowed: [],
  },
  'a history that breaks off says nothing of what was not read': {
    history: () =>
      written()
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    verdict: 'unknown',
    violated: [],
    allowed: ['unseen'],
    isCut: true,
  },
  'a history that breaks off keeps what it proved': {
    history: () =>
      written().page([
        [20, 'a', 1],
        [10, 'a', 0],
      ]),
    verdict: 'violated',
    violated: ['int-nonmonotonic-poll'],
    allowed: [],
    isCut: true,
  },
  'a run that read nothing is no pass': {
    history: () => written(),
    verdict: 'unknown',
    violated: [],
    allowed: ['unseen'],
  },
};
