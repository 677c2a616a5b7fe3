import { Ints } from './columns.ts';

/**
 * Indices by whole numbers that count up, or nearly: a column while they do, a map for those that lie far apart. A
 * number never sizes a column by itself.
 */
export class IndexByNumber {
  /** The index and one; 0: none. */
  readonly #near = new Ints();
  readonly #far = new Map<number, number>();
  #count = 0;

  get(number: number): number | undefined {
    const near = number < this.#near.length ? this.#near.at(number) : 0;
    return near > 0 ? near - 1 : this.#far.get(number);
  }

  set(number: number, index: number): void {
    this.#count += 1;
    if (number >= 2 * this.#count + 64) {
      this.#far.set(number, index);
      return;
    }
    while (this.#near.length <= number) this.#near.push(0);
    this.#near.set(number, index + 1);
  }
}
