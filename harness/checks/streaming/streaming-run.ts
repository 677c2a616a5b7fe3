import { compareLimbs } from '../../model/sequences.ts';
import { flowOf } from '../index/fold-put.ts';
import { Tables } from '../index/tables.ts';
import { KeptApart } from './calls-apart.ts';
import { Carriers } from './carriers.ts';
import { counterOf } from './counter-of.ts';
import type { Delivered } from './delivered.ts';
import { disown, disownAt } from './disown.ts';
import type { EarlyRead } from './early-reads.ts';
import { Flows, type Sums } from './flows.ts';
import { HashKeys } from './hash-keys.ts';
import { KeptForeign } from './kept-foreign.ts';
import { Numbers } from './numbers.ts';
import { oddHead } from './odd-head.ts';
import { Call, entryField, OpenCalls, perEntry, readShift } from './open-calls.ts';
import { StreamingReaders } from './readers.ts';
import { Rejected, type SentRecord } from './rejected.ts';
import { ShardFront } from './shard-front.ts';
import { rowField, rowFlag, subShift } from './shard-queue.ts';
import { type Spill, Spills } from './spills.ts';
import { StreamingSubjects } from './subjects.ts';
import { orderOfSubs } from './subs.ts';
import { sumOne, sumTwo } from './sums.ts';

/**
 * Follows a history that is plain from end to end, and keeps only what is open. Plain: every record is sent once,
 * acknowledged, and delivered to every reader in one order; each flow counts 0, 1, 2, … in one shard, or goes on in a
 * descendant. No check finds anything in such a history, and its counts are made on the way. Anything else is spilled:
 * single records, keys, or everything. This never says that something is wrong. Readers of one shard are compared by a
 * sum over all records that they got.
 */
export class StreamingRun {
  readonly tables = new Tables();
  readonly flows = new Flows();
  readonly spills: Spills = new Spills(this.tables.records, this.flows, () => this.calls.sent);
  readonly spill: Spill = this.spills.spill;
  readonly calls = new OpenCalls(this.spill);
  readonly numbers = new Numbers(this.spill);
  readonly hashKeys = new HashKeys(this.spill);
  /** The flows of sentinels. */
  readonly markers = new Set<number>();
  readonly apart = new KeptApart();
  readonly foreign = new KeptForeign();
  /** Aggregates were acknowledged or read. */
  hasAggregates = false;
  readonly #carriers = new Carriers();
  readonly subjects = new StreamingSubjects(this.tables, this.spill);
  readonly readers = new StreamingReaders(this);
  /** Records that are to be sent again. */
  readonly rejected = new Rejected();
  /** The failed records of the call that is being answered. */
  readonly #failed: SentRecord[] = [];
  /** By shard id, with holes. */
  readonly #shards: ShardFront[] = [];
  /** The call that is being sent or answered, the offset of its next record, and the shards of its records. */
  #at = 0;
  #call = new Call(0, 0, 0, 0);
  readonly #touched: ShardFront[] = [];
  /** `n` is only the order of first sending. Of calls that overlap it says nothing. Contract, rule 26. */
  #isOrderOfSending = false;
  /** Others may write to the stream. */
  isShared = false;
  /** If `#isOrderOfSending`: by flow, how many of its records are in the call that is being sent. */
  readonly #ofCall = new Map<number, number>();

  /** Called after the head. */
  begin(): void {
    const { head } = this.tables;
    this.readers.begin(head);
    this.flows.begin(counterOf(head?.identity));
    this.isShared = head?.stream?.shared === true;
    this.#isOrderOfSending = head?.identity?.from === 'none';
    const odd = head === undefined ? undefined : oddHead(head);
    if (odd !== undefined) this.spill('all', odd);
  }

  /** True if everything was spilled: then reading on is of no use. */
  get isOver(): boolean {
    return this.spills.all !== undefined;
  }

  /** The shards that were written to, or read. */
  get shards(): readonly ShardFront[] {
    return Object.values(this.#shards);
  }

  shard(id: number): ShardFront {
    const known = this.#shards[id];
    if (known !== undefined) return known;
    const made = new ShardFront(id, this.tables.shards.name(id));
    this.#shards[id] = made;
    return made;
  }

  /** The flow of a producer and a key, by their ids. */
  flowOf(producer: number, key: number): number {
    return flowOf(this.tables, producer, key);
  }

  /** A call is sent; its records follow, each by `send`. */
  openCall(call: Call): void {
    this.calls.open(call);
    if (this.#isOrderOfSending) this.#ofCall.clear();
    this.#take(call);
    const { tables } = this;
    tables.inFlight += 1;
    tables.inFlightMax = Math.max(tables.inFlightMax, tables.inFlight);
  }

  #take(call: Call): void {
    this.#call = call;
    this.#at = this.calls.at(call.first);
  }

  send(record: Delivered, after: Sums | undefined): void {
    const { flow, n, hasDigest, high, low } = record;
    this.flows.know(flow, this.spills.hasKeyOf);
    if (this.#isOrderOfSending) this.#holdApart(flow);
    if (this.#call.isMarker) this.#mark(flow);
    else if (this.markers.size > 0 && this.markers.has(flow)) this.spill('all', namesOfWork);
    else if (!this.flows.noteMode(flow, this.#call.isBatch, after))
      this.spill({ keyOf: flow }, 'a SequenceNumberForOrdering that is not the last of its flow');
    const met = this.rejected.size > 0 ? this.rejected.meet(record) : undefined;
    if (met === false) this.spill({ flow, n }, 'a record that is sent again with other bytes');
    const isNext = this.flows.send(flow, n);
    if (!isNext) this.#sendOdd(flow, n);
    const { ints } = this.calls;
    const at = this.#at;
    ints[at] = flow;
    ints[at + entryField.n] = n;
    ints[at + entryField.high] = high;
    ints[at + entryField.low] = low;
    ints[at + entryField.flags] =
      (hasDigest === 0 ? 0 : rowFlag.hasDigest) |
      (this.#call.isMarker ? rowFlag.isMarker : 0) |
      (this.#call.count > 1 ? rowFlag.isMany : 0) |
      (isNext && met === undefined ? 0 : rowFlag.isAgain);
    this.#step();
  }

  /** Records are counted by flow. So a flow with sentinels and workload is not plain. */
  #mark(flow: number): void {
    const isWork = this.flows.hasSent(flow) || this.rejected.has(flow);
    if (isWork && !this.markers.has(flow)) this.spill('all', namesOfWork);
    this.markers.add(flow);
  }

  /** Spills the key if another call in flight has records of the flow. */
  #holdApart(flow: number): void {
    const own = this.#ofCall.get(flow) ?? 0;
    if (this.flows.openOf(flow) > own) this.spill({ keyOf: flow }, 'calls of one key that overlap, without a counter');
    this.#ofCall.set(flow, own + 1);
  }

  #sendOdd(flow: number, n: number): void {
    if (this.flows.isAside(flow)) this.spills.noteSent();
    else if (this.flows.isSent(flow, n)) this.spill({ flow, n }, 'a record that is sent again');
    else this.spill({ keyOf: flow }, 'a flow does not count up from 0');
  }

  #step(): void {
    this.#at += perEntry;
    if (this.#at === this.calls.ints.length) this.#at = 0;
  }

  /**
   * A call is answered. Then `place` or `reject` is called for each of its records, in order, and `settle` at the end.
   * `results` -1: the answer has none. Returns how many records the call has.
   */
  closeCall(op: number, results: number): number {
    const call = this.calls.close(op, results);
    if (call === undefined) return 0;
    this.#take(call);
    this.isCarried = call.parts !== undefined;
    this.tables.inFlight -= 1;
    return call.count;
  }

  /** The next record was not acknowledged. It is to be sent again before anything else of its flow. */
  reject(): void {
    const { ints } = this.calls;
    const at = this.#at;
    const flags = ints[at + entryField.flags] as number;
    const flow = ints[at] as number;
    if (this.#call.isMarker) this.spill({ keyOf: flow }, 'an end marker that was not stored');
    const n = ints[at + entryField.n] as number;
    disownAt(this, at, this.#call);
    this.#failed.push({
      flow,
      n,
      high: ints[at + entryField.high] as number,
      low: ints[at + entryField.low] as number,
      hasDigest: flags & rowFlag.hasDigest,
    });
    this.#step();
  }

  /** Takes the last record first, so that two of one flow that failed in one call can both be sent again. */
  #takeBack(): void {
    for (let record = this.#failed.pop(); record !== undefined; record = this.#failed.pop()) {
      const { flow, n } = record;
      this.flows.close(flow);
      if (this.flows.takeBack(flow, n)) this.rejected.add(record);
      else this.spill({ keyOf: flow }, 'a record that was sent behind one that failed');
    }
  }

  /** The next record was acknowledged. `limbs`: the numbers of all results; that of this record is at `from`. */
  place(shard: ShardFront, limbs: Int32Array, from: number, sub: number, t: number): void {
    const call = this.#call;
    const { ints } = this.calls;
    const at = this.#at;
    const flags = ints[at + entryField.flags] as number;
    const flow = ints[at] as number;
    const isFirst = shard.call !== call.index;
    const above = isFirst ? 1 : compareLimbs(limbs, from, limbs, shard.callAt);
    if (isFirst) this.#begin(shard, call, limbs, from);
    else if (above < 0 || (above === 0 && orderOfSubs(sub, shard.callSub) <= 0))
      return this.spill('all', 'a call whose numbers do not ascend');
    shard.callAt = from;
    shard.callSub = sub;
    if (above > 0) this.numbers.note(shard, limbs, from);
    if (!this.#call.isMarker) this.#noteAcked(flow, limbs, from);
    if (flags >>> readShift !== 0) this.#meet((flags >>> readShift) - 1, { shard, limbs, from, sub, isFirst, t });
    else this.#await(shard, limbs, from, (isFirst ? rowFlag.isFirst : 0) | (sub << subShift), t);
    this.#step();
  }

  /** True if the call that is being answered has aggregates. */
  isCarried = false;

  /** Notes in which shard an acknowledged user record's aggregate was stored. */
  noteCarrier(shard: ShardFront, item: number): void {
    this.#carriers.note(this.#call, item, shard);
  }

  /** Takes the first record of a call in a shard. The numbers of the call ascend there, so this one is the lowest. */
  #begin(shard: ShardFront, call: Call, limbs: Int32Array, from: number): void {
    shard.call = call.index;
    shard.noteMin(limbs, from);
    this.#touched.push(shard);
    if (this.#call.isMarker) return;
    shard.lastPutLine = Math.max(shard.lastPutLine, call.line);
    if (shard.isBelowTopAt(limbs, from, call.line))
      this.spill('all', 'a number below one that was acknowledged before');
  }

  /** Only a PutRecord's number is kept: it is the only call with a SequenceNumberForOrdering. */
  #noteAcked(flow: number, limbs: Int32Array, from: number): void {
    this.flows.close(flow);
    if (this.#call.isBatch) this.flows.noteAckedInBatch(flow);
    else this.flows.noteAcked(flow, sumOne(limbs, from), sumTwo(limbs, from));
  }

  /** The record is still to be read. `own`: what its row has besides the flags of its call. */
  #await(shard: ShardFront, limbs: Int32Array, from: number, own: number, t: number): void {
    const call = this.#call;
    const at = this.#at;
    if (compareLimbs(limbs, from, shard.last, 0) <= 0) return this.spill('all', 'a record that was passed over');
    const { queue } = shard;
    const sent = this.calls.ints;
    queue.append(limbs, from);
    const { ints, at: row } = queue;
    ints[row + rowField.flow] = sent[at] as number;
    ints[row + rowField.n] = sent[at + entryField.n] as number;
    ints[row + rowField.high] = sent[at + entryField.high] as number;
    ints[row + rowField.low] = sent[at + entryField.low] as number;
    ints[row + rowField.op] = call.index;
    ints[row + rowField.flags] = ((sent[at + entryField.flags] as number) & ((1 << readShift) - 1)) | own;
    if (!queue.setTimes(call.t, t)) return this.spill('all', 'an answer more than 35 minutes after its call');
    const odd = queue.settle();
    if (odd !== undefined) this.spill('all', odd);
  }

  /** The record was read before its acknowledgement. */
  #meet(index: number, { shard, limbs, from, sub, isFirst, t }: Answered): void {
    const read = this.readers.early.take(index);
    if (read.sub !== sub) return this.spill('all', 'read at another place in its aggregate than acknowledged');
    if (!read.isAt(shard.id, limbs, from)) {
      this.#meetAnother(read);
      return this.#await(shard, limbs, from, (isFirst ? rowFlag.isFirst : 0) | (sub << subShift), t);
    }
    if (read.isFirst !== isFirst) return this.spill('all', 'read elsewhere than acknowledged');
    this.readers.arrivals.holdToPut(read.arrival, this.#call.t, t);
  }

  /** Another attempt stored what was read. */
  #meetAnother(read: EarlyRead): void {
    const { ints } = this.calls;
    if (this.#call.count > 1) return this.spill('all', 'read elsewhere than acknowledged');
    disown(this, read, this.#call, { flow: ints[this.#at] as number, n: ints[this.#at + entryField.n] as number });
  }

  noteUnacked(shard: ShardFront, limbs: Int32Array, from: number): void {
    shard.noteMin(limbs, from);
    this.numbers.noteUnacked(shard, limbs, from);
  }

  /** Called when all records of the call are placed or rejected. */
  settle(limbs: Int32Array, line: number): void {
    this.#takeBack();
    this.numbers.rise(limbs);
    if (!this.#call.isMarker) {
      const oldest = this.calls.oldestLine;
      for (const shard of this.#touched) {
        if (!shard.raise(limbs, shard.callAt, line, oldest)) this.spill('all', 'too many answers beside an open call');
      }
    }
    this.#touched.length = 0;
  }
}

const namesOfWork = 'an end marker under a producer and key of the workload';

/** Where a record was acknowledged, and when. */
type Answered = { shard: ShardFront; limbs: Int32Array; from: number; sub: number; isFirst: boolean; t: number };
