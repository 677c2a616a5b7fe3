import { compareLimbs, copyLimbs, limbsPer } from '../../model/sequences.ts';
import { shardIndex } from '../view/encoding.ts';
import type { Delivered } from './delivered.ts';
import { ShardQueue } from './shard-queue.ts';
import { sumOne, sumTwo } from './sums.ts';

const ring = 1024;
const logMax = 65_536;

/** How far anybody went through a shard, what acknowledgements said of it, and the records between. */
export class ShardFront {
  readonly id: number;
  /** The number in its name. */
  readonly index: number | undefined;
  readonly queue = new ShardQueue();
  count = 0;
  one = 0;
  two = 0;
  readonly last = new Int32Array(limbsPer);
  readonly chains: ChainFront[] = [];
  latestArrival = Number.NEGATIVE_INFINITY;
  /** The call of the last record of the front; -1: none. */
  lastCall = -1;
  /** When the last thousand records of the front were acknowledged, by their count; microseconds. Only where there is a second chain to ask. */
  #ackT: Float64Array | undefined;
  /** The call that acknowledged here last, and where its last number here stands among its numbers. */
  call = -1;
  callAt = 0;
  isMet = false;
  /** The last put of the workload that was acknowledged here. */
  lastPutLine = 0;
  /** The lowest acknowledged number, end markers among them. */
  readonly min = new Int32Array(limbsPer).fill(0x7fff_ffff);
  readonly top = new Int32Array(limbsPer);
  /** What `top` was, by the line that raised it; before the first of them, `base`. */
  readonly #logLines: number[] = [];
  readonly #logLimbs: Int32Array[] = [];
  #base: Int32Array | undefined;

  constructor(id: number, name: string) {
    this.id = id;
    this.index = shardIndex(name);
  }

  noteMin(limbs: Int32Array, at: number): void {
    if (compareLimbs(limbs, at, this.min, 0) < 0) copyLimbs(limbs, at, this.min, 0);
  }

  /** Is the number below one that was acknowledged before `line`? */
  isBelowTopAt(limbs: Int32Array, at: number, line: number): boolean {
    if (!this.isMet || compareLimbs(limbs, at, this.top, 0) > 0) return false;
    for (let index = this.#logLines.length - 1; index >= 0; index -= 1) {
      if ((this.#logLines[index] ?? 0) < line)
        return compareLimbs(limbs, at, this.#logLimbs[index] ?? this.top, 0) <= 0;
    }
    if (this.#logLines.length === 0) return true;
    return this.#base !== undefined && compareLimbs(limbs, at, this.#base, 0) <= 0;
  }

  /** Notes an acknowledged number. `oldest`: the line of the oldest call that is not answered; Infinity when there is none. False: too much to remember. */
  raise(limbs: Int32Array, at: number, line: number, oldest: number): boolean {
    if (this.isMet && compareLimbs(limbs, at, this.top, 0) <= 0) return true;
    if (oldest === Number.POSITIVE_INFINITY) {
      this.#forget();
    } else {
      this.#trim(oldest);
      if (this.#logLines.length === 0) this.#base = this.isMet ? this.top.slice() : undefined;
      this.#logLines.push(line);
      this.#logLimbs.push(limbs.slice(at, at + limbsPer));
    }
    copyLimbs(limbs, at, this.top, 0);
    this.isMet = true;
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
    while (keep + 1 < this.#logLines.length && (this.#logLines[keep + 1] ?? 0) < oldest) keep += 1;
    if (keep === 0) return;
    this.#logLines.splice(0, keep);
    this.#logLimbs.splice(0, keep);
  }

  noteAckT(count: number, t: number): void {
    this.#ackT ??= new Float64Array(ring).fill(Number.NaN);
    this.#ackT[count % ring] = t;
  }

  /** When the record with this count was acknowledged; NaN when that was forgotten. */
  ackTOf(count: number): number {
    return this.count - count > ring ? Number.NaN : (this.#ackT?.[count % ring] ?? Number.NaN);
  }
}

/** Where an iterator was asked to begin, as far as its first record can tell: at a number or above it, since a time (milliseconds). */
export type ChainStart = { readonly from?: Int32Array; readonly isAfter?: boolean; readonly since?: number };

/** One iterator and those that follow it, or that went on behind it: how far they went through their shard, and a sum of all that they were given, in order. */
export class ChainFront {
  /** That of the latest iterator. */
  number: number;
  readonly reader: number;
  readonly shard: ShardFront;
  /** Of the latest iterator that was asked for before the first record. */
  start: ChainStart = {};
  count = 0;
  one = 0;
  two = 0;
  /** The largest count at which its sums were those of the front. */
  verified = 0;
  /** The last number of the page before. */
  readonly last = new Int32Array(limbsPer);
  /** The latest asking of a page that said "nothing behind"; microseconds. */
  caughtUpT0 = Number.NEGATIVE_INFINITY;
  /** Of its first record, and of its latest; 0: it was given none. */
  firstLine = 0;
  lastLine = 0;
  /** Of its latest page; microseconds. */
  lastT = 0;
  /** Of the page that said that its shard is at its end; 0: none did. Nothing comes after it. */
  endedLine = 0;
  children: readonly string[] | undefined;

  constructor(number: number, reader: number, shard: ShardFront) {
    this.number = number;
    this.reader = reader;
    this.shard = shard;
  }

  /** Does the number go on from the last page? */
  isAbove(limbs: Int32Array, at: number): boolean {
    return this.count === 0 || compareLimbs(limbs, at, this.last, 0) > 0;
  }

  /** Takes the next record of the chain into the sums. */
  add(limbs: Int32Array, at: number, { flow, n, hasDigest, high, low, arrival }: Delivered): void {
    const early = Number.isNaN(arrival) ? -1 : arrival | 0;
    const late = Number.isNaN(arrival) ? -1 : (arrival / 4_294_967_296) | 0;
    const one =
      sumOne(limbs, at) +
      Math.imul(flow, 0x2545f491) +
      Math.imul(n, 0x4f6cdd1d) +
      Math.imul(high ^ hasDigest, 0x3c6ef373) +
      Math.imul(low, 0x5f356495) +
      Math.imul(early, 0x7feb352d) +
      Math.imul(late, 0x68e31da5);
    const two =
      sumTwo(limbs, at) +
      Math.imul(flow, 0x369dea0f) +
      Math.imul(n, 0x31848bab) +
      Math.imul(high ^ hasDigest, 0x6c8e9cf5) +
      Math.imul(low, 0x2c1b3c6d) +
      Math.imul(early, 0x297a2d39) +
      Math.imul(late, 0x75c3d2e7);
    const first = Math.imul(this.one ^ (one | 0), 0x1b873593);
    this.one = first ^ (first >>> 15);
    const second = Math.imul((this.two + two) | 0, 0x4cf5ad43);
    this.two = (second ^ (second >>> 13)) + 0x165667b1;
    this.count += 1;
  }
}
