import { areSame, compareLimbs, copyLimbs, limbsPer } from '../../model/sequences.ts';
import { orderOfSubs } from './subs.ts';

/**
 * Integers per row: the number, then these fields. With the time of its acknowledgement, in a column of its own, a
 * record takes 68 bytes.
 */
const perRow = 15;
export const rowField = { flow: 8, n: 9, high: 10, low: 11, op: 12, flags: 13 } as const;
/** Microseconds between its put and its acknowledgement. */
const waitedField = 14;
/** `isFirst`: of its call in this shard. `isMany`: its call has others. `isAgain`: an earlier attempt failed. */
export const rowFlag = { hasDigest: 1, isFirst: 2, isMarker: 4, isMany: 8, isAgain: 16 } as const;
/** The bits above the flags hold the sub-sequence ordinal, see `orderOfSubs`. */
export const subShift = 8;
/** The longest time between put and acknowledgement that fits a row, in microseconds: 35 minutes. */
const waitedMax = 2 ** 31 - 1;

/**
 * How many rows a record may move back to its place, if calls are answered in another order than the shard stored
 * them.
 */
const disorderMax = 16_384;
const blockMin = 16;
const blockMax = 1024;

class Block {
  readonly ints: Int32Array;
  /** When each record was acknowledged, microseconds. */
  readonly acked: Float64Array;
  readonly size: number;

  constructor(size: number) {
    this.ints = new Int32Array(size * perRow);
    this.acked = new Float64Array(size);
    this.size = size;
  }
}

/**
 * The acknowledged records of one shard that are not yet read, in the order of their numbers. That is mostly the order
 * of their answers. Rows are in blocks, which are freed when they were read. Reading takes rows from the front, in the
 * order of memory.
 */
export class ShardQueue {
  readonly #blocks: Block[] = [];
  #lastBlock = new Block(0);
  /** The first row, in the first block; the number of rows in the last block. */
  #first = 0;
  #filled = 0;
  length = 0;
  /** The current row, as set by `append` or `front`. */
  ints: Int32Array = this.#lastBlock.ints;
  at = 0;
  #acked: Float64Array = this.#lastBlock.acked;
  #row = 0;

  /** Adds a row with this number behind all others. The caller fills `ints` from `at` on, and then calls `settle`. */
  append(limbs: Int32Array, from: number): void {
    if (this.#filled === this.#lastBlock.size) this.#grow();
    this.#ask(this.#lastBlock, this.#filled);
    copyLimbs(limbs, from, this.ints, this.at);
    this.#filled += 1;
    this.length += 1;
  }

  #ask(block: Block, row: number): void {
    this.ints = block.ints;
    this.#acked = block.acked;
    this.#row = row;
    this.at = row * perRow;
  }

  /** Adds the current row of another queue behind all others. */
  appendRow(from: ShardQueue): void {
    this.append(from.ints, from.at);
    for (let index = limbsPer; index < perRow; index += 1)
      this.ints[this.at + index] = from.ints[from.at + index] as number;
    this.#acked[this.#row] = from.ackT;
  }

  /** When the first record of the queue was acknowledged; Infinity: the queue is empty. */
  get earliestAckT(): number {
    let earliest = Number.POSITIVE_INFINITY;
    let row = this.#first;
    for (const block of this.#blocks) {
      const end = block === this.#lastBlock ? this.#filled : block.size;
      for (; row < end; row += 1) earliest = Math.min(earliest, block.acked[row] as number);
      row = 0;
    }
    return earliest;
  }

  /** Copies the number of the last row. The queue must not be empty. */
  copyLast(limbs: Int32Array): void {
    copyLimbs(this.#lastBlock.ints, (this.#filled - 1) * perRow, limbs, 0);
  }

  #grow(): void {
    const isFirst = this.#blocks.length === 0;
    this.#lastBlock = new Block(isFirst ? blockMin : Math.min(this.#lastBlock.size * 4, blockMax));
    this.#blocks.push(this.#lastBlock);
    this.#filled = 0;
  }

  /**
   * Moves the last row to its place among the others. It is mostly there already. Returns why this is not possible, or
   * undefined.
   */
  settle(): string | undefined {
    let index = this.#blocks.length - 1;
    let row = this.#filled - 1;
    for (let steps = 1; steps < this.length; steps += 1) {
      const { ints, acked } = this.#blocks[index] as Block;
      const own = row;
      const at = row * perRow;
      if (row === 0) {
        index -= 1;
        row = (this.#blocks[index] as Block).size;
      }
      row -= 1;
      const before = this.#blocks[index] as Block;
      const beforeAt = row * perRow;
      const order =
        compareLimbs(before.ints, beforeAt, ints, at) || orderOfSubs(subAt(before.ints, beforeAt), subAt(ints, at));
      if (order < 0) return undefined;
      if (order === 0) return 'two records at one place';
      if (steps > disorderMax) return 'an answer far behind its place in the shard';
      swap(before.ints, beforeAt, ints, at, perRow);
      swap(before.acked, row, acked, own, 1);
    }
    return undefined;
  }

  /** Makes the next row to be read the current one. Returns false if there is none. */
  front(): boolean {
    if (this.length === 0) return false;
    this.#ask(this.#blocks[0] as Block, this.#first);
    return true;
  }

  get #sub(): number {
    return subAt(this.ints, this.at);
  }

  /** True if this is the place of the current row. */
  isAt(limbs: Int32Array, from: number, sub: number): boolean {
    return areSame(this.ints, this.at, limbs, from) && (sub === 0 || orderOfSubs(this.#sub, sub) === 0);
  }

  /** The place of the current row against this one: below 0, 0, above 0. */
  orderTo(limbs: Int32Array, from: number, sub: number): number {
    return compareLimbs(this.ints, this.at, limbs, from) || orderOfSubs(this.#sub, sub);
  }

  /** In microseconds. Returns false if the answer came too late for the field of a row. */
  setTimes(putT: number, ackT: number): boolean {
    this.#acked[this.#row] = ackT;
    this.ints[this.at + waitedField] = ackT - putT;
    return ackT - putT <= waitedMax;
  }

  get putT(): number {
    return this.ackT - (this.ints[this.at + waitedField] as number);
  }

  get ackT(): number {
    return this.#acked[this.#row] as number;
  }

  shift(): void {
    this.length -= 1;
    this.#first += 1;
    if (this.#first < (this.#blocks[0] as Block).size) {
      if (this.length > 0) return;
      // Nothing is left: the block is filled again from its start.
      this.#first = 0;
      this.#filled = 0;
      return;
    }
    this.#blocks.shift();
    this.#first = 0;
    // Then the last block was read to its end, and the next row makes a new one.
  }
}

const subAt = (ints: Int32Array, at: number): number => (ints[at + rowField.flags] as number) >>> subShift;

const swap = <T extends Int32Array | Float64Array>(a: T, at: number, b: T, other: number, count: number): void => {
  for (let index = 0; index < count; index += 1) {
    const kept = a[at + index] as number;
    a[at + index] = b[other + index] as number;
    b[other + index] = kept;
  }
};
