import fc from 'fast-check';
import type { HistoryLine } from '../../../judging/check-history.ts';
import type { ShardInfo } from '../../../model/event.ts';
import { shard } from '../history-builder.ts';

const top = 1n << 128n;
const quarter = (from: number, to: number): readonly [string, string] => [
  String((top / 4n) * BigInt(from)),
  String((top / 4n) * BigInt(to) - 1n),
];
/** MD5 of `a` lies in the first quarter, of `b` in the third. */
const ranges = [quarter(0, 4), quarter(0, 2), quarter(2, 4), quarter(0, 1), quarter(1, 2), quarter(1, 3)];
/** A range that starts above its end; rare. */
const reversed = quarter(0, 2).toReversed() as unknown as readonly [string, string];
const shards = 4;

/** A shard whose parents have smaller indexes. Its range and its numbers are arbitrary. */
const info = (index: number): fc.Arbitrary<ShardInfo> =>
  fc
    .record({
      range: fc.oneof({ weight: 14, arbitrary: fc.constantFrom(...ranges) }, fc.constant(reversed)),
      parents: fc.subarray(
        Array.from({ length: index }, (_, parent) => parent),
        { maxLength: Math.min(2, index) },
      ),
      starting: fc.constantFrom('1', '20', '40'),
      ending: fc.constantFrom(null, null, '15', '35', '60'),
    })
    .map(({ range, parents, starting, ending }) => ({
      shard: shard(index),
      range: range as [string, string],
      parents: parents.map(shard),
      seq: [starting, ending],
    }));

const listing = fc.record({
  listed: fc.subarray(
    Array.from({ length: shards }, (_, index) => index),
    { minLength: 1 },
  ),
  isActive: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
});

const stored = fc.record({
  key: fc.constantFrom('a', 'b'),
  hash: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, fc.constantFrom('0', String(top - 1n))),
  shard: fc.nat({ max: shards - 1 }),
  seq: fc.integer({ min: 1, max: 60 }),
  /** The listing before which it is put. */
  at: fc.nat({ max: 2 }),
  isRead: fc.boolean(),
});

export const topologies = fc
  .record({
    infos: fc.tuple(info(0), info(1), info(2), info(3)),
    later: fc.tuple(info(0), info(1), info(2), info(3)),
    changed: fc.oneof({ weight: 3, arbitrary: fc.constant<number[]>([]) }, fc.subarray([0, 1, 2, 3])),
    listings: fc.array(listing, { minLength: 1, maxLength: 3 }),
    records: fc.uniqueArray(stored, { maxLength: 6, selector: ({ shard: index, seq }) => `${index} ${seq}` }),
    ends: fc.array(fc.boolean(), { minLength: shards, maxLength: shards }),
    children: fc.array(fc.option(fc.subarray([0, 1, 2, 3]), { nil: undefined }), {
      minLength: shards,
      maxLength: shards,
    }),
  })
  .map(({ infos, later, changed, listings, records, ends, children }) => {
    const lines: object[] = [{ type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' }];
    let t = 0;
    const counts = new Map<string, number>();
    const read = new Map<number, { readonly seq: string; readonly key: string; readonly n: number }[]>();
    let known: readonly number[] = [];
    for (const [at, { listed, isActive }] of listings.entries()) {
      t += 10;
      // A shard that was listed once stays listed.
      known = [...new Set([...known, ...listed])].sort((a, b) => a - b);
      const own = known.map((index) =>
        at > 0 && changed.includes(index) ? { ...later[index], range: infos[index]?.range } : infos[index],
      );
      lines.push({ t, type: 'topology', status: isActive ? 'ACTIVE' : 'UPDATING', shards: own });
      for (const one of records.filter((other) => other.at === at)) {
        t += 10;
        const n = counts.get(one.key) ?? 0;
        counts.set(one.key, n + 1);
        const entry = { key: one.key, n, ...(one.hash === undefined ? {} : { hash: one.hash }) };
        lines.push({ t, type: 'put', op: t, producer: 'p', api: 'PutRecord', entries: [entry] });
        t += 10;
        const results = [{ shard: shard(one.shard), seq: String(one.seq) }];
        lines.push({ t, type: 'ack', op: t - 10, outcome: 'ok', results });
        if (one.isRead)
          read.set(one.shard, [...(read.get(one.shard) ?? []), { seq: String(one.seq), key: one.key, n }]);
      }
    }
    lines.push({ t, type: 'reader', reader: 'f', role: 'final' });
    for (let index = 0; index < shards; index += 1) {
      t += 10;
      const records = (read.get(index) ?? [])
        .sort((a, b) => Number(a.seq) - Number(b.seq))
        .map((one) => ({ ...one, producer: 'p' }));
      const named = children[index]?.map(shard);
      lines.push({
        t,
        type: 'page',
        reader: 'f',
        chain: index,
        shard: shard(index),
        from: { type: 'TRIM_HORIZON' },
        records,
        more: ends[index] === false,
        ...(ends[index] === true && named !== undefined ? { children: named } : {}),
      });
    }
    lines.push({ t, type: 'end', reason: 'completed' });
    return lines as HistoryLine[];
  });
