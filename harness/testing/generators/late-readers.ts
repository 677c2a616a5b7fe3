import { type Random, seededRandom } from '../../lib/random.ts';
import type { Head, HistoryEvent, IteratorStart, PageEvent, ReadRecord } from '../../model/event.ts';
import { compareSequence } from '../../model/sequence-number.ts';

type Line = Head | HistoryEvent;
/** A stored record, and the index of the line on which it was first known. */
type Stored = { readonly record: ReadRecord; readonly known: number };

/**
 * `odd`: the percentage of iterators that begin one place too early or too late. `again`: the most times that a reader
 * begins again, at an earlier place, right after the last, or from the beginning.
 */
export type LateReaders = { readonly readers: number; readonly odd: number; readonly again?: number };

/**
 * The same history with more live readers. They begin a shard at its tip, at a time, at or after a number, or at its
 * beginning, and receive what other readers received from there on, until they stop.
 */
export const withLateReaders = (lines: readonly Line[], seed: string, shape: LateReaders): readonly Line[] => {
  const random = seededRandom(seed);
  const shards = storedOf(lines);
  const pages: { readonly at: number; readonly page: PageEvent }[] = [];
  for (let reader = 0; reader < shape.readers; reader += 1)
    for (const [shard, stored] of shards)
      if (random.int(0, 2) > 0) {
        const chain = { reader: `late-${reader}`, chain: 1000 * (1 + pages.length), shard };
        pages.push(...new Reading(random, lines, stored, chain).run(shape));
      }
  return inserted(lines, pages);
};

/** What any reader received, by shard, in the order of sequence numbers. */
const storedOf = (lines: readonly Line[]): ReadonlyMap<string, readonly Stored[]> => {
  const acked = new Map<string, number>();
  const shards = new Map<string, Map<string, Stored>>();
  for (const [index, line] of lines.entries()) {
    if (line.type === 'ack')
      for (const result of line.results ?? []) if ('seq' in result) acked.set(`${result.shard} ${result.seq}`, index);
    if (line.type !== 'page') continue;
    const own = shards.get(line.shard) ?? new Map<string, Stored>();
    shards.set(line.shard, own);
    for (const record of line.records ?? [])
      if (!own.has(record.seq))
        own.set(record.seq, { record, known: acked.get(`${line.shard} ${record.seq}`) ?? index });
  }
  return new Map([...shards].map(([shard, own]) => [shard, [...own.values()].sort(byNumber)]));
};

const byNumber = (one: Stored, other: Stored): number => compareSequence(one.record.seq, other.record.seq);

type Name = { readonly reader: string; readonly chain: number; readonly shard: string };
type Begin = { readonly from: IteratorStart; readonly next: number };
type Chain = { from: IteratorStart | undefined; readonly number: number };
type Placed = { readonly at: number; readonly page: PageEvent };

/** One chain, from its iterator to its last page. */
class Reading {
  readonly #random: Random;
  readonly #lines: readonly Line[];
  readonly #stored: readonly Stored[];
  readonly #name: Name;

  constructor(random: Random, lines: readonly Line[], stored: readonly Stored[], name: Name) {
    this.#random = random;
    this.#lines = lines;
    this.#stored = stored;
    this.#name = name;
  }

  run({ odd, again = 0 }: LateReaders): readonly Placed[] {
    const random = this.#random;
    let at = random.int(2, this.#lines.length - 2);
    let begin = this.#begin(at);
    const made: Placed[] = [];
    for (let times = random.int(0, again); times >= 0 && at < this.#lines.length; times -= 1) {
      const first = Math.max(0, begin.next + (random.int(1, 100) <= odd ? random.pick([-1, 1]) : 0));
      const chain: Chain = { from: begin.from, number: made.length };
      let cursor = first;
      for (let left = random.int(1, 12); left > 0 && at < this.#lines.length; left -= 1) {
        const end = Math.min(this.#visible(cursor, at), cursor + random.pick([0, 1, 3, 10, 100]));
        made.push({ at, page: this.#page(at, chain, [cursor, end]) });
        chain.from = undefined;
        cursor = end;
        at += random.int(0, Math.ceil(this.#lines.length / 8));
      }
      begin = this.#beginAgain(Math.min(first, cursor), cursor);
    }
    return made;
  }

  #beginAgain(first: number, end: number): Begin {
    const next = this.#random.int(first, end);
    const [here, before] = [this.#stored[next]?.record, this.#stored[next - 1]?.record];
    const type = this.#random.pick(['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', ''] as const);
    if (type === 'AT_SEQUENCE_NUMBER' && here !== undefined) return { from: { type, seq: here.seq }, next };
    if (type === 'AFTER_SEQUENCE_NUMBER' && before !== undefined) return { from: { type, seq: before.seq }, next };
    return { from: { type: 'TRIM_HORIZON' }, next: 0 };
  }

  /** The index after the last record from `cursor` on that is known before line `at`. */
  #visible(cursor: number, at: number): number {
    let end = cursor;
    while ((this.#stored[end]?.known ?? Number.POSITIVE_INFINITY) < at) end += 1;
    return end;
  }

  #page(at: number, { from, number }: Chain, [cursor, end]: readonly [number, number]): PageEvent {
    const t = this.#timeAt(at);
    const records = this.#stored.slice(cursor, end).map(({ record }) => record);
    const behind = end < this.#visible(end, at) ? 5 : 0;
    const began = from === undefined ? {} : { from: { ...from, t0: t, t } };
    return {
      type: 'page',
      t,
      t0: t,
      ...this.#name,
      chain: this.#name.chain + number,
      ...began,
      records,
      behind,
      more: true,
    } as PageEvent;
  }

  #timeAt(at: number): number {
    const line = this.#lines[at - 1];
    return line === undefined || line.type === 'head' ? 0 : line.t;
  }

  #begin(at: number): Begin {
    const tip = this.#visible(0, at);
    const next = this.#random.int(Math.max(0, tip - this.#random.pick([2, 10, 1000])), tip);
    const [here, before] = [this.#stored[next]?.record, this.#stored[next - 1]?.record];
    const type = this.#random.pick([
      'LATEST',
      'AT_TIMESTAMP',
      'AT_SEQUENCE_NUMBER',
      'AFTER_SEQUENCE_NUMBER',
      '',
    ] as const);
    if (type === 'LATEST') return { from: { type }, next: tip };
    if (type === 'AT_TIMESTAMP' && here?.arrival !== undefined && before?.arrival !== here.arrival)
      return { from: { type, at: here.arrival }, next };
    if (type === 'AT_SEQUENCE_NUMBER' && here !== undefined) return { from: { type, seq: here.seq }, next };
    if (type === 'AFTER_SEQUENCE_NUMBER' && before !== undefined) return { from: { type, seq: before.seq }, next };
    return { from: { type: 'TRIM_HORIZON' }, next: 0 };
  }
}

/** Inserts each page before the line at its index. */
const inserted = (lines: readonly Line[], pages: readonly Placed[]): readonly Line[] => {
  const before = new Map<number, PageEvent[]>();
  for (const { at, page } of pages) before.set(at, [...(before.get(at) ?? []), page]);
  return lines.flatMap((line, index) => [...(before.get(index) ?? []), line]);
};
