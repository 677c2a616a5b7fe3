import { limbsPer } from '../../model/sequences.ts';
import { shardIndex } from '../view/encoding.ts';
import { compareLimbs, copyLimbs } from './limbs.ts';

const ring = 1024;
const logMax = 65_536;

/** One iterator and those that follow it: how far it went through its shard, and a hash of all that it was given. */
export class ChainFront {
  readonly reader: number;
  readonly shard: ShardFront;
  count = 0;
  one = 0;
  two = 0;
  /** The largest count at which its hash was that of the front. */
  verified = 0;
  readonly last = new Float64Array(limbsPer);
  /** The latest asking of a page that said "nothing behind"; microseconds. */
  caughtUpT0 = Number.NEGATIVE_INFINITY;

  constructor(reader: number, shard: ShardFront) {
    this.reader = reader;
    this.shard = shard;
  }

  /** Takes the next record of the chain into the hash: four limbs, whose it is, its number, its digest, its arrival. */
  add(limbs: Float64Array, at: number, whose: number, n: number): void {
    for (let limb = 0; limb < limbsPer; limb += 1) this.mix(limbs[at + limb] ?? 0);
    this.mix(whose);
    this.mix(n);
    this.count += 1;
  }

  /** Two lanes of 32 bits with multipliers of their own (those of MurmurHash3 and xxHash), both halves of the double in each. */
  mix(value: number): void {
    const low = value | 0;
    const high = (value / 4_294_967_296) | 0;
    let one = Math.imul(this.one ^ low, 0xcc9e2d51);
    one = Math.imul((one ^ (one >>> 15)) + high, 0x1b873593);
    this.one = one ^ (one >>> 13);
    let two = Math.imul(this.two + low, 0x9e3779b1);
    two = Math.imul(two ^ (two >>> 16) ^ high, 0x85ebca77);
    this.two = (two ^ (two >>> 14)) + 0x165667b1;
  }
}

/** How far anybody went through a shard, and what acknowledgements said of it. */
export class ShardFront {
  readonly id: number;
  /** The number in its name. */
  readonly index: number | undefined;
  count = 0;
  one = 0;
  two = 0;
  readonly last = new Float64Array(limbsPer);
  readonly chains: ChainFront[] = [];
  latestArrival = Number.NEGATIVE_INFINITY;
  /** The call of the last record of the front; -1: none. */
  lastOp = -1;
  /** When the last thousand records of the front were acknowledged, by their count; microseconds. */
  readonly ackT = new Float64Array(ring).fill(Number.NaN);
  /** The call that acknowledged here last, and its last number here. */
  op = -1;
  readonly opLimbs = new Float64Array(limbsPer);
  isMet = false;
  /** The lowest acknowledged number, end markers among them. */
  readonly min = new Float64Array(limbsPer).fill(Number.POSITIVE_INFINITY);
  readonly top = new Float64Array(limbsPer);
  /** What `top` was, by the line that raised it; before the first of them, `base`. */
  readonly #logLines: number[] = [];
  readonly #logLimbs: Float64Array[] = [];
  #base: Float64Array | undefined;

  constructor(id: number, name: string) {
    this.id = id;
    this.index = shardIndex(name);
  }

  /** Is the number below one that was acknowledged before `line`? */
  isBelowTopAt(limbs: Float64Array, at: number, line: number): boolean {
    if (!this.isMet || compareLimbs(limbs, at, this.top, 0) > 0) return false;
    for (let index = this.#logLines.length - 1; index >= 0; index -= 1) {
      if ((this.#logLines[index] ?? 0) < line)
        return compareLimbs(limbs, at, this.#logLimbs[index] ?? this.top, 0) <= 0;
    }
    if (this.#logLines.length === 0) return true;
    return this.#base !== undefined && compareLimbs(limbs, at, this.#base, 0) <= 0;
  }

  /** Notes an acknowledged number. `oldest`: the line of the oldest call that is not answered; Infinity when there is none. False: too much to remember. */
  raise(limbs: Float64Array, at: number, line: number, oldest: number): boolean {
    if (this.isMet && compareLimbs(limbs, at, this.top, 0) <= 0) return true;
    if (oldest === Number.POSITIVE_INFINITY) {
      this.#logLines.length = 0;
      this.#logLimbs.length = 0;
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
    this.ackT[count % ring] = t;
  }

  /** When the record with this count was acknowledged; NaN when that was forgotten. */
  ackTOf(count: number): number {
    return this.count - count > ring ? Number.NaN : (this.ackT[count % ring] ?? Number.NaN);
  }
}
