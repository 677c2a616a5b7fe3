import { areSame, compareLimbs, copyLimbs } from '../../model/sequences.ts';
import type { Arrivals } from './arrivals.ts';
import { allOf, isBehindStart, type LeftOut, mayLeaveOut } from './beginnings.ts';
import { type Delivered, foreignFlow } from './delivered.ts';
import { type Flows, readAs } from './flows.ts';
import type { ChainFront, ShardFront } from './shard-front.ts';
import { rowField, rowFlag, type ShardQueue } from './shard-queue.ts';
import type { Spill } from './spills.ts';
import { Stretch } from './stretch.ts';

/** What `MidStream` needs of the readers. */
type Readers = {
  readonly flows: Flows;
  readonly spill: Spill;
  readonly arrivals: () => Arrivals;
  readonly passRow: (shard: ShardFront) => void;
  readonly holdCaughtUp: (chain: ChainFront, ackT: number) => void;
};

/**
 * Readers that begin behind the first record of a shard. If one begins among the last records of the front, it is
 * compared with the front from there on. If one begins further on than all others, the records before it become a
 * stretch of their own. Other readers read the stretch, and its records are counted when it is cut off.
 */
export class MidStream {
  readonly #readers: Readers;

  constructor(readers: Readers) {
    this.#readers = readers;
  }

  /** A chain begins, or begins again before its reader got anything of the shard. */
  open(chain: ChainFront): void {
    const { start, shard } = chain;
    chain.tipT = start.tip?.askedT ?? Number.NEGATIVE_INFINITY;
    chain.stretch = start.isTrim === true ? shard.behind[0] : undefined;
    chain.isWhole = start.isTrim === true;
    chain.isPlaced = chain.isWhole && chain.stretch === undefined;
    if (chain.before !== undefined && (chain.isReopened || chain.stretch !== undefined))
      this.#odd('a reader that begins again');
  }

  /**
   * Takes a record of a chain that does not read with the front. Returns true if it reads with the front from this
   * record on: then the caller delivers the record.
   */
  place(chain: ChainFront, limbs: Int32Array, from: number, record: Delivered): boolean {
    if (chain.stretch === undefined) {
      if (!isBehindStart(chain.start, limbs, from, record.arrival))
        return this.#odd('a chain that begins before its start');
      if (!this.#begin(chain, limbs, from)) return false;
    }
    for (let { stretch } = chain; stretch !== undefined; stretch = stretch.next) {
      if (chain.count < stretch.count || stretch.queue.length > 0) {
        this.#deliver(chain, stretch, limbs, from, record);
        return false;
      }
      chain.goTo(stretch.next, 0, nothing);
    }
    return true;
  }

  /**
   * A chain of LATEST may get nothing that was acknowledged before its iterator was requested. A number that nobody
   * knew when its first page came was acknowledged after it.
   */
  holdTip(chain: ChainFront, limbs: Int32Array, from: number, ackT: number): void {
    const { tip } = chain.start;
    if (tip === undefined || compareLimbs(limbs, from, tip.top, 0) > 0) chain.tipT = Number.NEGATIVE_INFINITY;
    else if (!(ackT >= chain.tipT)) this.#odd('a chain of LATEST that begins before its start');
  }

  #odd(why: string): false {
    this.#readers.spill('all', why);
    return false;
  }

  /** Finds out, by the first record of a chain, where it begins. Returns false if that is not plain. */
  #begin(chain: ChainFront, limbs: Int32Array, from: number): boolean {
    const { shard } = chain;
    const isFurther = compareLimbs(limbs, from, shard.last, 0) > 0;
    if (isFurther && isBelow(shard.queue, limbs, from)) return this.#leaveOut(chain, limbs, from);
    if (isFurther && shard.count === 0) return this.#beginWhole(chain);
    if (isFurther) return this.#beginBehind(chain, shard.count, shard, allOf(shard));
    const [first] = shard.behind;
    if (first?.isFirst(limbs, from) === true) {
      if (chain.before !== undefined) return this.#odd('a reader that begins again');
      chain.isWhole = true;
      chain.goTo(first, 0, nothing);
      return true;
    }
    if (areSame(shard.first, 0, limbs, from))
      return first === undefined ? this.#beginWhole(chain) : this.#beginAtEnd(chain);
    return this.#beginLately(chain, limbs, from);
  }

  #beginWhole(chain: ChainFront): true {
    chain.isWhole = true;
    chain.goTo(undefined, 0, nothing);
    return true;
  }

  /** The chain begins behind everything that was left out. */
  #beginAtEnd(chain: ChainFront): boolean {
    const last = chain.shard.behind.at(-1) as Stretch;
    return this.#beginBehind(chain, 0, nothing, { last: last.end, putT: last.latestPutT, arrival: last.latestArrival });
  }

  #beginLately(chain: ChainFront, limbs: Int32Array, from: number): boolean {
    const { recent } = chain.shard;
    const count = recent.find(limbs, from) - 1;
    if (!recent.holds(count)) return this.#odd('a chain that begins far behind, and not known where');
    const down = recent.downTo(count);
    return this.#beginBehind(chain, count, down, { ...down, last: recent.numberOf(count) });
  }

  #beginBehind(chain: ChainFront, count: number, sums: { one: number; two: number }, left: LeftOut): boolean {
    const { shard, start } = chain;
    if (chain.isReopened || !mayLeaveOut(start, left)) return this.#odd('a chain that begins in between');
    if (!this.#holdUntil(shard, start.since)) return false;
    if (chain.before !== undefined && count > chain.coveredTo)
      return this.#odd('a reader that begins again further on');
    shard.hasMidStream = true;
    chain.isWhole = chain.before?.isWhole === true;
    chain.begun = count;
    chain.goTo(undefined, count, sums);
    return true;
  }

  /** Records that were left out may still be read, and then show whether they arrived before `since`. */
  #holdUntil({ behind }: ShardFront, since = Number.POSITIVE_INFINITY): boolean {
    for (const stretch of behind) {
      if (stretch.latestArrival >= since) return this.#odd('a chain that begins in between');
      stretch.until = Math.min(stretch.until, since);
    }
    return true;
  }

  /** The chain begins further on than all others. */
  #leaveOut(chain: ChainFront, limbs: Int32Array, from: number): boolean {
    const { shard } = chain;
    if (shard.hasLost || shard.hasAgain)
      return this.#odd('a skipped record, or a reader that began again, and one that begins further on');
    const stretch = this.#cut(shard, limbs, from);
    if (stretch === undefined) return false;
    for (const other of shard.chains) {
      if (!other.isPlaced) continue;
      other.isPlaced = false;
      other.stretch = stretch;
    }
    return this.#beginBehind(chain, 0, nothing, {
      last: stretch.end,
      putT: stretch.latestPutT,
      arrival: shard.latestArrival,
    });
  }

  /**
   * Cuts off what is before this number; the front begins with it. Undefined if the rows are not in order: then
   * everything is spilled.
   */
  #cut(shard: ShardFront, limbs: Int32Array, from: number): Stretch | undefined {
    const stretch = new Stretch();
    const { queue, count } = shard;
    if (queue.front()) copyLimbs(count > 0 ? shard.first : queue.ints, count > 0 ? 0 : queue.at, stretch.first, 0);
    stretch.count = count;
    stretch.one = shard.one;
    stretch.two = shard.two;
    stretch.recent = shard.recent;
    stretch.latestArrival = shard.latestArrival;
    stretch.earliestArrival = shard.earliestArrival;
    while (queue.front() && compareLimbs(queue.ints, queue.at, limbs, from) < 0) {
      if (!this.#count(shard)) return undefined;
      stretch.take(queue);
    }
    stretch.latestPutT = shard.latestPutT;
    shard.restart();
    const before = shard.behind.at(-1);
    if (before !== undefined) before.next = stretch;
    shard.behind.push(stretch);
    return stretch;
  }

  /** Counts the next row of the queue, which is read later. It must be the next of its flow. */
  #count(shard: ShardFront): boolean {
    const { flows, passRow } = this.#readers;
    const { queue } = shard;
    const flow = queue.ints[queue.at + rowField.flow] as number;
    const how = flows.read(flow, queue.ints[queue.at + rowField.n] as number, shard.id);
    if (how !== readAs.next && how !== readAs.aside)
      return this.#odd('a record before a reader began, and not in order');
    shard.latestPutT = Math.max(shard.latestPutT, queue.putT);
    passRow(shard);
    return true;
  }

  /** Takes a record of a stretch. */
  #deliver(chain: ChainFront, stretch: Stretch, limbs: Int32Array, from: number, record: Delivered): void {
    const isFront = chain.count === stretch.count;
    chain.add(limbs, from, record);
    if (isFront) return this.#advance(chain, stretch, limbs, from, record);
    const ackT = stretch.recent.ackTOf(chain.count);
    if (chain.caughtUpT0 > Number.NEGATIVE_INFINITY) this.#readers.holdCaughtUp(chain, ackT);
    if (chain.tipT > Number.NEGATIVE_INFINITY) this.holdTip(chain, limbs, from, ackT);
    if (chain.count === stretch.count) this.#verify(chain, stretch);
  }

  #verify(chain: ChainFront, { recent }: Stretch): void {
    if (!recent.areSums(chain.count, chain.one, chain.two)) this.#odd('two readers that were given different records');
    chain.verified = chain.count;
  }

  #advance(chain: ChainFront, stretch: Stretch, limbs: Int32Array, from: number, record: Delivered): void {
    if (record.flow === foreignFlow) return void this.#odd('a record of others in what a reader left out');
    const { queue } = stretch;
    const { arrivals, holdCaughtUp } = this.#readers;
    const { arrival } = record;
    if (!(queue.front() && queue.isAt(limbs, from, record.sub) && isAsSent(queue, record)) || arrival >= stretch.until)
      return void this.#odd('another record than the one that was left out there');
    arrivals().holdToPut(arrival, queue.putT, queue.ackT);
    arrivals().holdRising(stretch, arrival);
    if (arrival < stretch.earliestArrival) stretch.earliestArrival = arrival;
    holdCaughtUp(chain, queue.ackT);
    if (chain.tipT > Number.NEGATIVE_INFINITY) this.holdTip(chain, limbs, from, queue.ackT);
    stretch.count = chain.count;
    stretch.one = chain.one;
    stretch.two = chain.two;
    stretch.recent.note(chain.count, queue.ackT);
    stretch.recent.noteDown(stretch, limbs, from);
    chain.verified = chain.count;
    queue.shift();
  }

  /** After the last record of a page. */
  endPage(chain: ChainFront): void {
    const { stretch, count, verified } = chain;
    if (stretch !== undefined && count > verified && stretch.recent.holds(count)) this.#verify(chain, stretch);
  }

  /** Called at the end. Nothing may be left in a stretch, and it must have arrived before what is behind it. */
  finish(shard: ShardFront): void {
    let earliest = shard.earliestArrival;
    for (const { queue, latestArrival, earliestArrival } of shard.behind.toReversed()) {
      if (queue.length > 0) this.#odd('a record before the place where reading began');
      this.#readers.arrivals().holdBehind(latestArrival, earliest);
      earliest = Math.min(earliest, earliestArrival);
    }
  }
}

const nothing = { one: 0, two: 0 };

/** True if the next row of the queue is below this number. */
const isBelow = (queue: ShardQueue, limbs: Int32Array, from: number): boolean =>
  queue.front() && compareLimbs(queue.ints, queue.at, limbs, from) < 0;

/** True if the record is that of the current row of the queue. */
const isAsSent = ({ ints, at }: ShardQueue, { flow, n, hasDigest, high, low }: Delivered): boolean =>
  ints[at + rowField.flow] === flow &&
  ints[at + rowField.n] === n &&
  ((ints[at + rowField.flags] as number) & rowFlag.hasDigest) === hasDigest &&
  ints[at + rowField.high] === high &&
  ints[at + rowField.low] === low;
