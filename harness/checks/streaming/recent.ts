import { areSame, copyLimbs, limbsPer } from '../../model/sequences.ts';

const kept = 1024;
const sizeMin = 16;

/** A row is one cache line of 16 integers: three times (as doubles), the two sums, and the number. */
const perRow = 16;
const sumsAt = 6;
const numberAt = 8;
const timesPerRow = perRow / 2;
const putAt = 1;
const arrivalAt = 2;

/** What is known of all records of the front down to one of them, which is included. */
export type DownTo = {
  readonly one: number;
  readonly two: number;
  /** When the last acknowledged one was sent (microseconds), and the latest arrival (milliseconds). */
  readonly putT: number;
  readonly arrival: number;
};

/**
 * The last thousand records of a front, by their count: when each was acknowledged (microseconds), its number, and two
 * sums, the latest put and the latest arrival of all records down to it.
 */
export class Recent {
  #size = 0;
  #count = 0;
  #ints = new Int32Array(0);
  #times = new Float64Array(0);

  /**
   * Notes when the next record was acknowledged. Infinity: never. If it is not acknowledged yet: the earliest possible
   * time.
   */
  note(count: number, ackT: number): void {
    this.#count = count;
    if (count >= this.#size && this.#size < kept) this.#grow();
    this.#times[(count % kept) * timesPerRow] = ackT;
  }

  /** Notes the sums and latest times of all records down to that one. Its number is in `limbs` at `from`. */
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

  /** Rows are added as needed, so that a shard with few records costs little. */
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

  /** NaN if the record was forgotten. */
  ackTOf(count: number): number {
    return this.holds(count) ? (this.#times[(count % kept) * timesPerRow] as number) : Number.NaN;
  }

  /** `count`: of a record that `holds`. */
  areSums(count: number, one: number, two: number): boolean {
    const at = (count % kept) * perRow + sumsAt;
    return this.#ints[at] === one && this.#ints[at + 1] === two;
  }

  /** `count`: of a record that `holds`. */
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

  /** The number of a record that `holds`. */
  numberOf(count: number): Int32Array {
    const at = (count % kept) * perRow + numberAt;
    return this.#ints.subarray(at, at + limbsPer);
  }

  /** The count of the record with this number; 0: none of these has it. */
  find(limbs: Int32Array, from: number): number {
    for (let count = this.#count; this.holds(count); count -= 1)
      if (areSame(this.#ints, (count % kept) * perRow + numberAt, limbs, from)) return count;
    return 0;
  }
}

/** A front as it is behind the record. */
type Fronting = {
  readonly one: number;
  readonly two: number;
  readonly latestPutT: number;
  readonly latestArrival: number;
};
