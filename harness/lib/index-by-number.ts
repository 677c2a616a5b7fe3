import { Ints } from './columns.ts';

/**
 * Indices of whole numbers that mostly count up: a column for numbers that follow each other, a map for those far
 * apart. So a single large number never decides the size of the column.
 */
export class IndexByNumber {
  /** The index plus one; 0 means none. */
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
