import { Fenwick } from './fenwick.ts';

/** Finds, among the records of one flow that were noted before, those with larger numbers. */
export class LargerBefore {
  readonly #rank: ReadonlyMap<number, number>;
  readonly #latest: Fenwick;
  readonly #earliest: Fenwick;
  readonly #largest: Fenwick;
  count = 0;

  constructor(records: readonly number[], nOf: (record: number) => number, sentOf: (record: number) => number) {
    // Rank 0 is the largest number, so "all larger ones" is a prefix.
    const sorted = records.toSorted((a, b) => nOf(b) - nOf(a));
    this.#rank = new Map(sorted.map((record, index) => [record, index]));
    this.#latest = new Fenwick(sorted.length, sentOf);
    this.#earliest = new Fenwick(sorted.length, (record) => -sentOf(record));
    this.#largest = new Fenwick(sorted.length, nOf);
  }

  get #trees(): readonly Fenwick[] {
    return [this.#latest, this.#earliest, this.#largest];
  }

  note(record: number): void {
    for (const tree of this.#trees) tree.add(this.#rank.get(record) ?? 0, record);
    this.count += 1;
  }

  /** Forgets these records, which must be those that were noted last. */
  forget(records: readonly number[]): void {
    for (const record of records.toReversed())
      for (const tree of this.#trees) tree.removeLast(this.#rank.get(record) ?? 0);
    this.count -= records.length;
  }

  of(record: number): {
    readonly count: number;
    readonly latest: number;
    readonly earliest: number;
    readonly largest: number;
  } {
    const above = this.#rank.get(record) ?? 0;
    const count = this.#latest.count(above);
    if (count === 0) return none;
    const [latest, earliest, largest] = [this.#latest, this.#earliest, this.#largest].map((tree) => tree.best(above));
    return { count, latest: latest ?? -1, earliest: earliest ?? -1, largest: largest ?? -1 };
  }
}

const none = { count: 0, latest: -1, earliest: -1, largest: -1 } as const;
