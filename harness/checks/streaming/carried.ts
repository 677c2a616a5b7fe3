import { type HashRange, isInRange } from '../../model/hash-key.ts';

/** Of the records of one shard that carry others: the lowest and the highest hash key to which they were sent. */
export class Carried {
  #low: bigint | undefined;
  #high: bigint | undefined;

  note(hash: bigint): void {
    if (this.#low === undefined || hash < this.#low) this.#low = hash;
    if (this.#high === undefined || hash > this.#high) this.#high = hash;
  }

  /** Do all lead there? `range` undefined: it is not known. */
  areIn(range: HashRange | undefined): boolean {
    if (range === undefined || this.#low === undefined || this.#high === undefined) return true;
    return isInRange(this.#low, range) && isInRange(this.#high, range);
  }
}
