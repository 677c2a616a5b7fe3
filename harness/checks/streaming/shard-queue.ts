import { areSame, compareLimbs, copyLimbs, limbsPer } from '../../model/sequences.ts';
import { orderOfSubs } from './subs.ts';

/**
 * Integers a row: the number, then these. With the time of its acknowledgement, which has a column of its own, a record
 * takes 68 bytes.
 */
const perRow = 15;
export const rowField = { flow: 8, n: 9, high: 10, low: 11, op: 12, flags: 13 } as const;
/** Microseconds between its put and its acknowledgement. */
const waitedField = 14;
/** `isAgain`: an attempt before it failed. */
export const rowFlag = { hasDigest: 1, isFirst: 2, isMarker: 4, isMany: 8, isAgain: 16 } as const;
/** Above the flags of a row: which of the records at its number it is, see `orderOfSubs`. */
export const subShift = 8;
/** Microseconds between put and acknowledgement that a row has room for: 35 minutes. */
const waitedMax = 2 ** 31 - 1;

/**
 * So many rows may lie between a record and its place when calls are answered in another order than the shard took
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
 * The records of one shard that were acknowledged and not yet read, in the order of their numbers, which is nearly
 * always the order of their answers: a row each, in blocks that are given back when they were read. Reading takes them
 * from the front, one behind the other, as they lie in memory.
 */
export class ShardQueue {
  readonly #blocks: Block[] = [];
  #lastBlock = new Block(0);
  /** The first row, in the first block; how many rows the last block has. */
  #first = 0;
  #filled = 0;
  length = 0;
  /** The row that was asked for. */
  ints: Int32Array = this.#lastBlock.ints;
  at = 0;
  #acked: Float64Array = this.#lastBlock.acked;
  #row = 0;

  /**
   * A row behind all others, with this number: `ints` from `at` on, to be filled by the caller, who says `settle`
   * then.
   */
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

  /** The row that another queue was asked for, behind all others. */
  appendRow(from: ShardQueue): void {
    this.append(from.ints, from.at);
    for (let index = limbsPer; index < perRow; index += 1)
      this.ints[this.at + index] = from.ints[from.at + index] as number;
    this.#acked[this.#row] = from.ackT;
  }

  /** When the first of them was acknowledged. */
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

  /** The number of the last row, of which there is one. */
  copyLast(limbs: Int32Array): void {
    copyLimbs(this.#lastBlock.ints, (this.#filled - 1) * perRow, limbs, 0);
  }

  #grow(): void {
    const isFirst = this.#blocks.length === 0;
    this.#lastBlock = new Block(isFirst ? blockMin : Math.min(this.#lastBlock.size * 4, blockMax));
    this.#blocks.push(this.#lastBlock);
    this.#filled = 0;
  }

  /** The last row, to its place among those before it: nearly always where it is. Or why that is not done. */
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

  /** The next to be read; false: there is none. */
  front(): boolean {
    if (this.length === 0) return false;
    this.#ask(this.#blocks[0] as Block, this.#first);
    return true;
  }

  get #sub(): number {
    return subAt(this.ints, this.at);
  }

  /** Is that its place? */
  isAt(limbs: Int32Array, from: number, sub: number): boolean {
    return areSame(this.ints, this.at, limbs, from) && (sub === 0 || orderOfSubs(this.#sub, sub) === 0);
  }

  /** Below 0, 0, above 0: its place against that one. */
  orderTo(limbs: Int32Array, from: number, sub: number): number {
    return compareLimbs(this.ints, this.at, limbs, from) || orderOfSubs(this.#sub, sub);
  }

  /** Microseconds; false: the answer came so late that a row has no room for it. */
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
