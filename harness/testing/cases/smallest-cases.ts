import type { AnomalyId } from '../../model/anomaly.ts';
import type { ShardInfo } from '../../model/event.ts';
import { closed, type History, history, lower, shard, upper, whole } from '../generators/history-builder.ts';

/** Two records of one key, written and read as they should be. What is good is this, or close to it. */
const clean = (): History =>
  history()
    .put('a', 0)
    .ok(10)
    .put('a', 1)
    .ok(20)
    .page([
      [10, 'a', 0],
      [20, 'a', 1],
    ]);
const splitAt = (start: string): readonly ShardInfo[] => [
  closed(whole[0], start === '2' ? '9223372036854775807' : '500'),
  lower(1, [0], [start, null]),
  upper(2, [0], [start, null]),
];
const split = splitAt('600');
/** One key through a split, read to its end on both sides. */
const acrossSplit = (seq = 700, start = '600'): History =>
  history()
    .put('a', 0)
    .ok(10)
    .event({ type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: [shard(0)] })
    .event({ type: 'reshard', id: 1, phase: 'ok' })
    .topology(splitAt(start))
    .put('a', 1, { shard: 1 })
    .ok(seq)
    .page([[10, 'a', 0]], { more: false })
    .page([[seq, 'a', 1]], { shard: 1, chain: 2 });

/** Three records of one key, which the final reader reads, and a consumer under test. */
const taken = (): History =>
  clean()
    .put('a', 2)
    .ok(30)
    .page([[30, 'a', 2]])
    .reader('app', 'subject');
const app = { reader: 'app', chain: 8 };
const told = (event: string, seq?: number): { readonly type: string } & Readonly<Record<string, unknown>> => ({
  type: 'subject',
  reader: 'app',
  event,
  ...(seq === undefined ? {} : { shard: shard(0), seq: String(seq) }),
});
/** What the consumer's own client fetches. */
const fetching = (): History =>
  taken()
    .event({ type: 'reader', reader: 'client', role: 'live', of: 'app' } as never)
    .page(
      [
        [10, 'a', 0],
        [20, 'a', 1],
        [30, 'a', 2],
      ],
      { reader: 'client', chain: 7 },
    );
/** An aggregate of two user records in the lower shard, after two plain records. */
const aggregated = (second: 'a' | 'b', outcome: 'ok' | 'info'): History => {
  const n = second === 'a' ? 3 : 0;
  const sent = history({}, [lower(0), upper(1)])
    .put('a', 0)
    .ok(10)
    .put('a', 1)
    .ok(20)
    .aggregate('a', [
      ['a', 2],
      [second, n],
    ]);
  const [first, last] = [0, 1].map((sub) => ({ shard: shard(0), seq: '30', sub }));
  const answered = outcome === 'ok' && first !== undefined && last !== undefined ? sent.ok(first, last) : sent.info();
  return answered.page([
    [10, 'a', 0],
    [20, 'a', 1],
    [30, 'a', 2, { sub: 0 }],
    [30, second, n, { sub: 1 }],
  ]);
};

type Case = {
  /** The smallest history that shows it. */
  readonly bad: () => History;
  /** The nearest one that does not. */
  readonly good: () => History;
  /** What stands beside it unexplained, allowed or reported; nothing by default. */
  readonly beside?: readonly AnomalyId[];
  readonly kind?: string;
};

/** For every anomaly: the compiler asks for each id. */
export const smallestCases: Readonly<Record<AnomalyId, Case>> = {
  'inconsistent-offsets': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('b', 0)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'b', 0],
        ])
        .page(
          [
            [10, 'b', 0],
            [20, 'b', 0],
          ],
          { reader: 'r2', chain: 2 },
        ),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('b', 0)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'b', 0],
        ])
        .page(
          [
            [10, 'a', 0],
            [20, 'b', 0],
          ],
          { reader: 'r2', chain: 2 },
        ),
    beside: ['duplicate'],
  },
  duplicate: {
    bad: () => clean().page([[30, 'a', 1]]),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .info()
        .put('a', 1)
        .ok(30)
        .page([
          [10, 'a', 0],
          [30, 'a', 1],
        ]),
  },
  'seq-collision': {
    bad: () =>
      history({}, [lower(0), upper(1)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('b', 0, { shard: 1 })
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[20, 'b', 0]], { shard: 1, chain: 2 }),
    good: () =>
      history({}, [lower(0), upper(1)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('b', 0, { shard: 1 })
        .ok(21)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[21, 'b', 0]], { shard: 1, chain: 2 }),
  },
  'ack-mismatch': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [21, 'a', 1],
        ]),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
  },
  corruption: {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1, { digest: 'ffff' }],
        ]),
    good: clean,
  },
  phantom: {
    bad: () => clean().page([[30, 'a', 2]]),
    good: () =>
      history({ stream: { shared: true } })
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .event({
          type: 'page',
          reader: 'final',
          chain: 1,
          shard: shard(0),
          records: [{ seq: '30', key: 'z' }],
          more: true,
        } as never),
  },
  'aborted-read': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .fail()
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .fail()
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
  },
  'read-from-the-future': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .put('a', 1)
        .ok(20),
    good: clean,
  },
  'seq-out-of-range': {
    bad: () =>
      history({}, [{ ...lower(0), range: [whole[0]?.range[0] ?? '', whole[0]?.range[1] ?? ''], seq: ['15', null] }])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    good: () =>
      history({}, [{ ...lower(0), range: [whole[0]?.range[0] ?? '', whole[0]?.range[1] ?? ''], seq: ['10', null] }])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
  },
  'response-misalignment': {
    bad: () =>
      history()
        .batch([
          ['a', 0],
          ['a', 1],
        ])
        .ok(20, 10)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    good: () =>
      history()
        .batch([
          ['a', 0],
          ['a', 1],
        ])
        .ok(10, 20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
  },
  'arrival-regression': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0, { arrival: 9000 }],
          [20, 'a', 1, { arrival: 5000 }],
        ]),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0, { arrival: 5900 }],
          [20, 'a', 1, { arrival: 5000 }],
        ]),
  },
  'int-nonmonotonic-poll': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [20, 'a', 1],
          [10, 'a', 0],
        ]),
    good: clean,
  },
  'nonmonotonic-poll': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([[20, 'a', 1]])
        .page([[10, 'a', 0]]),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([[10, 'a', 0]])
        .page([[20, 'a', 1]]),
  },
  're-delivery': {
    bad: () => clean().page([[20, 'a', 1]]),
    good: () => clean().page([]),
  },
  'poll-skip': {
    bad: () =>
      clean()
        .page([[10, 'a', 0]], { reader: 'live', chain: 2 })
        .put('a', 2)
        .ok(30)
        .page([[30, 'a', 2]], { reader: 'live', chain: 2 })
        .page([[30, 'a', 2]]),
    good: () =>
      clean()
        .page([[10, 'a', 0]], { reader: 'live', chain: 2 })
        .put('a', 2)
        .ok(30)
        .page(
          [
            [20, 'a', 1],
            [30, 'a', 2],
          ],
          { reader: 'live', chain: 2 },
        )
        .page([[30, 'a', 2]]),
  },
  'resumable-broken': {
    bad: () =>
      clean().page([[20, 'a', 1]], { reader: 'r2', chain: 2, from: { type: 'AFTER_SEQUENCE_NUMBER', seq: '20' } }),
    good: () =>
      clean().page([[20, 'a', 1]], { reader: 'r2', chain: 2, from: { type: 'AFTER_SEQUENCE_NUMBER', seq: '10' } }),
  },
  'reader-divergence': {
    bad: () =>
      clean()
        .put('a', 2)
        .ok(30)
        .page([[30, 'a', 2]])
        .page(
          [
            [10, 'a', 0],
            [30, 'a', 2],
          ],
          { chain: 2, t0: 1 },
        ),
    good: () =>
      clean()
        .put('a', 2)
        .ok(30)
        .page([[30, 'a', 2]])
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
            [30, 'a', 2],
          ],
          { chain: 2 },
        ),
    beside: ['re-delivery'],
  },
  'bookmark-broken': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .wait(6_000_000)
        .page([[10, 'a', 0]], { behind: 0 })
        .page([], { behind: 0 })
        .page([[20, 'a', 1]]),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([[10, 'a', 0]], { behind: 0 })
        .page([[20, 'a', 1]]),
  },
  'premature-shard-end': {
    bad: () =>
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
    good: () => acrossSplit(),
  },
  'stuck-shard-end': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .topology([closed(whole[0], '500'), lower(1, [0], ['600', null]), upper(2, [0], ['600', null])])
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .wait(6_000_000)
        .page([]),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .topology([closed(whole[0], '500'), lower(1, [0], ['600', null]), upper(2, [0], ['600', null])])
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([]),
  },
  'nonmonotonic-session': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'a', 2],
        ])
        .page(
          [
            [10, 'a', 0],
            [30, 'a', 2],
          ],
          { chain: 2, behind: 0, t0: 1 },
        ),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .page([[10, 'a', 0]], { chain: 2, behind: 0 }),
    beside: ['re-delivery', 'reader-divergence'],
  },
  'lost-write': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [30, 'a', 2],
        ]),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'a', 2],
        ]),
    kind: 'middle',
  },
  unseen: {
    bad: () => clean().put('a', 2).ok(30),
    good: clean,
  },
  recovered: {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .info()
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    good: clean,
  },
  'lost-in-view': {
    bad: () =>
      clean()
        .put('a', 2)
        .ok(30)
        .page([[30, 'a', 2]])
        .page(
          [
            [10, 'a', 0],
            [30, 'a', 2],
          ],
          { reader: 'live', chain: 2, t0: 1 },
        ),
    good: () =>
      clean()
        .put('a', 2)
        .ok(30)
        .page([[30, 'a', 2]])
        .page([[10, 'a', 0]], { reader: 'live', chain: 2, t0: 1 }),
  },
  'expired-unread': {
    bad: () =>
      history({ stream: { retentionHours: 1 } })
        .put('a', 0)
        .ok(10)
        .wait(3_600_000_000)
        .put('a', 1)
        .ok(20)
        .put('a', 2)
        .ok(30)
        .page([
          [20, 'a', 1],
          [30, 'a', 2],
        ]),
    good: () =>
      history({ stream: { retentionHours: 2 } })
        .put('a', 0)
        .ok(10)
        .wait(3_600_000_000)
        .put('a', 1)
        .ok(20)
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'a', 2],
        ]),
  },
  'counter-gap': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .fail()
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [30, 'a', 2],
        ]),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .fail()
        .put('a', 1)
        .ok(20)
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'a', 2],
        ]),
    kind: 'gave-up',
  },
  'nonmonotonic-send': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(20)
        .put('a', 1)
        .ok(10)
        .page([
          [10, 'a', 1],
          [20, 'a', 0],
        ]),
    good: clean,
    beside: ['key-reorder'],
  },
  'snfo-broken': {
    // Two shards, by explicit hash keys: nothing but the promise relates the two numbers.
    bad: () =>
      history({}, [lower(0), upper(1)])
        .put('a', 0, { hash: '0' })
        .ok(20)
        .put('a', 1, { hash: String(1n << 127n), shard: 1, after: 20 })
        .ok(10)
        .page([[20, 'a', 0]])
        .page([[10, 'a', 1]], { shard: 1, chain: 2 }),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1, { after: 10 })
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
  },
  'realtime-append-order': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(40)
        .put('b', 0, { producer: 'p2' })
        .ok(30)
        .page([
          [10, 'a', 0],
          [30, 'b', 0, { producer: 'p2' }],
          [40, 'a', 1],
        ]),
    good: clean,
  },
  'int-nonmonotonic-send': {
    bad: () =>
      history()
        .batch([
          ['a', 0],
          ['a', 1],
        ])
        .ok(20, 10)
        .page([
          [10, 'a', 1],
          [20, 'a', 0],
        ]),
    good: () =>
      history()
        .batch([
          ['a', 0],
          ['a', 1],
        ])
        .ok(10, 20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
  },
  'int-send-skip': {
    bad: () =>
      history()
        .put('b', 0, { producer: 'p2' })
        .ok(15)
        .batch([
          ['a', 0],
          ['a', 1],
        ])
        .ok(20, 40)
        .put('b', 1, { producer: 'p2' })
        .ok(30)
        .page([
          [15, 'b', 0, { producer: 'p2' }],
          [20, 'a', 0],
          [30, 'b', 1, { producer: 'p2' }],
          [40, 'a', 1],
        ]),
    good: () =>
      history()
        .batch([
          ['a', 0],
          ['a', 1],
        ])
        .ok(10, 20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    beside: ['realtime-append-order'],
  },
  'key-reorder': {
    bad: () =>
      history()
        .put('a', 0)
        .fail()
        .put('a', 1)
        .ok(10)
        .put('a', 0)
        .ok(20)
        .page([
          [10, 'a', 1],
          [20, 'a', 0],
        ]),
    good: () =>
      history()
        .put('a', 0)
        .fail()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    kind: 'retry',
  },
  'zombie-append': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .info()
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [30, 'a', 2],
          [40, 'a', 1],
        ]),
    good: () =>
      history()
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .info()
        .put('a', 2)
        .ok(30)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'a', 2],
        ]),
    beside: ['recovered'],
  },
  mispartitioned: {
    bad: () =>
      history({}, [lower(0), upper(1)])
        .put('a', 0, { shard: 1 })
        .ok(10)
        .put('a', 1, { shard: 1 })
        .ok(20)
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          { shard: 1 },
        ),
    good: () =>
      history({}, [lower(0), upper(1)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
  },
  'split-key': {
    bad: () =>
      history({}, [])
        .topology([lower(0), lower(1), upper(2)], 'UPDATING')
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
    good: () =>
      history({}, [lower(0), upper(1)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
  },
  'write-to-closed': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(10)
        .topology(split)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    good: () => acrossSplit(),
  },
  'shard-encoding': {
    bad: () =>
      history()
        .put('a', 0)
        .ok(encoded(0, 1))
        .put('a', 1)
        .ok(encoded(7, 2))
        .page([
          [encoded(0, 1), 'a', 0],
          [encoded(7, 2), 'a', 1],
        ]),
    good: () =>
      history()
        .put('a', 0)
        .ok(encoded(0, 1))
        .put('a', 1)
        .ok(encoded(0, 2))
        .page([
          [encoded(0, 1), 'a', 0],
          [encoded(0, 2), 'a', 1],
        ]),
  },
  'hash-hole': {
    bad: () =>
      history({}, [lower(0)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    good: () =>
      history({}, [lower(0), upper(1)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
  },
  'hash-overlap': {
    bad: () =>
      history({}, [whole[0] ?? lower(0), upper(1)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
    good: () =>
      history({}, [lower(0), upper(1)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ]),
  },
  'open-parent': {
    bad: () => clean().topology([{ ...lower(0), range: whole[0]?.range ?? ['0', '0'] }, lower(1, [0]), upper(2, [0])]),
    good: () => clean().topology(split),
  },
  'bad-parentage': {
    bad: () => clean().topology([closed(whole[0], '500'), lower(1, [0], ['600', null]), upper(2, [], ['600', null])]),
    good: () => clean().topology(split),
  },
  'lineage-seq-regression': {
    bad: () => acrossSplit(5, '2'),
    good: () => acrossSplit(),
  },
  'child-before-parent': {
    bad: () =>
      acrossSplit()
        .reader('app', 'subject')
        .page([[700, 'a', 1]], { reader: 'app', chain: 8, shard: 1 })
        .page([[10, 'a', 0]], { reader: 'app', chain: 9, shard: 0 }),
    good: () =>
      acrossSplit()
        .reader('app', 'subject')
        .page([[10, 'a', 0]], { reader: 'app', chain: 9, shard: 0 })
        .page([[700, 'a', 1]], { reader: 'app', chain: 8, shard: 1 }),
  },
  'subject-loss': {
    bad: () =>
      taken().page(
        [
          [10, 'a', 0],
          [30, 'a', 2],
        ],
        app,
      ),
    good: () =>
      taken().page(
        [
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'a', 2],
        ],
        app,
      ),
    kind: 'middle',
  },
  'subject-reorder': {
    bad: () =>
      taken().page(
        [
          [10, 'a', 0],
          [30, 'a', 2],
          [20, 'a', 1],
        ],
        app,
      ),
    good: () =>
      taken().page(
        [
          [10, 'a', 0],
          [20, 'a', 1],
          [30, 'a', 2],
        ],
        app,
      ),
  },
  'subject-duplicate': {
    bad: () =>
      taken().page(
        [
          [10, 'a', 0],
          [20, 'a', 1],
          [20, 'a', 1],
        ],
        app,
      ),
    good: () =>
      taken().page(
        [
          [10, 'a', 0],
          [20, 'a', 1],
        ],
        app,
      ),
    kind: 'same-chain',
  },
  'checkpoint-ahead': {
    bad: () =>
      taken()
        .page([[10, 'a', 0]], app)
        .event(told('checkpoint', 20))
        .page([[20, 'a', 1]], app),
    good: () =>
      taken()
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          app,
        )
        .event(told('checkpoint', 20)),
  },
  'checkpoint-back': {
    bad: () =>
      taken()
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          app,
        )
        .event(told('checkpoint', 20))
        .event(told('checkpoint', 10)),
    good: () =>
      taken()
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          app,
        )
        .event(told('checkpoint', 10))
        .event(told('checkpoint', 20)),
  },
  'two-owners': {
    bad: () =>
      taken()
        .page([[10, 'a', 0]], { ...app, worker: 'w1' })
        .page([[20, 'a', 1]], { ...app, worker: 'w2', chain: 9 })
        .page([[30, 'a', 2]], { ...app, worker: 'w1' }),
    good: () =>
      taken()
        .page([[10, 'a', 0]], { ...app, worker: 'w1' })
        .page([[20, 'a', 1]], { ...app, worker: 'w2', chain: 9 })
        .page([[30, 'a', 2]], { ...app, worker: 'w2', chain: 9 }),
  },
  'effect-reorder': {
    bad: () =>
      taken()
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          app,
        )
        .event(told('done', 20))
        .event(told('done', 10)),
    good: () =>
      taken()
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          app,
        )
        .event(told('done', 10))
        .event(told('done', 20)),
  },
  'effect-duplicate': {
    bad: () =>
      taken()
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          app,
        )
        .event(told('done', 10))
        .event(told('done', 10)),
    good: () =>
      taken()
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          app,
        )
        .event(told('done', 10))
        .event(told('done', 20)),
  },
  'fetched-not-delivered': {
    bad: () =>
      fetching()
        .page(
          [
            [20, 'a', 1],
            [30, 'a', 2],
          ],
          app,
        )
        .event(told('complete')),
    good: () =>
      fetching()
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
            [30, 'a', 2],
          ],
          app,
        )
        .event(told('complete')),
  },
  'subject-discard': {
    bad: () =>
      taken()
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          app,
        )
        .event(told('discard', 20)),
    good: () =>
      taken()
        .page(
          [
            [10, 'a', 0],
            [20, 'a', 1],
          ],
          app,
        )
        .event(told('done', 20)),
  },
  'subject-claim': {
    bad: () =>
      taken().page(
        [
          [10, 'a', 0],
          [15, 'a', 7],
          [20, 'a', 1],
        ],
        app,
      ),
    good: () =>
      taken().page(
        [
          [10, 'a', 0],
          [20, 'a', 1],
        ],
        app,
      ),
  },
  'stray-sub-record': {
    bad: () => aggregated('b', 'info'),
    good: () => aggregated('a', 'info'),
    beside: ['recovered'],
  },
  undeliverable: {
    bad: () => aggregated('b', 'ok'),
    good: () => aggregated('a', 'ok'),
    beside: ['stray-sub-record'],
  },
  'topology-mutation': {
    bad: () =>
      history({}, [lower(0), upper(1)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .topology([upper(0), lower(1)]),
    good: () =>
      history({}, [lower(0), upper(1)])
        .put('a', 0)
        .ok(10)
        .put('a', 1)
        .ok(20)
        .page([
          [10, 'a', 0],
          [20, 'a', 1],
        ])
        .topology([upper(1), lower(0)]),
  },
};

/** A number of AWS's form: creation and record time of November 2026, a counter, the shard's index, version 2. */
function encoded(index: number, counter: number): string {
  const seconds = (1_795_420_800).toString(16).padStart(9, '0');
  const hex = `2${seconds}0${counter.toString(16).padStart(16, '0')}00${seconds}${index.toString(16).padStart(8, '0')}2`;
  return BigInt(`0x${hex}`).toString();
}
