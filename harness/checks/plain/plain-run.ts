import { limbsPer } from '../../model/sequences.ts';
import { flowOf } from '../view/fold-put.ts';
import { Tables } from '../view/tables.ts';
import { Arrivals } from './arrivals.ts';
import { Counted } from './counted.ts';
import { Flows } from './flows.ts';
import { compareLimbs, copyLimbs } from './limbs.ts';
import { mustBe } from './not-plain.ts';
import { Numbers } from './numbers.ts';
import { ChainFront, ShardFront } from './shard-front.ts';
import { Slots } from './slots.ts';

type Call = { readonly line: number; readonly first: number; readonly count: number };

/** One record as a page delivers it, but for its number and its digest. */
export type Delivered = {
  readonly flow: number;
  readonly n: number;
  readonly limbs: Float64Array;
  readonly at: number;
  /** NaN: not told. */
  readonly arrival: number;
};

/**
 * Follows a history that is plain from end to end, keeping only what is on its way: every record sent once, acknowledged, and given to every reader in one order, each
 * flow 0, 1, 2, … in one shard, no reshard. Of such a history no check finds anything, and what is counted can be counted on the way. Whatever else comes
 * ends it (`NotPlain`): this never says that something is wrong. Readers of one shard are compared by a hash of all that they were given.
 */
export class PlainRun {
  readonly tables = new Tables();
  readonly slots = new Slots();
  readonly #shards: (ShardFront | undefined)[] = [];
  readonly #chains = new Map<number, ChainFront>();
  readonly #calls = new Map<number, Call>();
  #lastOp = -1;
  readonly flows = new Flows();
  readonly numbers = new Numbers();
  readonly counted = new Counted();
  acked = 0;
  #settle = Number.NaN;
  #arrivals = new Arrivals(undefined);

  /** After the head. */
  begin(): void {
    const { head } = this.tables;
    this.#settle = (head?.tolerances?.settleMs ?? 5000) * 1000;
    this.#arrivals = new Arrivals(head);
    mustBe(
      head?.recorded === undefined || (head.recorded.includes('puts') && head.recorded.includes('pages')),
      'puts or pages were not recorded',
    );
    mustBe(head?.stream?.shared !== true, 'the stream is shared');
  }

  /** Those that were written to, or read. */
  get shards(): readonly ShardFront[] {
    return this.#shards.filter((shard) => shard !== undefined);
  }

  shard(id: number): ShardFront {
    const known = this.#shards[id];
    if (known !== undefined) return known;
    const made = new ShardFront(id, this.tables.shards.name(id));
    this.#shards[id] = made;
    return made;
  }

  openCall(op: number, line: number, count: number): number {
    mustBe(op > this.#lastOp, 'calls are not numbered in their order');
    this.#lastOp = op;
    this.#calls.set(op, { line, first: -1, count });
    this.tables.inFlight += 1;
    if (this.tables.inFlight > this.tables.inFlightMax) this.tables.inFlightMax = this.tables.inFlight;
    return -1;
  }

  /** The call's entries are chained by slots: `last` is that of the entry before, -1 for the first. The digest is the one in `tables.digest`. */
  openEntry(
    op: number,
    last: number,
    flow: number,
    n: number,
    { t, isSentinel }: { t: number; isSentinel: boolean },
  ): number {
    this.flows.send(flow, n);
    const { slots } = this;
    const slot = slots.take();
    slots.flow[slot] = flow;
    slots.n[slot] = n;
    slots.op[slot] = op;
    slots.nextOfOp[slot] = -1;
    slots.nextOfFlow[slot] = -1;
    slots.shard[slot] = -1;
    slots.isAcked[slot] = 0;
    slots.isRead[slot] = 0;
    slots.isSentinel[slot] = isSentinel ? 1 : 0;
    slots.putT[slot] = t;
    this.#keepDigest(slot);
    if (last < 0) this.#calls.set(op, { ...(this.#calls.get(op) as Call), first: slot });
    else slots.nextOfOp[last] = slot;
    const before = this.flows.append(flow, slot);
    if (before >= 0) slots.nextOfFlow[before] = slot;
    return slot;
  }

  sent(flow: number): void {
    this.tables.flowOpen.set(flow, this.tables.flowOpen.at(flow) + 1);
  }

  #keepDigest(slot: number): void {
    const { digest } = this.tables;
    mustBe(digest.text === undefined, 'a digest of another form');
    this.slots.hasDigest[slot] = digest.kind;
    this.slots.high[slot] = digest.high;
    this.slots.low[slot] = digest.low;
  }

  /** The first slot of an answered call. */
  closeCall(op: number, results: number): Call {
    const call = this.#calls.get(op);
    mustBe(call !== undefined && results === call.count, 'an answer that does not fit its call');
    this.#calls.delete(op);
    this.tables.inFlight -= 1;
    return call;
  }

  /** One entry of an answered call is placed. */
  place(slot: number, shard: ShardFront, limbs: Float64Array, at: number, call: Call): void {
    const { slots } = this;
    const op = slots.op[slot] ?? -1;
    const isFirst = shard.op !== op;
    mustBe(isFirst || compareLimbs(limbs, at, shard.opLimbs, 0) > 0, 'a call whose numbers do not ascend');
    shard.op = op;
    copyLimbs(limbs, at, shard.opLimbs, 0);
    if (slots.isRead[slot] === 1) {
      const isThere = slots.shard[slot] === shard.id && compareLimbs(limbs, at, slots.limbs, slot * limbsPer) === 0;
      mustBe(isThere && (slots.isFirst[slot] === 1) === isFirst, 'read elsewhere than acknowledged');
    } else {
      slots.shard[slot] = shard.id;
      copyLimbs(limbs, at, slots.limbs, slot * limbsPer);
      slots.isFirst[slot] = isFirst ? 1 : 0;
    }
    this.numbers.note(shard, limbs, at);
    if (slots.isSentinel[slot] === 1) return;
    mustBe(!shard.isBelowTopAt(limbs, at, call.line), 'a number below one that was acknowledged before');
  }

  /** The second look at an entry of an answered call, when all of them are placed. */
  settle(slot: number, t: number, line: number): void {
    const { slots } = this;
    const flow = slots.flow[slot] ?? 0;
    this.tables.flowOpen.set(flow, this.tables.flowOpen.at(flow) - 1);
    slots.isAcked[slot] = 1;
    slots.ackT[slot] = t;
    const shard = this.shard(slots.shard[slot] ?? -1);
    if (slots.isSentinel[slot] === 0) {
      this.acked += 1;
      this.flows.noteAcked(flow, slots.limbs, slot * limbsPer);
      const oldest = this.#oldestLine();
      mustBe(shard.raise(slots.limbs, slot * limbsPer, line, oldest), 'too many answers beside an open call');
    }
    if (slots.isRead[slot] === 0) return;
    this.#arrivals.holdToPut(slots, slot);
    slots.release(slot);
  }

  #oldestLine(): number {
    for (const { line } of this.#calls.values()) return line;
    return Number.POSITIVE_INFINITY;
  }

  /** A chain that begins: at TRIM_HORIZON, the only one of its reader in its shard. */
  openChain(number: number, reader: number, shard: ShardFront): ChainFront {
    mustBe(!this.#chains.has(number), 'a chain that begins again');
    mustBe(
      shard.chains.every((other) => other.reader !== reader),
      'a reader that begins again',
    );
    const made = new ChainFront(reader, shard);
    this.#chains.set(number, made);
    shard.chains.push(made);
    return made;
  }

  chain(number: number, reader: number, shard: number): ChainFront {
    const known = this.#chains.get(number);
    mustBe(known !== undefined && known.reader === reader && known.shard.id === shard, 'a page of no chain');
    return known;
  }

  deliver(chain: ChainFront, record: Delivered): void {
    const { limbs, at, flow, n, arrival } = record;
    mustBe(chain.count === 0 || compareLimbs(limbs, at, chain.last, 0) > 0, 'a chain that does not ascend');
    copyLimbs(limbs, at, chain.last, 0);
    const { shard } = chain;
    const isFront = chain.count === shard.count && chain.one === shard.one && chain.two === shard.two;
    chain.add(limbs, at, flow, n);
    const { kind, high, low } = this.tables.digest;
    chain.mix(kind === 0 ? 0 : high);
    chain.mix(kind === 0 ? 0.5 : low);
    chain.mix(Number.isNaN(arrival) ? -1 : arrival);
    if (isFront) this.#advance(chain, record);
    else {
      mustBe(chain.count <= shard.count, 'two readers that were given different records');
      if (chain.caughtUpT0 > Number.NEGATIVE_INFINITY) {
        const known = shard.ackTOf(chain.count);
        mustBe(known + this.#settle > chain.caughtUpT0, 'an older record behind a page that said nothing is behind');
      }
    }
    if (chain.count !== shard.count) return;
    mustBe(chain.one === shard.one && chain.two === shard.two, 'two readers that were given different records');
    chain.verified = chain.count;
  }

  /** The first to be given it: it is the next of its flow, at the place that was acknowledged, as it was sent. */
  #advance(chain: ChainFront, { flow, n, limbs, at, arrival }: Delivered): void {
    const { slots } = this;
    const { shard } = chain;
    const slot = this.flows.head(flow);
    mustBe(slot >= 0 && slots.n[slot] === n, 'a record that is not the next of its flow');
    this.flows.advance(flow, slots.nextOfFlow[slot] ?? -1);
    mustBe(this.#isSentDigest(slot), 'other bytes than were sent');
    const isAcked = slots.isAcked[slot] === 1;
    const op = slots.op[slot] ?? -1;
    const mustBeFirst = op !== shard.lastOp;
    shard.lastOp = op;
    slots.arrival[slot] = arrival;
    if (isAcked) {
      const isThere = slots.shard[slot] === shard.id && compareLimbs(limbs, at, slots.limbs, slot * limbsPer) === 0;
      mustBe(isThere, 'read elsewhere than acknowledged');
      mustBe((slots.isFirst[slot] === 1) === mustBeFirst, 'records of others between those of one call');
      const ackT = slots.ackT[slot] ?? Number.NaN;
      mustBe(ackT + this.#settle > chain.caughtUpT0, 'an older record behind a page that said nothing is behind');
    } else {
      slots.shard[slot] = shard.id;
      copyLimbs(limbs, at, slots.limbs, slot * limbsPer);
      slots.isFirst[slot] = mustBeFirst ? 1 : 0;
      slots.isRead[slot] = 1;
    }
    shard.count = chain.count;
    shard.one = chain.one;
    shard.two = chain.two;
    copyLimbs(limbs, at, shard.last, 0);
    shard.noteAckT(chain.count, isAcked ? (slots.ackT[slot] ?? Number.NaN) : Number.NaN);
    if (slots.isSentinel[slot] === 0) this.counted.note(this.tables, { flow, n, shard });
    this.#arrivals.holdRising(shard, arrival);
    if (!isAcked) return;
    this.#arrivals.holdToPut(slots, slot);
    slots.release(slot);
  }

  #isSentDigest(slot: number): boolean {
    const { digest } = this.tables;
    if (this.slots.hasDigest[slot] !== digest.kind || digest.text !== undefined) return false;
    return digest.kind === 0 || (this.slots.high[slot] === digest.high && this.slots.low[slot] === digest.low);
  }

  /** The flow of a producer and a key, by their ids. */
  flowOf(producer: number, key: number): number {
    return flowOf(this.tables, producer, key);
  }

  get isAllAnswered(): boolean {
    return this.#calls.size === 0;
  }
}
