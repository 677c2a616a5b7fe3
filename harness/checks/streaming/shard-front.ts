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

/** How far anybody went through a shard, what acknowledgements said of it, and the records between. */
export class ShardFront {
  readonly id: number;
  /** The number in its name. */
  readonly index: number | undefined;
  queue = new ShardQueue();
  count = 0;
  one = 0;
  two = 0;
  readonly last = belowAll();
  /** The number of the first that was read, of those that are counted here. */
  readonly first = belowAll();
  readonly chains: ChainFront[] = [];
  /** What was left out before them, for others to read, in order; and the earliest arrival behind it. */
  readonly behind: Stretch[] = [];
  earliestArrival = Number.POSITIVE_INFINITY;
  latestArrival = Number.NEGATIVE_INFINITY;
  /** The latest sending of what was read, or left out, and acknowledged; microseconds. */
  latestPutT = Number.NEGATIVE_INFINITY;
  /** A reader began behind its first record; or began again. */
  hasMidStream = false;
  hasAgain = false;
  /** The last record of the front; -1: none. */
  lastFlow = -1;
  lastN = -1;
  /** The front went past a record that was acknowledged. */
  hasLost = false;
  /** So many of the records of the front were written by others, on a shared stream. */
  foreign = 0;
  /**
   * By how many records the front had been given: when the first of those was acknowledged that it went past then.
   * Microseconds.
   */
  readonly #passed = new Map<number, number>();
  readonly runs = new CallRuns();
  recent = new Recent();
  /** The call that acknowledged here last, and where its last number here stands among its numbers. */
  call = -1;
  callAt = 0;
  /** Which of the records at that number it is, see `orderOfSubs`. */
  callSub = 0;
  readonly carried = new Carried();
  /** The last put of the workload that was acknowledged here. */
  lastPutLine = 0;
  /** The lowest acknowledged number, end markers among them. */
  readonly min = new Int32Array(limbsPer).fill(0x7fff_ffff);
  /** The highest number of the workload that was acknowledged. */
  readonly top = belowAll();
  /** What `top` was, by the line that raised it; before the first of them, `base`. */
  readonly #logLines: number[] = [];
  readonly #logLimbs: Int32Array[] = [];
  #base = belowAll();

  constructor(id: number, name: string) {
    this.id = id;
    this.index = shardIndex(name);
  }

  /** The latest chain of a reader, if it was given anything. */
  given(reader: number): ChainFront | undefined {
    const latest = this.chains.findLast((chain) => chain.reader === reader);
    return latest !== undefined && latest.count > 0 ? latest : undefined;
  }

  /** A reader begins behind all that was given so far, and all that was left out. */
  restart(): void {
    this.count = 0;
    this.one = 0;
    this.two = 0;
    this.recent = new Recent();
    this.earliestArrival = Number.POSITIVE_INFINITY;
  }

  /** The highest number that is known, of what was read and of what was acknowledged. */
  highest(): Int32Array {
    const highest = this.last.slice();
    if (this.queue.length > 0) this.queue.copyLast(highest);
    return highest;
  }

  /** Anything was acknowledged here, or read. */
  get isUsed(): boolean {
    return compareLimbs(this.min, 0, this.last, 0) <= 0;
  }

  /** The front goes past a record that was acknowledged at this time. */
  notePassed(ackT: number): void {
    this.#passed.set(this.count, Math.min(ackT, this.passedAckT(this.count)));
  }

  /** Of the records that lie behind so many that were read; Infinity: there is none. */
  passedAckT(count: number): number {
    return this.#passed.get(count) ?? Number.POSITIVE_INFINITY;
  }

  noteMin(limbs: Int32Array, at: number): void {
    if (compareLimbs(limbs, at, this.min, 0) < 0) copyLimbs(limbs, at, this.min, 0);
  }

  /** Is the number below one that was acknowledged before `line`? */
  isBelowTopAt(limbs: Int32Array, at: number, line: number): boolean {
    if (compareLimbs(limbs, at, this.top, 0) > 0) return false;
    const index = this.#logLines.findLastIndex((raised) => raised < line);
    if (index >= 0) return compareLimbs(limbs, at, this.#logLimbs[index] as Int32Array, 0) <= 0;
    if (this.#logLines.length === 0) return true;
    return compareLimbs(limbs, at, this.#base, 0) <= 0;
  }

  /**
   * Notes an acknowledged number. `oldest`: the line of the oldest call that is not answered; Infinity when there is
   * none. False: too much to remember.
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

  /** Forgets what nobody can ask for any more: all but the last that lies before the oldest unanswered call. */
  #trim(oldest: number): void {
    if (this.#logLines.length < 256) return;
    let keep = 0;
    while ((this.#logLines[keep + 1] as number) < oldest) keep += 1;
    this.#logLines.splice(0, keep);
    this.#logLimbs.splice(0, keep);
  }
}

/**
 * Where an iterator was asked to begin, as far as its first record can tell: at a number or above it, since a time
 * (milliseconds), or at the tip of the shard, as it was when the iterator was asked for and given out (microseconds).
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
 * One iterator and those that follow it, or that went on behind it: how far they went through their shard, and a sum
 * of all that they were given, in order.
 */
export class ChainFront {
  /** That of the latest iterator. */
  number: number;
  readonly reader: number;
  readonly shard: ShardFront;
  /** Of the latest iterator that was asked for before the first record. */
  start: ChainStart = {};
  /** Another iterator was asked for before anything was given. */
  isReopened = false;
  /** It is among what the front of its shard reads. */
  isPlaced = false;
  /** Where it is else; undefined: it was given nothing so far, and nobody knows where it begins. */
  stretch: Stretch | undefined;
  /** It, or one before it, began with the first record of its shard. */
  isWhole = false;
  /** Behind so many records it began. */
  begun = 0;
  /** Its place among all chains, and the first one of its reader in its shard. */
  readonly order: number;
  root: ChainFront = this;
  /** The one after which its reader began again; and which records, by their counts, those before it were given. */
  before: ChainFront | undefined;
  coveredFrom = 0;
  coveredTo = 0;
  /** LATEST: nothing that was acknowledged before comes; microseconds. */
  tipT = Number.NEGATIVE_INFINITY;
  /**
   * Its last record, once there is one. And those behind which it went on with another iterator: a flow and a number
   * each.
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
  /** The latest asking of a page that said "nothing behind"; microseconds. */
  caughtUpT0 = Number.NEGATIVE_INFINITY;
  /** Of its latest page; microseconds. */
  lastT = 0;
  /** Of the latest page of an iterator that another one went on from. */
  replacedT = Number.NEGATIVE_INFINITY;
  /** Of the page that said that its shard is at its end; 0: none did. Nothing comes after it. */
  endedLine = 0;
  children: readonly string[] | undefined;

  constructor(number: number, reader: number, shard: ShardFront, order: number) {
    this.order = order;
    this.number = number;
    this.reader = reader;
    this.shard = shard;
  }

  /** Its reader begins again, after that one. */
  follow(before: ChainFront): void {
    this.before = before;
    this.root = before.root;
    this.coveredFrom = before.before === undefined ? before.begun : Math.min(before.coveredFrom, before.begun);
    this.coveredTo = Math.max(before.coveredTo, before.count);
  }

  /** Does the number go on from the last page? */
  isAbove(limbs: Int32Array, at: number): boolean {
    return compareLimbs(limbs, at, this.last, 0) > 0;
  }

  /** Where its records are counted from here on: behind so many of these. */
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

/** So that the order of records counts: each number has another one. */
const mixed = (sum: number, by: number, shift: number): number => {
  const product = Math.imul(sum, by);
  return product ^ (product >>> shift);
};

/** Behind the one of its page before it; in an aggregate, behind it there. */
export const isBehind = ({ lastSub }: ChainFront, limbs: Int32Array, from: number, { sub }: Delivered): boolean => {
  const order = compareLimbs(limbs, from, limbs, from - limbsPer);
  return order > 0 || (order === 0 && orderOfSubs(sub, lastSub) > 0);
};
