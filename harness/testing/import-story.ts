import fc from 'fast-check';

/** One delivery: the record, and when the consumer handled it. */
export type Handled = {
  readonly shard: number;
  readonly key: string;
  readonly n: number;
  readonly seq: string;
  readonly time: number;
};

/** What a consumer handled, in its order. `broken`: keys whose order it, or the stream, broke. */
export type Story = { readonly handled: readonly Handled[]; readonly broken: readonly string[] };

type Plan = {
  readonly keys: readonly number[];
  readonly first: number;
  readonly swap: { readonly where: 'nowhere' | 'stream' | 'consumer'; readonly from: number };
  readonly again: number;
};

/** Stories of two shards and up to four keys, the counter of each of which rises by one. */
export const stories: fc.Arbitrary<Story> = fc
  .record({
    keys: fc.array(fc.nat({ max: 3 }), { minLength: 8, maxLength: 30 }),
    first: fc.constantFrom(0, 1, 5000),
    swap: fc.record({ where: fc.constantFrom('nowhere', 'stream', 'consumer'), from: fc.nat({ max: 30 }) }),
    again: fc.nat({ max: 3 }),
  })
  .map(storyOf);

function storyOf({ keys, first, swap, again }: Plan): Story {
  const counts = new Map<number, number>();
  const sent = keys.map((key) => {
    const n = counts.get(key) ?? first;
    counts.set(key, n + 1);
    return { shard: key % 2, key: `order-${key}`, n };
  });
  const stored = (swap.where === 'stream' ? swapped(sent, swap.from) : sent).map((record, at) => ({
    ...record,
    seq: `4966${String((at + 1) * 1000 + record.shard).padStart(52, '0')}`,
  }));
  const given = swap.where === 'consumer' ? swapped(stored, swap.from) : stored;
  const middle = Math.floor(given.length / 2);
  // The consumer restarts, and gets the latest records of a shard again.
  const back = given.slice(0, middle).filter(({ shard }) => shard === given[middle]?.shard);
  const all = [
    ...given.slice(0, middle),
    ...back.slice(back.length - Math.min(again, back.length)),
    ...given.slice(middle),
  ];
  const handled = all.map((record, at) => ({ ...record, time: Date.UTC(2026, 10, 24, 9) + at * 1500 }));
  return { handled, broken: [...new Set(brokenIn(handled))].sort() };
}

/** The first record at or after `from` changes places with the next one of its key. */
const swapped = <One extends { readonly key: string }>(records: readonly One[], from: number): readonly One[] => {
  for (const [at, one] of records.entries()) {
    const other = records.findIndex(({ key }, index) => index > at && key === one.key);
    if (at >= from % records.length && other >= 0)
      return records.map((record, index) => (index === at ? (records[other] as One) : index === other ? one : record));
  }
  return records;
};

/** By first deliveries: a swap in the stream reaches the consumer. */
const brokenIn = (handled: readonly Handled[]): readonly string[] => {
  const seen = new Map<string, Set<number>>();
  return handled.flatMap(({ key, n }) => {
    const before = seen.get(key) ?? new Set();
    const isLate = !before.has(n) && [...before].some((other) => other > n);
    seen.set(key, before.add(n));
    return isLate ? [key] : [];
  });
};
