import type { PutPart } from '../../model/event.ts';
import { numberedTwice, OpNumbers } from './op-numbers.ts';
import { OpOfCall } from './op-of-call.ts';
import { type Held, OpenIndex } from './open-index.ts';
import type { Spill } from './spills.ts';

/**
 * Integers a record of a call under way: first its flow, then its number, its digest, and flags of `rowFlag` with,
 * above them, one more than where it is kept when it was read already.
 */
export const perEntry = 5;
export const entryField = { n: 1, high: 2, low: 3, flags: 4 } as const;
export const readShift = 8;
/** 128 MB: a call that nobody answers must not hold all that comes after it. */
const sizeMax = 32 * 1024 * 1024;

/** So few are looked through one by one. */
const fewCalls = 64;

/** A call as it is sent. */
export class Call {
  readonly op: number;
  readonly line: number;
  readonly t: number;
  readonly count: number;
  isBatch = false;
  isMarker = false;
  /** The records of the call that carry others, and by which of them each of its records is carried; -1: by none. */
  parts: readonly PutPart[] | undefined;
  partOf: Int32Array | undefined;
  /** Its place among all calls: a small number, where `op` may be a large one. */
  index = 0;
  /** Where its records begin, since the beginning of the run. */
  first = 0;

  constructor(op: number, line: number, t: number, count: number) {
    this.op = op;
    this.line = line;
    this.t = t;
    this.count = count;
  }
}

/** The records of calls that were not answered, one call behind the other, in a ring. */
export class OpenCalls {
  readonly #spill: Spill;
  ints = new Int32Array(1024 * perEntry);
  /** The newest call stands apart: who writes serially has no other. */
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
    // Those before the oldest call under way are answered.
    const held = (this.#end - (this.#oldest() ?? call).first) * perEntry;
    if (held > this.ints.length) this.#grow(held);
  }

  /** All records so far. */
  get sent(): number {
    return this.#end;
  }

  /** Where in `ints` the record lies. */
  at(index: number): number {
    return (index * perEntry) % this.ints.length;
  }

  /** `results`: how many are told; -1: none. Undefined: there is no such call. */
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

  /** The line of the oldest call under way; Infinity: there is none. */
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

  /** The call under way that holds a record, and where; for records that are read before they are acknowledged. */
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
