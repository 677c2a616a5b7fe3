import type { PutPart } from '../../model/event.ts';
import { numberedTwice, OpNumbers } from './op-numbers.ts';
import { OpOfCall } from './op-of-call.ts';
import { type Held, OpenIndex } from './open-index.ts';
import type { Spill } from './spills.ts';

/**
 * Integers per record of a call in flight: its flow, its `n`, its digest (two), and flags of `rowFlag`. The bits above
 * the flags hold its index in `EarlyReads` plus one, if it was read already.
 */
export const perEntry = 5;
export const entryField = { n: 1, high: 2, low: 3, flags: 4 } as const;
export const readShift = 8;
/** 128 MB. A call without an answer must not hold all that comes after it. */
const sizeMax = 32 * 1024 * 1024;

/** So many calls are searched one by one. */
const fewCalls = 64;

/** A call as it is sent. */
export class Call {
  readonly op: number;
  readonly line: number;
  readonly t: number;
  readonly count: number;
  isBatch = false;
  isMarker = false;
  /** The aggregates of the call, and the index of the aggregate of each record; -1: it is in none. */
  parts: readonly PutPart[] | undefined;
  partOf: Int32Array | undefined;
  /** Its index among all calls. It is small, while `op` may be large. */
  index = 0;
  /** The index of its first record among all records of the run. */
  first = 0;

  constructor(op: number, line: number, t: number, count: number) {
    this.op = op;
    this.line = line;
    this.t = t;
    this.count = count;
  }
}

/** The records of calls in flight, one call behind the other, in a ring. */
export class OpenCalls {
  readonly #spill: Spill;
  ints = new Int32Array(1024 * perEntry);
  /** The newest call is kept apart: a serial writer has no other. */
  #newest: Call | undefined;
  readonly #older = new Map<number, Call>();
  readonly #numbers = new OpNumbers();
  readonly ops = new OpOfCall();
  #index: OpenIndex<Call> | undefined;
  #end = 0;
  count = 0;

  constructor(spill: Spill) {
    this.#spill = spill;
  }

  open(call: Call): void {
    if (!this.#numbers.take(call.op)) return this.#spill('all', numberedTwice);
    if (this.#newest !== undefined) this.#older.set(this.#newest.op, this.#newest);
    this.#newest = call;
    call.index = this.count;
    this.ops.note(call.index, call.op);
    call.first = this.#end;
    this.#index?.open(call);
    this.count += 1;
    this.#end += call.count;
    // Calls before the oldest one in flight are answered.
    const held = (this.#end - (this.#oldest() ?? call).first) * perEntry;
    if (held > this.ints.length) this.#grow(held);
  }

  /** How many records were sent so far. */
  get sent(): number {
    return this.#end;
  }

  /** The offset of a record in `ints`. */
  at(index: number): number {
    return (index * perEntry) % this.ints.length;
  }

  /**
   * Returns the call that is answered. `results`: how many the answer has; -1: it has none. Undefined if there is no
   * such call, or the results do not fit: then everything is spilled.
   */
  close(op: number, results: number): Call | undefined {
    const newest = this.#newest;
    const call = newest?.op === op ? newest : this.#older.get(op);
    if (call === undefined || (results >= 0 && results !== call.count)) {
      this.#spill('all', 'an answer that does not fit its call');
      return undefined;
    }
    if (call === newest) this.#newest = undefined;
    else this.#older.delete(op);
    if (this.size <= fewCalls / 2) this.#index = undefined;
    else this.#index?.close(call);
    return call;
  }

  #oldest(): Call | undefined {
    if (this.#older.size > 0) for (const call of this.#older.values()) return call;
    return this.#newest;
  }

  /** The line of the oldest call in flight; Infinity: none. */
  get oldestLine(): number {
    return this.#oldest()?.line ?? Number.POSITIVE_INFINITY;
  }

  get size(): number {
    return this.#older.size + (this.#newest === undefined ? 0 : 1);
  }

  /** Those that are not answered, the oldest first. */
  *all(): Generator<Call> {
    yield* this.#older.values();
    if (this.#newest !== undefined) yield this.#newest;
  }

  /**
   * The call in flight that has a record, and its offset in `ints`. For records that are read before they are
   * acknowledged.
   */
  find(flow: number, n: number): { readonly call: Call; readonly at: number } | undefined {
    if (this.#index === undefined && this.size > fewCalls)
      this.#index = new OpenIndex(this.all(), (index) => this.#nameAt(index));
    const held = this.#index === undefined ? this.#search(flow, n) : this.#index.find(flow, n);
    return held === undefined ? undefined : { call: held.call, at: this.at(held.index) };
  }

  #search(flow: number, n: number): Held<Call> | undefined {
    for (const call of this.all()) {
      for (let index = call.first; index < call.first + call.count; index += 1) {
        const at = this.at(index);
        if (this.ints[at] === flow && this.ints[at + entryField.n] === n) return { call, index };
      }
    }
    return undefined;
  }

  #nameAt(index: number): readonly [flow: number, n: number] {
    const at = this.at(index);
    return [this.ints[at] as number, this.ints[at + entryField.n] as number];
  }

  #grow(held: number): void {
    const before = this.ints;
    let size = before.length;
    while (size < held) size *= 2;
    if (size > sizeMax) return this.#spill('all', 'too many records in calls that are not answered');
    this.ints = new Int32Array(size);
    for (const { first, count } of this.all()) {
      for (let index = first; index < first + count; index += 1) {
        const from = (index * perEntry) % before.length;
        this.ints.set(before.subarray(from, from + perEntry), this.at(index));
      }
    }
  }
}
