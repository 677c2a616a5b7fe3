import type { HistoryLine } from '../../judging/check-history.ts';
import { history, lower, shard, upper } from './history-builder.ts';

const range = (from: bigint, to: bigint): readonly [string, string] => [String(from), String(to)];
const quarter = 1n << 126n;

/** The children of the lower half. */
const children = [
  { shard: shard(2), range: range(0n, quarter - 1n), parents: [shard(0)], seq: ['1000', null] },
  { shard: shard(3), range: range(quarter, 2n * quarter - 1n), parents: [shard(0)], seq: ['1000', null] },
] as const;

const order = ['key-reorder', 'nonmonotonic-send'];
/** The first hash key of each shard. */
const starts = [0n, 2n * quarter, 0n, quarter].map(String);

export type Kinds = {
  /** Adds a consumer under test that owes everything and received everything. */
  readonly hasSubject?: boolean;
  /** One PutRecords for two records of a key. Otherwise each is sent after the answer to the previous one. */
  readonly isBatched?: boolean;
  readonly recordsPerKey?: number;
  /** Only a live reader reads the other half of the stream. */
  readonly isFinalIncomplete?: boolean;
};

type Given = readonly [seq: number, key: string, n: number];

/**
 * A history that holds and has a place for every mistake. Key `a` begins in the lower half and continues in a child of
 * it; key `b` is written to the upper half. With one record a key nothing is split, and no order is judged.
 */
export const measuredHistory = ({
  hasSubject = false,
  isBatched = false,
  recordsPerKey: count = 6,
  isFinalIncomplete = false,
}: Kinds = {}): readonly HistoryLine[] => {
  const built = history(
    {
      startedAt: '2026-11-23T08:00:00.000Z',
      seed: '7',
      ...(count > 1 ? {} : { scenario: { expect: { ignore: order } } }),
    },
    [lower(0), upper(1)],
  );
  if (isFinalIncomplete) built.reader('live', 'live');
  if (hasSubject)
    built.event({ type: 'reader', reader: 'mine', role: 'subject', owes: { from: 'TRIM_HORIZON', shards: 'all' } });
  const stored = new Map<number, Given[]>();
  const put = (key: string, ns: readonly number[], at: number, base: number): void => {
    const seqs = ns.map((n) => base + 10 * (n + 1));
    const places = seqs.map((seq) => ({ shard: shard(at), seq: String(seq) }));
    if (isBatched) built.batch(ns.map((n) => [key, n])).ok(...places);
    else for (const [index, n] of ns.entries()) built.put(key, n).ok(...places.slice(index, index + 1));
    stored.set(at, [...(stored.get(at) ?? []), ...ns.map((n, index): Given => [seqs[index] ?? 0, key, n])]);
  };
  const numbers = Array.from({ length: count }, (_, n) => n);
  const isSplit = count > 1;
  const half = Math.ceil(count / 2);
  put('b', numbers, 1, 0);
  put('a', numbers.slice(0, half), 0, 0);
  if (isSplit) {
    built.event({ type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: [shard(0)] });
    built.event({ type: 'reshard', id: 1, phase: 'ok' });
    built.topology([{ ...lower(0), seq: ['1', '900'] }, upper(1), ...children]);
    put('a', numbers.slice(half), 2, 1000);
  }
  for (const at of isSplit ? [1, 2, 3] : [0, 1]) {
    const seq = 2000 + at;
    built
      .put(`sentinel-${at}`, 0, { role: 'sentinel', hash: starts[at] ?? '' })
      .ok({ shard: shard(at), seq: String(seq) });
    stored.set(at, [...(stored.get(at) ?? []), [seq, `sentinel-${at}`, 0]]);
  }
  const read = (reader: string, chain: number, at: number): void => {
    const more = at === 0 && isSplit ? { more: false, children: children.map((child) => child.shard) } : {};
    built.page(stored.get(at) ?? [], { reader, chain: chain + at, shard: at, ...more });
  };
  for (const at of stored.keys()) if (isFinalIncomplete && at === 1) read('live', 50, at);
  for (const at of stored.keys()) if (!isFinalIncomplete || at !== 1) read('final', 10, at);
  if (hasSubject) {
    for (const at of stored.keys()) read('mine', 20, at);
    built.event({ type: 'subject', reader: 'mine', event: 'complete' });
  }
  return built.end().lines;
};
