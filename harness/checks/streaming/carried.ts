import { type HashRange, isInRange } from '../../model/hash-key.ts';

/** The lowest and the highest hash key to which the aggregates in one shard were sent. */
export class Carried {
  #low: bigint | undefined;
  #high: bigint | undefined;

  note(hash: bigint): void {
    if (this.#low === undefined || hash < this.#low) this.#low = hash;
    if (this.#high === undefined || hash > this.#high) this.#high = hash;
  }

  /** True if all of them lead into the range, or the range is unknown. */
  areIn(range: HashRange | undefined): boolean {
    if (range === undefined || this.#low === undefined || this.#high === undefined) return true;
    return isInRange(this.#low, range) && isInRange(this.#high, range);
  }
}
