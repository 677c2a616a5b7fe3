import { Ints } from './columns.ts';

/** Of things with small numbers: where each was met first. A map takes ten times as much, and ends at 2^24 entries. */
export class Firsts {
  /** By number: the index at which it was met first, plus one; 0: never. */
  readonly #at = new Ints();

  /** Notes that one was met at an index. Returns the index at which it was met first; -1: it is new. */
  note(one: number, index: number): number {
    const known = this.of(one);
    if (known >= 0) return known;
    while (this.#at.length <= one) this.#at.push(0);
    this.#at.set(one, index + 1);
    return -1;
  }

  /** -1: it was never met. */
  of(one: number): number {
    return one < this.#at.length ? this.#at.at(one) - 1 : -1;
  }

  has(one: number): boolean {
    return this.of(one) >= 0;
  }
}
