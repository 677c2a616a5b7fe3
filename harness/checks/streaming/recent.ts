const kept = 1024;
const sizeMin = 16;

/**
 * Of the last thousand records of a front, by their count: when each was acknowledged (microseconds), and the sums of
 * all down to it.
 */
export class Recent {
  #size = 0;
  #count = 0;
  #ackT = new Float64Array(0);
  #sums = new Int32Array(0);

  /** The next record. Infinity: it was acknowledged to nobody; NaN: not yet. */
  note(count: number, ackT: number): void {
    this.#count = count;
    if (count >= this.#size && this.#size < kept) this.#grow();
    this.#ackT[count % kept] = ackT;
  }

  /** The sums with it. */
  noteSums(one: number, two: number): void {
    const at = (this.#count % kept) * 2;
    this.#sums[at] = one;
    this.#sums[at + 1] = two;
  }

  /** A shard that holds few records costs little. */
  #grow(): void {
    this.#size = Math.min(kept, Math.max(sizeMin, this.#size * 2));
    const [ackT, sums] = [this.#ackT, this.#sums];
    this.#ackT = new Float64Array(this.#size);
    this.#ackT.set(ackT);
    this.#sums = new Int32Array(this.#size * 2);
    this.#sums.set(sums);
  }

  holds(count: number): boolean {
    return count > 0 && count <= this.#count && this.#count - count < kept;
  }

  /** NaN when that was forgotten. */
  ackTOf(count: number): number {
    return this.holds(count) ? (this.#ackT[count % kept] as number) : Number.NaN;
  }

  /** Of one that it holds. */
  areSums(count: number, one: number, two: number): boolean {
    const at = (count % kept) * 2;
    return this.#sums[at] === one && this.#sums[at + 1] === two;
  }
}
