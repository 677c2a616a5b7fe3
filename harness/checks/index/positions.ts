import { Ints } from '../../lib/columns.ts';
import { sortRuns } from './sort-runs.ts';
import { outcome, type Tables } from './tables.ts';

/**
 * Every place (shard, seq, sub) that was acknowledged or read, as one integer; inside a shard the integers ascend with
 * the place, without gaps. After this, order is a comparison of small numbers, and "between" is a subtraction. Sub 0 of
 * a plain record, as KCL says it, is the place of that record.
 */
export type Positions = {
  readonly count: number;
  readonly shard: Ints;
  /** Per shard: its first position, and how many it has. */
  readonly first: Ints;
  readonly size: Ints;
  /** -1: it has none. */
  readonly ofEntry: Int32Array;
  readonly ofRead: Int32Array;
  /** Acknowledgements of a place: `ackHead`, then `ackNext`, until -1. Reads likewise. */
  readonly ackHead: Ints;
  readonly ackNext: Int32Array;
  readonly readHead: Ints;
  readonly readNext: Int32Array;
  /** A hash of the number, made while the number is at hand: to look it up again is slow. */
  readonly tag: Ints;
  /** Places whose number may encode its shard (`looksEncoded`), ascending. */
  readonly encoded: Ints;
  /** Into `sequences`. */
  readonly number: (position: number) => number;
  readonly seq: (position: number) => string;
  readonly sub: (position: number) => number;
};

export const rankPositions = (tables: Tables): Positions => {
  const entries = tables.entryOp.length;
  const reads = tables.readPage.length;
  // Entries and reads are numbered together: entries first.
  const { sequences } = tables;
  const numberOf = (item: number): number =>
    item < entries ? tables.entryNumber.at(item) : tables.numberOfRead(item - entries);
  const subOf = (item: number): number =>
    (item < entries ? tables.entrySub.get(item) : tables.readSub.get(item - entries)) ?? -1;
  const hasSubs = tables.entrySub.size + tables.readSub.size > 0;
  const compare = (a: number, b: number): number =>
    sequences.compare(numberOf(a), numberOf(b)) || (hasSubs ? Math.max(subOf(a), 0) - Math.max(subOf(b), 0) : 0);

  const ranked = emptyPositions(entries, reads);
  const sample = new Ints(entries + 64);
  for (const items of itemsByShard(tables, entries)) {
    const shard = ranked.first.push(sample.length);
    const { items: sorted, isStrict } = sortRuns(items.data.subarray(0, items.length), compare);
    let before = -1;
    for (const item of sorted) {
      if (isStrict || before < 0 || compare(before, item) !== 0) {
        sample.push(item);
        ranked.shard.push(shard);
        const number = numberOf(item);
        ranked.tag.push(sequences.tag(number));
        if (sequences.looksEncoded(number)) ranked.encoded.push(sample.length - 1);
        ranked.ackHead.push(-1);
        ranked.readHead.push(-1);
      } else if (hasSubs && subOf(item) < 0) sample.set(sample.length - 1, item);
      place(ranked, item, sample.length - 1, entries);
      before = item;
    }
    ranked.size.push(sample.length - ranked.first.at(shard));
  }
  placeKnownReads(tables, ranked);
  return {
    ...ranked,
    count: sample.length,
    number: (position) => numberOf(sample.at(position)),
    seq: (position) => sequences.text(numberOf(sample.at(position))),
    sub: (position) => subOf(sample.at(position)),
  };
};

const emptyPositions = (entries: number, reads: number): Omit<Positions, 'count' | 'number' | 'seq' | 'sub'> => ({
  shard: new Ints(),
  tag: new Ints(),
  encoded: new Ints(),
  first: new Ints(),
  size: new Ints(),
  ofEntry: new Int32Array(entries).fill(-1),
  ofRead: new Int32Array(reads).fill(-1),
  ackHead: new Ints(),
  ackNext: new Int32Array(entries).fill(-1),
  readHead: new Ints(),
  readNext: new Int32Array(reads).fill(-1),
});

const place = (
  ranked: Omit<Positions, 'count' | 'number' | 'seq' | 'sub'>,
  item: number,
  position: number,
  entries: number,
): void => {
  if (item < entries) {
    ranked.ofEntry[item] = position;
    ranked.ackNext[item] = ranked.ackHead.at(position);
    ranked.ackHead.set(position, item);
  } else {
    ranked.ofRead[item - entries] = position;
    ranked.readNext[item - entries] = ranked.readHead.at(position);
    ranked.readHead.set(position, item - entries);
  }
};

/** Places the reads that were found at their entry's place when they came. They are not sorted or compared again. */
const placeKnownReads = (tables: Tables, ranked: Omit<Positions, 'count' | 'number' | 'seq' | 'sub'>): void => {
  for (let read = 0; read < tables.readPage.length; read += 1) {
    const entry = tables.readEntry.at(read);
    if (entry < 0) continue;
    const position = ranked.ofEntry[entry] ?? -1;
    ranked.ofRead[read] = position;
    ranked.readNext[read] = ranked.readHead.at(position);
    ranked.readHead.set(position, read);
  }
};

const itemsByShard = (tables: Tables, entries: number): readonly Ints[] => {
  const lists = tables.shards.names.map(() => new Ints(16));
  for (let entry = 0; entry < entries; entry += 1) {
    if (tables.entryStatus.at(entry) === outcome.ok) lists[tables.entryShard.at(entry)]?.push(entry);
  }
  for (let page = 0; page < tables.pageLine.length; page += 1) {
    const list = lists[tables.chains[tables.pageChain.at(page)]?.shard ?? -1];
    const first = tables.pageFirst.at(page);
    for (let read = first; read < first + tables.pageCount.at(page); read += 1) {
      if (tables.readEntry.at(read) < 0) list?.push(entries + read);
    }
  }
  return lists;
};
