import fc from 'fast-check';
import type { HistoryLine } from '../../../judging/check-history.ts';
import { digestOf } from '../../../model/digest.ts';
import { hashKeyMax, hashKeyOf } from '../../../model/hash-key.ts';

/** A shard that was split in two. Records of two keys, some in the parent, some in the children, with a few copies. */
const half = hashKeyMax / 2n;
const shards = [
  { shard: 's0', range: ['0', String(hashKeyMax)], parents: [], seq: ['0', '99'] },
  { shard: 's1', range: ['0', String(half)], parents: ['s0'], seq: ['100', null] },
  { shard: 's2', range: [String(half + 1n), String(hashKeyMax)], parents: ['s0'], seq: ['100', null] },
] as const;

const keys = ['a', 'b', 'k0', 'k5'] as const;
const childOf = (key: string): string => (hashKeyOf(key) <= half ? 's1' : 's2');

type Stored = {
  readonly shard: string;
  readonly seq: string;
  readonly key: string;
  readonly n: number;
  readonly digest: string;
};

const recordsMax = 8;

/** Records in the order in which they were put. `isCopy`: a copy of the previous record. */
const stored = fc
  .array(fc.record({ key: fc.constantFrom(...keys.slice(0, 2)), isCopy: fc.constantFrom(false, false, false, true) }), {
    minLength: 1,
    maxLength: recordsMax,
  })
  .chain((drafts) => fc.record({ drafts: fc.constant(drafts), split: fc.nat({ max: drafts.length }) }))
  .map(({ drafts, split }) => {
    const counts = new Map<string, number>();
    const records: Stored[] = [];
    for (const [index, { key, isCopy }] of drafts.entries()) {
      const copied = isCopy ? records.at(-1) : undefined;
      const own = copied?.key ?? key;
      const n = copied?.n ?? counts.get(own) ?? 0;
      counts.set(own, n + 1);
      const isEarly = index < split;
      const place = { shard: isEarly ? 's0' : childOf(own), seq: String(isEarly ? 10 + index : 110 + index) };
      records.push({ ...place, key: own, n, digest: digestOf(Buffer.from(`${own} ${n}`)) });
    }
    return records;
  });

const workers = fc.constantFrom(undefined, 'w1', 'w2');
const readers = fc.constantFrom('app/1', 'app/2');
const lanes = fc.constantFrom(undefined, undefined, 0, 1);
const shardNames = fc.constantFrom('s0', 's1', 's2');
/** The index of a record in its shard. Above all of them: a place without a record. */
const which = fc.nat({ max: recordsMax });

/** What an application does or reports, one at a time. */
const deed = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('deliver' as const),
      reader: readers,
      worker: workers,
      lane: lanes,
      shard: shardNames,
      records: fc.array(which, { minLength: 1, maxLength: 4 }),
      isNew: fc.boolean(),
      isNamed: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom('done' as const, 'checkpoint' as const),
      reader: readers,
      worker: workers,
      shard: shardNames,
      at: which,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('discard' as const),
      reader: readers,
      worker: workers,
      shard: shardNames,
      at: which,
      to: fc.constantFrom(undefined, 'dlq'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('start' as const),
      reader: readers,
      worker: workers,
      shard: shardNames,
      at: fc.constantFrom('TRIM_HORIZON' as const, 'LATEST' as const, 0, 1, 2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom('lost' as const, 'end' as const, 'failed' as const),
      reader: readers,
      worker: workers,
      shard: shardNames,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('shard-end' as const),
      reader: readers,
      worker: workers,
      shard: shardNames,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('fetch' as const),
      shard: shardNames,
      records: fc.array(which, { maxLength: 5 }),
    }),
  },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

const owes = fc.oneof(
  fc.constant(undefined),
  fc.record(
    {
      from: fc.constantFrom('TRIM_HORIZON' as const, 'LATEST' as const),
      shards: fc.constantFrom('all' as const, ['s0'], ['s1']),
      until: fc.constantFrom('done' as const, 'acked' as const),
    },
    { requiredKeys: ['from'] },
  ),
);

const drawn = fc.record({
  stored,
  /** True if puts are spread among the deeds; otherwise all come before them. */
  isSpread: fc.boolean(),
  deeds: fc.array(deed, { minLength: 1, maxLength: 12 }),
  owes,
  isOneGroup: fc.boolean(),
  isComplete: fc.boolean(),
  isFiltering: fc.constantFrom(undefined, undefined, undefined, true),
  hasFinal: fc.constantFrom(true, true, true, true, false),
  isPipeline: fc.boolean(),
});

/** Applications that receive any records and report anything, over a stream that keeps its promises. */
export const consumersUnderTest: fc.Arbitrary<readonly HistoryLine[]> = drawn.map((one) => {
  const lines: object[] = [
    {
      type: 'head',
      format: 'kinesis-order-history',
      version: 1,
      run: 'r',
      ...(one.isPipeline ? { question: 'pipeline' } : {}),
    },
    ...['app/1', 'app/2'].map((reader) => ({
      type: 'reader',
      reader,
      role: 'subject',
      ...(one.isOneGroup ? { group: 'app' } : {}),
      ...(one.owes === undefined ? {} : { owes: one.owes }),
      ...(one.isFiltering === undefined ? {} : { filter: true }),
    })),
    { type: 'reader', reader: 'client', role: 'live', of: one.isOneGroup ? 'app' : 'app/1' },
    { type: 'phase', phase: 'load' },
  ];
  const puts = one.stored.map((record, op) => () => put(lines, record, op));
  const chains = new Map<string, number>();
  const deeds = one.deeds.map((what) => () => play(lines, one.stored, chains, what));
  for (const step of one.isSpread ? spread(puts, deeds) : [...puts, ...deeds]) step();
  lines.push({ type: 'phase', phase: 'drain' });
  if (one.isComplete)
    for (const reader of ['app/1', 'app/2']) lines.push({ type: 'subject', reader, event: 'complete' });
  if (one.hasFinal) readAll(lines, one.stored);
  lines.push({ type: 'topology', status: 'ACTIVE', shards }, { type: 'end', reason: 'completed' });
  return lines.map((line, index) => timed(line, 10 * index)) as HistoryLine[];
});

const timed = (line: object, t: number): object => {
  if ('format' in line) return line;
  const from = 'from' in line ? { from: { t0: t, t, ...(line.from as object) } } : {};
  return { t, ...line, ...from };
};

const spread = <T>(a: readonly T[], b: readonly T[]): readonly T[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [a[i], b[i]].filter((x) => x !== undefined)).flat();

const put = (lines: object[], { shard, seq, key, n, digest }: Stored, op: number): void => {
  lines.push({ type: 'put', op, producer: 'p', api: 'PutRecord', entries: [{ key, n, digest }] });
  lines.push({ type: 'ack', op, outcome: 'ok', results: [{ shard, seq }] });
};

/** A record of the shard, or a place that nobody knows if nothing is stored there. */
const recordAt = (all: readonly Stored[], shard: string, index: number): { readonly seq: string } & Partial<Stored> => {
  const own = all.filter((record) => record.shard === shard);
  return own[index] ?? own[own.length - 1] ?? { seq: shard === 's0' ? '50' : '150' };
};

const read = ({ seq, key, n, digest }: Partial<Stored>, isNamed = true): object => ({
  seq,
  ...(key === undefined ? { digest: '00000000000000aa' } : { key, digest, ...(isNamed ? { producer: 'p', n } : {}) }),
});

const play = (lines: object[], all: readonly Stored[], chains: Map<string, number>, what: Deed): void => {
  if (what.type === 'deliver') return deliver(lines, all, chains, what);
  if (what.type === 'fetch') {
    const records = what.records
      .map((index) => recordAt(all, what.shard, index))
      .filter(({ key }) => key !== undefined);
    const sorted = [...new Set(records)].sort((a, b) => Number(a.seq) - Number(b.seq));
    lines.push({
      type: 'page',
      reader: 'client',
      chain: lines.length,
      shard: what.shard,
      from: { type: 'UNKNOWN' },
      records: sorted.map((record) => read(record)),
    });
    return;
  }
  const { reader, worker, shard } = what;
  const who = { type: 'subject', reader, ...(worker === undefined ? {} : { worker }), shard };
  if (what.type === 'shard-end') lines.push({ ...who, event: 'checkpoint', at: 'SHARD_END' });
  else if (what.type === 'start')
    lines.push({
      ...who,
      event: 'start',
      at: typeof what.at === 'number' ? recordAt(all, shard, what.at).seq : what.at,
    });
  else if ('at' in what) {
    const to = 'to' in what && what.to !== undefined ? { to: what.to } : {};
    lines.push({ ...who, event: what.type, seq: recordAt(all, shard, what.at).seq, ...to });
  } else lines.push({ ...who, event: what.type });
};

const deliver = (
  lines: object[],
  all: readonly Stored[],
  chains: Map<string, number>,
  { reader, worker, lane, shard, records, isNew, isNamed }: Extract<Deed, { type: 'deliver' }>,
): void => {
  const owner = JSON.stringify([reader, worker, lane, shard]);
  const known = isNew ? undefined : chains.get(owner);
  const chain = known ?? lines.length;
  chains.set(owner, chain);
  lines.push({
    type: 'page',
    reader,
    chain,
    shard,
    ...(worker === undefined ? {} : { worker }),
    ...(lane === undefined ? {} : { lane }),
    ...(known === undefined ? { from: { type: 'UNKNOWN' } } : {}),
    records: records.map((index) => read(recordAt(all, shard, index), isNamed)),
  });
};

const readAll = (lines: object[], all: readonly Stored[]): void => {
  lines.push({ type: 'reader', reader: 'final', role: 'final' });
  for (const [index, { shard, seq }] of shards.entries())
    lines.push({
      type: 'page',
      reader: 'final',
      chain: 10_000 + index,
      shard,
      from: { type: 'TRIM_HORIZON' },
      records: all.filter((record) => record.shard === shard).map((record) => read(record)),
      behind: 0,
      more: seq[1] === null,
    });
};
