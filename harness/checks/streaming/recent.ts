import { areSame, copyLimbs, limbsPer } from '../../model/sequences.ts';

const kept = 1024;
const sizeMin = 16;

/** A row is one line of the cache: three times, the sums, and the number. In integers and, for the times, doubles. */
const perRow = 16;
const sumsAt = 6;
const numberAt = 8;
const timesPerRow = perRow / 2;
const putAt = 1;
const arrivalAt = 2;

/** All down to a record of the front, that one among them. */
export type DownTo = {
  readonly one: number;
  readonly two: number;
  /** The latest sending of an acknowledged one (microseconds), and the latest arrival (milliseconds). */
  readonly putT: number;
  readonly arrival: number;
};

/**
 * Of the last thousand records of a front, by their count: when each was acknowledged (microseconds), its number, and
 * what is known of all down to it.
 */
export class Recent {
  #size = 0;
  #count = 0;
  #ints = new Int32Array(0);
  #times = new Float64Array(0);

  /** The next record. Infinity: it was acknowledged to nobody. If it was not yet, no earlier than that. */
  note(count: number, ackT: number): void {
    this.#count = count;
    if (count >= this.#size && this.#size < kept) this.#grow();
    this.#times[(count % kept) * timesPerRow] = ackT;
  }

  /** All down to it; its number stands in `limbs` at `from`. */
  noteDown({ one, two, latestPutT, latestArrival }: Fronting, limbs: Int32Array, from: number): void {
    const row = this.#count % kept;
    const times = row * timesPerRow;
    this.#times[times + putAt] = latestPutT;
    this.#times[times + arrivalAt] = latestArrival;
    const at = row * perRow;
    this.#ints[at + sumsAt] = one;
    this.#ints[at + sumsAt + 1] = two;
    copyLimbs(limbs, from, this.#ints, at + numberAt);
  }

  /** A shard that holds few records costs little. */
  #grow(): void {
    this.#size = Math.min(kept, Math.max(sizeMin, this.#size * 2));
    const before = this.#ints;
    const bytes = new ArrayBuffer(this.#size * perRow * 4);
    this.#ints = new Int32Array(bytes);
    this.#times = new Float64Array(bytes);
    this.#ints.set(before);
  }

  holds(count: number): boolean {
    return count > 0 && count <= this.#count && this.#count - count < kept;
  }

  /** NaN when that was forgotten. */
  ackTOf(count: number): number {
    return this.holds(count) ? (this.#times[(count % kept) * timesPerRow] as number) : Number.NaN;
  }

  /** Of one that it holds. */
  areSums(count: number, one: number, two: number): boolean {
    const at = (count % kept) * perRow + sumsAt;
    return this.#ints[at] === one && this.#ints[at + 1] === two;
  }

  /** Of one that it holds. */
  downTo(count: number): DownTo {
    const row = count % kept;
    const at = row * perRow + sumsAt;
    return {
      one: this.#ints[at] as number,
      two: this.#ints[at + 1] as number,
      putT: this.#times[row * timesPerRow + putAt] as number,
      arrival: this.#times[row * timesPerRow + arrivalAt] as number,
    };
  }

  /** The number of one that it holds. */
  numberOf(count: number): Int32Array {
    const at = (count % kept) * perRow + numberAt;
    return this.#ints.subarray(at, at + limbsPer);
  }

  /** The count of the record with this number; 0: it is none of these. */
  find(limbs: Int32Array, from: number): number {
    for (let count = this.#count; this.holds(count); count -= 1)
      if (areSame(this.#ints, (count % kept) * perRow + numberAt, limbs, from)) return count;
    return 0;
  }
}

/** A front as it stands behind the record. */
type Fronting = {
  readonly one: number;
  readonly two: number;
  readonly latestPutT: number;
  readonly latestArrival: number;
};
