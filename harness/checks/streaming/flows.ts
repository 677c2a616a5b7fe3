import { Ints } from '../../lib/columns.ts';
import type { Tables } from '../index/tables.ts';

/** A row of eight numbers, half a cache line: all that is kept of one flow. */
const perRow = 8;
const field = {
  /** The last acknowledged sequence number as two sums, and whether there is one. */
  ackedOne: 0,
  ackedTwo: 1,
  isAcked: 2,
  /**
   * The `n` to be sent next, and the `n` to be read next. Both count up from `#first`. With a sparse counter: the
   * smallest `n` that may come.
   */
  sent: 3,
  read: 4,
  /** How many of its records are in flight. */
  open: 5,
  /** The weakest produce mode so far. */
  mode: 6,
  /** The shard in which it was read last; -1: none yet. */
  shard: 7,
} as const;

const acked = { known: 1, somehow: 2 } as const;

/** Stands for the next numbers of a flow that is set aside: it is judged in a second reading, and ignored here. */
const aside = -2;

/** How a record that is read relates to those of its flow before it. */
export const readAs = { next: 0, copy: 1, aside: 2, odd: 3 } as const;

/** With a sparse counter: how many records were sent, and read. */
const perCount = 2;

/** Numbers from here on do not fit into a row. */
const numbersMax = 0x7fff_fff0;

/** What is known of each flow, by its id. */
export class Flows {
  readonly #rows = new Ints();
  /** Kept with a sparse counter. With a dense one, the rows tell. */
  readonly #counts = new Ints();
  #isSparse = false;
  /** The smallest number of each flow. */
  #first = 0;
  #count = 0;
  /** A put named the last acknowledged number of its flow in SequenceNumberForOrdering. */
  hasAfter = false;
  /** By flow: the `n`s of records that were skipped. */
  readonly #passed = new Map<number, Set<number>>();
  /** Flows that went on in another shard: the flow, and the shard that it left. */
  readonly #moved = new Ints();
  readonly #left = new Ints();
  /** The pairs of shards between which flows moved. */
  readonly moves = new Map<string, readonly [from: number, to: number]>();

  /** Called first. `isSparse`: only the order of numbers counts. Contract, `identity`. */
  begin({ isSparse, first }: { readonly isSparse: boolean; readonly first: number }): void {
    this.#isSparse = isSparse;
    this.#first = first;
  }

  /** Called for a flow before anything else. `isAside`: true if a new flow has a key that was set aside. */
  know(flow: number, isAside: (flow: number) => boolean = never): void {
    while (this.#count <= flow) {
      for (let at = 0; at < perRow; at += 1)
        this.#rows.push(at === field.shard ? -1 : this.#isCounter(at) ? this.#first : 0);
      if (this.#isSparse) for (let at = 0; at < perCount; at += 1) this.#counts.push(0);
      this.#count += 1;
      if (isAside(this.#count - 1)) this.setAside(this.#count - 1);
    }
  }

  #isCounter(at: number): boolean {
    return at === field.sent || at === field.read;
  }

  isAside(flow: number): boolean {
    return flow < this.#count && this.#rows.at(flow * perRow + field.sent) === aside;
  }

  /** Ignores the flow from here on. Returns how many of its records were sent so far; 0 if it was set aside before. */
  setAside(flow: number): number {
    if (flow >= this.#count || this.isAside(flow)) return 0;
    const row = flow * perRow;
    const sent = this.#sentOf(flow);
    this.#rows.set(row + field.sent, aside);
    this.#rows.set(row + field.read, aside);
    return sent;
  }

  /** Returns false if the record is not the next of its flow. */
  send(flow: number, n: number): boolean {
    const row = flow * perRow;
    if (!this.#isNext(n, this.#rows.at(row + field.sent))) return false;
    this.#rows.set(row + field.sent, n + 1);
    if (this.#isSparse) this.#countBy(flow * perCount, 1);
    return true;
  }

  /** True if `n` may come now. Dense: it is `next`. Sparse: it is not below `next`. */
  #isNext(n: number, next: number): boolean {
    return this.#isSparse ? n >= next && next !== aside && n < numbersMax : n === next;
  }

  #countBy(at: number, by: number): void {
    this.#counts.set(at, this.#counts.at(at) + by);
  }

  /** True if a record of the flow was sent, and the flow is not set aside. */
  hasSent(flow: number): boolean {
    return !this.isAside(flow) && this.#sentOf(flow) > 0;
  }

  #sentOf(flow: number): number {
    return this.#isSparse ? this.#counts.at(flow * perCount) : this.#rows.at(flow * perRow + field.sent) - this.#first;
  }

  #readOf(flow: number): number {
    return this.#isSparse
      ? this.#counts.at(flow * perCount + 1)
      : this.#rows.at(flow * perRow + field.read) - this.#first;
  }

  /** True if the record was sent, and is not to be sent again. With a sparse counter always false: it cannot tell. */
  isSent(flow: number, n: number): boolean {
    return !this.#isSparse && flow < this.#count && this.#isFrom(n) && n < this.#rows.at(flow * perRow + field.sent);
  }

  #isFrom(n: number): boolean {
    return n >= this.#first;
  }

  /** How many records of the flow are in flight. */
  openOf(flow: number): number {
    return flow < this.#count ? this.#rows.at(flow * perRow + field.open) : 0;
  }

  /** The record that was sent last was not stored, and is to be sent again. Returns false if it is not the last. */
  takeBack(flow: number, n: number): boolean {
    const row = flow * perRow;
    if (this.#rows.at(row + field.sent) !== n + 1) return false;
    this.#rows.set(row + field.sent, n);
    if (this.#isSparse) this.#countBy(flow * perCount, -1);
    return true;
  }

  /**
   * Notes the produce mode (P1 to P4) of a record of the workload. Called before `send`. `after`: the sums of its
   * SequenceNumberForOrdering; undefined if it has none. Returns false if that is not the last acknowledged number of
   * the flow, or the flow has a record in flight. Otherwise the record's number is above it, because the numbers of
   * the flow ascend.
   */
  noteMode(flow: number, isBatch: boolean, after: Sums | undefined): boolean {
    const row = flow * perRow;
    const isFirst = this.#rows.at(row + field.isAcked) === 0;
    const isOpen = this.#rows.at(row + field.open) > 0;
    const isChained = after !== undefined && this.#isAcked(row, after);
    if (isChained) this.hasAfter = true;
    const mode = isBatch ? 4 : isOpen ? 3 : isChained ? 1 : isFirst ? 0 : 2;
    this.#rows.set(row + field.mode, Math.max(mode, this.#rows.at(row + field.mode)));
    this.#rows.set(row + field.open, this.#rows.at(row + field.open) + 1);
    return after === undefined || (isChained && !isOpen);
  }

  #isAcked(row: number, { one, two }: Sums): boolean {
    const isKnown = this.#rows.at(row + field.isAcked) === acked.known;
    return isKnown && this.#rows.at(row + field.ackedOne) === one && this.#rows.at(row + field.ackedTwo) === two;
  }

  noteAcked(flow: number, one: number, two: number): void {
    const row = flow * perRow;
    this.#rows.set(row + field.ackedOne, one);
    this.#rows.set(row + field.ackedTwo, two);
    this.#rows.set(row + field.isAcked, acked.known);
  }

  /** The acknowledged number is not kept. So a SequenceNumberForOrdering that names it is not plain. */
  noteAckedInBatch(flow: number): void {
    this.#rows.set(flow * perRow + field.isAcked, acked.somehow);
  }

  close(flow: number): void {
    const row = flow * perRow + field.open;
    this.#rows.set(row, this.#rows.at(row) - 1);
  }

  /**
   * Called by the first reader that gets the record. Returns one of `readAs`: the next of its flow; a copy of one that
   * was read before, in the shard of the flow; of a flow that is set aside; or odd.
   */
  read(flow: number, n: number, shard: number): number {
    if (flow >= this.#count) return readAs.odd;
    const row = flow * perRow;
    const next = this.#rows.at(row + field.read);
    if (!this.#isNext(n, next)) return next === aside ? readAs.aside : this.#readAgain(flow, n, shard);
    this.#rows.set(row + field.read, n + 1);
    if (this.#isSparse) this.#countBy(flow * perCount + 1, 1);
    if (this.#rows.at(row + field.shard) !== shard) this.#move(flow, shard);
    return readAs.next;
  }

  #readAgain(flow: number, n: number, shard: number): number {
    return !this.#isSparse && this.isRead(flow, n) && this.shardOf(flow) === shard ? readAs.copy : readAs.odd;
  }

  /**
   * A record is never read where it was acknowledged, in the shard of its flow. Returns false if it is not the next
   * one there, or the counter is sparse.
   */
  pass(flow: number, n: number, shard: number): boolean {
    const row = flow * perRow;
    if (this.#isSparse || n !== this.#rows.at(row + field.read) || this.shardOf(flow) !== shard) return false;
    this.#rows.set(row + field.read, n + 1);
    const numbers = this.#passed.get(flow) ?? new Set<number>();
    this.#passed.set(flow, numbers.add(n));
    return true;
  }

  /** Flows of which records were skipped. */
  get passed(): Iterable<number> {
    return this.#passed.keys();
  }

  /** The shard in which the flow was read last; -1: none yet. */
  shardOf(flow: number): number {
    return this.#rows.at(flow * perRow + field.shard);
  }

  isRead(flow: number, n: number): boolean {
    return this.#isFrom(n) && n < this.#rows.at(flow * perRow + field.read) && this.#passed.get(flow)?.has(n) !== true;
  }

  /** The `n` of the last record that was read; -1: none. */
  lastRead(flow: number): number {
    let n = this.#rows.at(flow * perRow + field.read) - 1;
    while (this.#isFrom(n) && !this.isRead(flow, n)) n -= 1;
    return this.#isFrom(n) ? n : -1;
  }

  #move(flow: number, shard: number): void {
    const row = flow * perRow;
    const left = this.#rows.at(row + field.shard);
    this.#rows.set(row + field.shard, shard);
    if (left < 0) return;
    this.#moved.push(flow);
    this.#left.push(left);
    this.moves.set(`${left} ${shard}`, [left, shard]);
  }

  /**
   * Counts over the workload, without sentinels and flows that are set aside. `acked` is right once nothing is in
   * flight. `pairs`: records that were read and have another one of their flow before them.
   */
  counted(isMarker: ReadonlySet<number>): FlowCounts {
    let [acked, read, pairs, flows] = [0, 0, 0, 0];
    for (let flow = 0; flow < this.#count; flow += 1) {
      if (isMarker.has(flow) || this.isAside(flow)) continue;
      const own = this.#readOf(flow) - (this.#passed.get(flow)?.size ?? 0);
      acked += this.#sentOf(flow);
      read += own;
      pairs += Math.max(0, own - 1);
      flows += own > 1 ? 1 : 0;
    }
    return { acked, read, pairs, flows };
  }

  /**
   * The shards of each key, by its id. `one`: a shard; -1 if the key was not read. `several`: all, if there are more.
   */
  shardsOfKeys({ records }: Tables, isMarker: ReadonlySet<number>): KeyShards {
    const one = new Int32Array(records.keys.size).fill(-1);
    const several = new Map<number, Set<number>>();
    const note = (flow: number, shard: number): void => {
      if (shard < 0 || isMarker.has(flow) || this.isAside(flow)) return;
      const key = records.flowKey.at(flow);
      const known = one[key] as number;
      if (known < 0) one[key] = shard;
      else if (known !== shard) several.set(key, (several.get(key) ?? new Set([known])).add(shard));
    };
    for (let flow = 0; flow < this.#count; flow += 1) note(flow, this.#rows.at(flow * perRow + field.shard));
    for (let move = 0; move < this.#moved.length; move += 1) note(this.#moved.at(move), this.#left.at(move));
    return { one, several };
  }

  modeOf(flow: number): number {
    return this.#rows.at(flow * perRow + field.mode);
  }

  /** The produce modes of the workload, without flows that are set aside; ascending. */
  modes(isMarker: ReadonlySet<number>): readonly number[] {
    const modes = new Set<number>();
    for (let flow = 0; flow < this.#count; flow += 1) {
      if (this.isAside(flow) || isMarker.has(flow) || this.#sentOf(flow) === 0) continue;
      modes.add(this.#rows.at(flow * perRow + field.mode));
    }
    return [...modes].sort((a, b) => a - b);
  }
}

export type FlowCounts = {
  readonly acked: number;
  readonly read: number;
  readonly pairs: number;
  /** Flows with a pair. */
  readonly flows: number;
};

const never = (): boolean => false;

/** A sequence number as two sums: enough to tell whether it is the same. */
export type Sums = { readonly one: number; readonly two: number };

export type KeyShards = { readonly one: Int32Array; readonly several: ReadonlyMap<number, ReadonlySet<number>> };
