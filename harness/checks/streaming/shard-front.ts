import { belowAll, compareLimbs, copyLimbs, limbsPer } from '../../model/sequences.ts';
import { shardIndex } from '../index/encoding.ts';
import { CallRuns } from './call-runs.ts';
import { Carried } from './carried.ts';
import type { Delivered } from './delivered.ts';
import { Recent } from './recent.ts';
import { ShardQueue } from './shard-queue.ts';
import type { Stretch } from './stretch.ts';
import { orderOfSubs } from './subs.ts';
import { partsOf, recordOne, recordTwo } from './sums.ts';

const logMax = 65_536;

/**
 * How far the front (the furthest reader) got in a shard, what acknowledgements said of it, and the records between.
 */
export class ShardFront {
  readonly id: number;
  /** The number in its name. */
  readonly index: number | undefined;
  queue = new ShardQueue();
  count = 0;
  one = 0;
  two = 0;
  readonly last = belowAll();
  /** The number of the first record that is counted here. */
  readonly first = belowAll();
  readonly chains: ChainFront[] = [];
  /** Stretches that were left out before these records, in order; and the earliest arrival behind them. */
  readonly behind: Stretch[] = [];
  earliestArrival = Number.POSITIVE_INFINITY;
  latestArrival = Number.NEGATIVE_INFINITY;
  /** When the last acknowledged record was sent that was read or left out; microseconds. */
  latestPutT = Number.NEGATIVE_INFINITY;
  /** A reader began behind the first record; a reader began again. */
  hasMidStream = false;
  hasAgain = false;
  /** The last record of the front; -1: none. */
  lastFlow = -1;
  lastN = -1;
  /** The front skipped an acknowledged record. */
  hasLost = false;
  /** How many records of the front are foreign. */
  foreign = 0;
  /**
   * By the count of the front: when the first of the records was acknowledged that the front skipped there.
   * Microseconds.
   */
  readonly #passed = new Map<number, number>();
  readonly runs = new CallRuns();
  recent = new Recent();
  /** The call that acknowledged here last, and the offset of its last number here. */
  call = -1;
  callAt = 0;
  /** The ordinal of the record at that number, see `ordinalOf`. */
  callSub = 0;
  readonly carried = new Carried();
  /** The line of the last put of the workload that was acknowledged here. */
  lastPutLine = 0;
  /** The lowest number that was acknowledged, or read without that; sentinels are included. */
  readonly min = new Int32Array(limbsPer).fill(0x7fff_ffff);
  /** The highest number of the workload that was acknowledged. */
  readonly top = belowAll();
  /** Each former `top` with the line that raised it; `#base` is the one before the first line. */
  readonly #logLines: number[] = [];
  readonly #logLimbs: Int32Array[] = [];
  #base = belowAll();

  constructor(id: number, name: string) {
    this.id = id;
    this.index = shardIndex(name);
  }

  /** The latest chain of a reader; undefined if that chain got nothing. */
  given(reader: number): ChainFront | undefined {
    const latest = this.chains.findLast((chain) => chain.reader === reader);
    return latest !== undefined && latest.count > 0 ? latest : undefined;
  }

  /** A reader begins behind all records so far, and what was left out: counting begins again. */
  restart(): void {
    this.count = 0;
    this.one = 0;
    this.two = 0;
    this.recent = new Recent();
    this.earliestArrival = Number.POSITIVE_INFINITY;
  }

  /** The highest number that was read or acknowledged. */
  highest(): Int32Array {
    const highest = this.last.slice();
    if (this.queue.length > 0) this.queue.copyLast(highest);
    return highest;
  }

  /** True if a record was acknowledged or read here. */
  get isUsed(): boolean {
    return compareLimbs(this.min, 0, this.last, 0) <= 0;
  }

  /** The front skips a record that was acknowledged at this time. */
  notePassed(ackT: number): void {
    this.#passed.set(this.count, Math.min(ackT, this.passedAckT(this.count)));
  }

  /** When the first record was acknowledged that was skipped behind so many others; Infinity: none. */
  passedAckT(count: number): number {
    return this.#passed.get(count) ?? Number.POSITIVE_INFINITY;
  }

  noteMin(limbs: Int32Array, at: number): void {
    if (compareLimbs(limbs, at, this.min, 0) < 0) copyLimbs(limbs, at, this.min, 0);
  }

  /** True if the number is not above one that was acknowledged before `line`. */
  isBelowTopAt(limbs: Int32Array, at: number, line: number): boolean {
    if (compareLimbs(limbs, at, this.top, 0) > 0) return false;
    const index = this.#logLines.findLastIndex((raised) => raised < line);
    if (index >= 0) return compareLimbs(limbs, at, this.#logLimbs[index] as Int32Array, 0) <= 0;
    if (this.#logLines.length === 0) return true;
    return compareLimbs(limbs, at, this.#base, 0) <= 0;
  }

  /**
   * Notes an acknowledged number. `oldest`: the line of the oldest call without an answer; Infinity: none. Returns
   * false if there is too much to remember.
   */
  raise(limbs: Int32Array, at: number, line: number, oldest: number): boolean {
    if (compareLimbs(limbs, at, this.top, 0) <= 0) return true;
    if (oldest === Number.POSITIVE_INFINITY) {
      this.#forget();
    } else {
      this.#trim(oldest);
      if (this.#logLines.length === 0) this.#base = this.top.slice();
      this.#logLines.push(line);
      this.#logLimbs.push(limbs.slice(at, at + limbsPer));
    }
    copyLimbs(limbs, at, this.top, 0);
    return this.#logLines.length <= logMax;
  }

  #forget(): void {
    if (this.#logLines.length === 0) return;
    this.#logLines.length = 0;
    this.#logLimbs.length = 0;
  }

  /** Forgets lines that no call can ask for: all before the last one that is older than the oldest call in flight. */
  #trim(oldest: number): void {
    if (this.#logLines.length < 256) return;
    let keep = 0;
    while ((this.#logLines[keep + 1] as number) < oldest) keep += 1;
    this.#logLines.splice(0, keep);
    this.#logLimbs.splice(0, keep);
  }
}

/**
 * Where an iterator was asked to begin, as far as its first record can tell: at a number or behind it, at a time
 * (milliseconds), or at the tip of the shard. `tip`: as it was when the iterator was requested and given out
 * (microseconds).
 */
export type ChainStart = {
  readonly from?: Int32Array;
  readonly isAfter?: boolean;
  readonly since?: number;
  readonly isTrim?: boolean;
  readonly tip?: Tip;
};

/** `top`: the highest number that was known when its first page came. */
export type Tip = { readonly askedT: number; readonly givenT: number; readonly top: Int32Array };

/**
 * One iterator, those that follow it, and those that resumed behind it: how far they went through their shard, and a
 * sum over all records that they got, in order.
 */
export class ChainFront {
  /** The number of the latest iterator's chain. */
  number: number;
  readonly reader: number;
  readonly shard: ShardFront;
  /** Where the latest iterator begins that was requested before the first record. */
  start: ChainStart = {};
  /** Another iterator was requested before the first record. */
  isReopened = false;
  /** It reads with the front of its shard. */
  isPlaced = false;
  /** The stretch that it reads, if not the front; undefined: it got nothing so far, and where it begins is unknown. */
  stretch: Stretch | undefined;
  /** It, or a chain of its reader before it, began with the first record of the shard. */
  isWhole = false;
  /** How many records are before its first one. */
  begun = 0;
  /** Its index among all chains, and the first chain of its reader in the shard. */
  readonly order: number;
  root: ChainFront = this;
  /** The chain after which its reader began again; and between which counts the chains before it got records. */
  before: ChainFront | undefined;
  coveredFrom = 0;
  coveredTo = 0;
  /** LATEST: nothing that was acknowledged before this may come; microseconds. */
  tipT = Number.NEGATIVE_INFINITY;
  /**
   * Its last record, once there is one. `resumed`: the flow and `n` of each record behind which another iterator
   * resumed.
   */
  lastFlow = 0;
  lastN = 0;
  lastSub = 0;
  readonly resumed: number[] = [];
  count = 0;
  one = 0;
  two = 0;
  /** The largest count at which its sums were those of the front. */
  verified = 0;
  /** The last number of the page before. */
  readonly last = belowAll();
  /** When the latest page with MillisBehindLatest 0 was requested; microseconds. */
  caughtUpT0 = Number.NEGATIVE_INFINITY;
  /** The time of its latest page; microseconds. */
  lastT = 0;
  /** The time of the latest page of an iterator that another one replaced; microseconds. */
  replacedT = Number.NEGATIVE_INFINITY;
  /** The line of the page that reported the end of the shard; 0: none. No page follows it. */
  endedLine = 0;
  children: readonly string[] | undefined;

  constructor(number: number, reader: number, shard: ShardFront, order: number) {
    this.order = order;
    this.number = number;
    this.reader = reader;
    this.shard = shard;
  }

  /** Its reader begins again, after the chain `before`. */
  follow(before: ChainFront): void {
    this.before = before;
    this.root = before.root;
    this.coveredFrom = before.before === undefined ? before.begun : Math.min(before.coveredFrom, before.begun);
    this.coveredTo = Math.max(before.coveredTo, before.count);
  }

  /** True if the number is above the last one of the page before. */
  isAbove(limbs: Int32Array, at: number): boolean {
    return compareLimbs(limbs, at, this.last, 0) > 0;
  }

  /** Counts its records in this stretch, or in the front (undefined), behind `count` records with these sums. */
  goTo(stretch: Stretch | undefined, count: number, { one, two }: { one: number; two: number }): void {
    this.stretch = stretch;
    this.isPlaced = stretch === undefined;
    this.count = count;
    this.verified = count;
    this.one = one;
    this.two = two;
  }

  /** Takes the next record of the chain into the sums. */
  add(limbs: Int32Array, at: number, record: Delivered): void {
    const parts = partsOf(limbs, at, record);
    this.one = mixed(this.one ^ recordOne(parts), 0x1b873593, 15);
    this.two = mixed(this.two ^ recordTwo(parts), 0x4cf5ad43, 13);
    this.count += 1;
    this.lastFlow = record.flow;
    this.lastN = record.n;
    this.lastSub = record.sub;
  }
}

/** Makes a sum depend on the order of records. Different sums stay different. */
const mixed = (sum: number, by: number, shift: number): number => {
  const product = Math.imul(sum, by);
  return product ^ (product >>> shift);
};

/** True if the record is behind the one before it on its page, also inside an aggregate. */
export const isBehind = ({ lastSub }: ChainFront, limbs: Int32Array, from: number, { sub }: Delivered): boolean => {
  const order = compareLimbs(limbs, from, limbs, from - limbsPer);
  return order > 0 || (order === 0 && orderOfSubs(sub, lastSub) > 0);
};
