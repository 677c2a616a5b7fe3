import type { Head } from '../../model/event.ts';
import { areSame, copyLimbs } from '../../model/sequences.ts';
import { settleOf } from '../index/settle-of.ts';
import { Arrivals } from './arrivals.ts';
import { allOf, mayLeaveOut } from './beginnings.ts';
import { ChainNumbers } from './chain-numbers.ts';
import { type Delivered, foreignFlow } from './delivered.ts';
import { disown } from './disown.ts';
import { EarlyRead, EarlyReads } from './early-reads.ts';
import { readAs } from './flows.ts';
import { meetForeign } from './foreign.ts';
import { KeptAgain } from './given-again.ts';
import { MidStream } from './mid-stream.ts';
import { entryField, readShift } from './open-calls.ts';
import type { Sent } from './sent.ts';
import { ChainFront, type ChainStart, isBehind, type ShardFront } from './shard-front.ts';
import { rowField, rowFlag, subShift } from './shard-queue.ts';

/**
 * The readers of a plain run. The front of a shard is the reader that went furthest. All others are compared with it
 * by a sum over all records that they got.
 */
export class StreamingReaders {
  readonly #sent: Sent;
  readonly numbers: ChainNumbers;
  readonly early = new EarlyReads();
  readonly midStream: MidStream;
  readonly again = new KeptAgain();
  arrivals: Arrivals;
  /** How long MillisBehindLatest may be 0 before a reader gets an older record; microseconds. */
  #settleAfter = Number.NaN;
  #opened = 0;
  /** The target has a known deviation `re-delivery`. It may fit one finding, and not the next. */
  #isAgainKnown = false;

  constructor(sent: Sent) {
    this.#sent = sent;
    this.numbers = new ChainNumbers(sent.spill);
    this.arrivals = new Arrivals(undefined, sent.spill);
    this.midStream = new MidStream({
      flows: sent.flows,
      spill: sent.spill,
      arrivals: () => this.arrivals,
      passRow: (shard) => this.#passRow(shard),
      holdCaughtUp: (chain, ackT) => this.#holdCaughtUp(chain, ackT),
    });
  }

  begin(head: Head | undefined): void {
    this.#settleAfter = settleOf(head);
    this.#isAgainKnown = head?.target?.deviations?.some(({ anomaly }) => anomaly === 're-delivery') === true;
    this.arrivals = new Arrivals(head, this.#sent.spill);
  }

  openChain(number: number, reader: number, shard: ShardFront, start: ChainStart = {}): ChainFront {
    const known = shard.chains.findLast((chain) => chain.reader === reader);
    if (known !== undefined && known.count === 0) {
      known.start = start;
      known.isReopened = true;
      this.midStream.open(known);
      return this.numbers.replace(known, number);
    }
    if (known !== undefined) this.#leave(known);
    this.#opened += 1;
    const made = new ChainFront(number, reader, shard, this.#opened);
    made.start = start;
    if (known !== undefined) made.follow(known);
    this.midStream.open(made);
    this.numbers.name(made);
    shard.chains.push(made);
    return made;
  }

  /**
   * The reader of a chain begins again with another one. A record that is unknown by now is acknowledged after the
   * chain's pages.
   */
  #leave(chain: ChainFront): void {
    const { shard } = chain;
    if (!chain.isPlaced || this.#isAgainKnown) return this.#sent.spill('all', 'a reader that begins again');
    shard.hasAgain = true;
    this.numbers.forget(chain);
    if (chain.caughtUpT0 === Number.NEGATIVE_INFINITY) return;
    this.holdBehind(chain);
    this.#holdCaughtUp(chain, shard.queue.length > aheadMax ? Number.NaN : shard.queue.earliestAckT);
    chain.caughtUpT0 = Number.NEGATIVE_INFINITY;
  }

  /** A reader resumes a chain behind the last number that it got. Behind another number, it opens a new chain. */
  resumeChain(number: number, known: ChainFront, after: Int32Array): ChainFront {
    if (!areSame(known.last, 0, after, 0))
      return this.openChain(number, known.reader, known.shard, { from: after.slice(), isAfter: true });
    known.resumed.push(known.lastFlow, known.lastN);
    return this.numbers.replace(known, number);
  }

  /** Takes a record of a page. `limbs`: the numbers of all its records; that of this record is at `from`. */
  deliver(chain: ChainFront, limbs: Int32Array, from: number, record: Delivered): void {
    const isAbove = from === 0 ? chain.isAbove(limbs, 0) : isBehind(chain, limbs, from, record);
    if (!isAbove) return this.#sent.spill('all', 'a chain that does not ascend');
    if (!chain.isPlaced && !this.midStream.place(chain, limbs, from, record)) return;
    const { shard } = chain;
    // A chain at the front has the front's own sums. Readers that come up to it are compared with these.
    const isFront = chain.count === shard.count;
    chain.add(limbs, from, record);
    if (isFront) this.#advance(chain, limbs, from, record);
    else this.#follow(chain, limbs, from);
    if (chain.before !== undefined) this.again.note(chain, record);
  }

  /** Takes a record that another reader got before. */
  #follow(chain: ChainFront, limbs: Int32Array, from: number): void {
    const { shard } = chain;
    if (chain.tipT > Number.NEGATIVE_INFINITY)
      this.midStream.holdTip(chain, limbs, from, shard.recent.ackTOf(chain.count));
    if (chain.caughtUpT0 > Number.NEGATIVE_INFINITY) {
      this.#holdCaughtUp(chain, shard.recent.ackTOf(chain.count));
      this.#holdCaughtUp(chain, shard.passedAckT(chain.count - 1));
    }
    if (chain.count === shard.count) this.#verify(chain);
  }

  /**
   * If a page said that nothing is behind it, a record ahead of its chain was acknowledged only lately, or not at all.
   * `ackT`: microseconds; NaN: unknown, which spills everything.
   */
  #holdCaughtUp({ caughtUpT0 }: ChainFront, ackT: number): void {
    if (!(ackT + this.#settleAfter > caughtUpT0))
      this.#sent.spill('all', 'an older record after a page with MillisBehindLatest 0');
  }

  /** Called for a chain that stays behind: looks at all records ahead of it, read or unread by other chains. */
  holdBehind(chain: ChainFront): void {
    const { shard, caughtUpT0, count, start, isPlaced, isReopened, stretch } = chain;
    if (caughtUpT0 === Number.NEGATIVE_INFINITY) return;
    if (stretch !== undefined) return this.#sent.spill('all', 'a reader that is behind another one');
    // The chain began behind all of them, and got nothing.
    if (!isPlaced && !isReopened && mayLeaveOut(start, allOf(shard))) return;
    for (let next = count + 1; next <= shard.count; next += 1) {
      this.#holdCaughtUp(chain, shard.recent.ackTOf(next));
      this.#holdCaughtUp(chain, shard.passedAckT(next - 1));
    }
  }

  /** Takes the next record of the queue, which nobody read. */
  holdUnread(shard: ShardFront): void {
    this.#passRow(shard);
    for (const chain of shard.chains) this.#holdCaughtUp(chain, shard.queue.ackT);
  }

  #verify(chain: ChainFront): void {
    if (!chain.shard.recent.areSums(chain.count, chain.one, chain.two))
      this.#sent.spill('all', 'two readers that were given different records');
    chain.verified = chain.count;
  }

  /** After the last record of a page, which stands at `from`. */
  endPage(chain: ChainFront, limbs: Int32Array, from: number): void {
    copyLimbs(limbs, from, chain.last, 0);
    const { shard } = chain;
    if (!chain.isPlaced) return this.midStream.endPage(chain);
    if (chain.count === shard.count) copyLimbs(limbs, from, shard.last, 0);
    else if (shard.recent.holds(chain.count)) this.#verify(chain);
  }

  /**
   * Takes a record that no reader got before. It must be the next of its flow, at its acknowledged place, as it was
   * sent.
   */
  #advance(chain: ChainFront, limbs: Int32Array, from: number, record: Delivered): void {
    const { shard } = chain;
    if (record.flow === foreignFlow) meetForeign(this.#sent, shard, limbs, from);
    else this.#takeOwn(chain, limbs, from, record);
    shard.lastFlow = record.flow;
    shard.lastN = record.n;
    chain.verified = chain.count;
    if (shard.count === 0) copyLimbs(limbs, from, shard.first, 0);
    shard.count = chain.count;
    shard.one = chain.one;
    shard.two = chain.two;
    this.arrivals.holdRising(shard, record.arrival);
    if (record.arrival < shard.earliestArrival && shard.behind.length > 0) shard.earliestArrival = record.arrival;
    shard.recent.noteDown(shard, limbs, from);
    const { subjects, markers } = this.#sent;
    if (subjects.isAny) subjects.noteRead(shard.id, limbs, from, record, markers.has(record.flow));
  }

  #takeOwn(chain: ChainFront, limbs: Int32Array, from: number, record: Delivered): void {
    const { shard } = chain;
    const how = this.#sent.flows.read(record.flow, record.n, shard.id);
    if (how !== readAs.next) this.#readOdd(how, record);
    const { queue } = shard;
    if (queue.front() && queue.isAt(limbs, from, record.sub)) this.#takeFront(chain, record);
    else if (this.#isPassing(chain, limbs, from, record)) this.#takeFront(chain, record);
    else this.#readEarly(chain, limbs, from, record);
  }

  /** A copy is judged beside the last record of its flow that was read: that one tells whether the copy is stale. */
  #readOdd(how: number, { flow, n }: Delivered): void {
    if (how === readAs.aside) return;
    const { flows, spill } = this.#sent;
    if (how === readAs.odd) return spill({ keyOf: flow }, 'a record that is not the next of its flow');
    for (const own of [n, flows.lastRead(flow)]) spill({ flow, n: own }, 'a record that was read before');
  }

  /**
   * Passes over acknowledged records before this one: the front will never get them. They are judged beside the two
   * records between which they lie. Returns true if this record is then the next acknowledged one.
   */
  #isPassing(chain: ChainFront, limbs: Int32Array, from: number, record: Delivered): boolean {
    const { shard } = chain;
    const { queue, lastFlow, lastN } = shard;
    if (queue.length === 0 || queue.orderTo(limbs, from, record.sub) > 0) return false;
    while (queue.front() && queue.orderTo(limbs, from, record.sub) < 0) {
      const { ints, at } = queue;
      this.#passRow(shard);
      this.#pass(shard, ints[at + rowField.flow] as number, ints[at + rowField.n] as number);
      this.#holdCaughtUp(chain, queue.ackT);
      shard.notePassed(queue.ackT);
      queue.shift();
    }
    shard.hasLost = true;
    if (lastFlow >= 0) this.#sent.spill({ flow: lastFlow, n: lastN }, passedOver);
    this.#sent.spill({ flow: record.flow, n: record.n }, passedOver);
    return queue.front() && queue.isAt(limbs, from, record.sub);
  }

  /**
   * Sets aside a skipped record and the record of its flow that was read before it: they tell whether it lies in the
   * middle.
   */
  #pass(shard: ShardFront, flow: number, n: number): void {
    const { flows, spill } = this.#sent;
    const last = flows.lastRead(flow);
    if (!flows.pass(flow, n, shard.id)) return spill({ keyOf: flow }, passedOver);
    for (const own of [n, last]) spill({ flow, n: own }, passedOver);
  }

  #takeFront(chain: ChainFront, { flow, n, sub, hasDigest, high, low, arrival }: Delivered): void {
    const { shard } = chain;
    const { queue } = shard;
    const { ints, at, ackT } = queue;
    const flags = ints[at + rowField.flags] as number;
    const isIt =
      ints[at + rowField.flow] === flow && ints[at + rowField.n] === n && (flags & rowFlag.hasDigest) === hasDigest;
    if (!isIt || flags >>> subShift !== sub) return this.#sent.spill('all', anotherRecord);
    if (ints[at + rowField.high] !== high || ints[at + rowField.low] !== low)
      this.#sent.spill({ flow, n }, 'other bytes than were sent');
    this.#passRow(shard);
    this.#holdCaughtUp(chain, ackT);
    if (chain.tipT > Number.NEGATIVE_INFINITY) this.midStream.holdTip(chain, ints, at, ackT);
    shard.recent.note(chain.count, ackT);
    const { putT } = queue;
    if (putT > shard.latestPutT) shard.latestPutT = putT;
    this.arrivals.holdToPut(arrival, putT, ackT);
    queue.shift();
  }

  /** Notes the call of the next row of the queue, to find records of others between those of one call. */
  #passRow(shard: ShardFront): void {
    const { ints, at } = shard.queue;
    const flow = ints[at + rowField.flow] as number;
    const n = ints[at + rowField.n] as number;
    this.#run(shard, ints[at + rowField.op] as number, flow, n, ints[at + rowField.flags] as number);
  }

  #run(shard: ShardFront, call: number, flow: number, n: number, flags: number): void {
    const found = shard.runs.take(call, flow, n, flags, this.#sent.tables.inFlightMax);
    if (found === undefined) return;
    if (typeof found === 'string') this.#sent.spill('all', found);
    else this.#sent.apart.note(shard.id, found);
  }

  #readEarly(chain: ChainFront, limbs: Int32Array, from: number, record: Delivered): void {
    const { shard } = chain;
    const found = this.#sent.calls.find(record.flow, record.n);
    const { ints } = this.#sent.calls;
    const flags = found === undefined ? 0 : (ints[found.at + entryField.flags] as number);
    if (found === undefined) return this.#readUnacked(shard, limbs, from, record);
    const { at, call } = found;
    if (flags >>> readShift !== 0) {
      // It was read before, at another place. If the call has no other record, the later place is more likely.
      if (call.count > 1) return this.#readUnacked(shard, limbs, from, record);
      disown(this.#sent, this.early.take((flags >>> readShift) - 1), call, record);
    }
    if ((flags & rowFlag.hasDigest) !== record.hasDigest)
      return this.#sent.spill('all', 'a record with a digest that only one of them has');
    if (ints[at + entryField.high] !== record.high || ints[at + entryField.low] !== record.low)
      this.#sent.spill({ flow: record.flow, n: record.n }, 'other bytes than were sent');
    const isFirst = !shard.runs.holds(call.index);
    this.#run(shard, call.index, record.flow, record.n, flags | (isFirst ? rowFlag.isFirst : 0));
    const told = { ...record, shard: shard.id, isFirst, isAgain: (flags & rowFlag.isAgain) !== 0 };
    const index = this.early.add(new EarlyRead(limbs, from, told));
    ints[at + entryField.flags] = (flags & ((1 << readShift) - 1)) | ((index + 1) << readShift);
    if (call.t > shard.latestPutT) shard.latestPutT = call.t;
    // It will be acknowledged, at the earliest now.
    shard.recent.note(chain.count, this.#sent.tables.lastT);
  }

  /** Takes a record at an unacknowledged place: stored by an attempt that was given up, or by none. */
  #readUnacked(shard: ShardFront, limbs: Int32Array, from: number, { flow, n }: Delivered): void {
    const { flows } = this.#sent;
    shard.runs.leave();
    // No page owes it, because its number was not acknowledged before it was read.
    shard.recent.note(shard.count + 1, Number.POSITIVE_INFINITY);
    this.#sent.noteUnacked(shard, limbs, from);
    if (flows.isSent(flow, n)) this.#sent.spill({ flow, n }, 'a record that was read elsewhere than acknowledged');
    else this.#sent.spill({ keyOf: flow }, 'a record that was read and not sent, or given up');
  }
}

/** When a reader leaves a chain, at most so many unread records are looked at. */
const aheadMax = 4096;
const passedOver = 'a record that was passed over';
const anotherRecord = 'another record than was acknowledged there, or with a digest that only one of them has';
