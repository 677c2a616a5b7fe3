import { Floats } from './columns.ts';
import { Names } from './names.ts';

/**
 * Numbers that some of many things have, by index from 0. Used like a map; that takes several times as much if most
 * have one, and ends at 2^24 entries.
 */
export class Sparse {
  readonly #values = new Floats();
  /** How many have one. */
  size = 0;

  /** `value`: not NaN. */
  set(index: number, value: number): void {
    while (this.#values.length <= index) this.#values.push(Number.NaN);
    if (!this.has(index)) this.size += 1;
    this.#values.set(index, value);
  }

  get(index: number): number | undefined {
    const value = index >= 0 && index < this.#values.length ? this.#values.at(index) : Number.NaN;
    return Number.isNaN(value) ? undefined : value;
  }

  has(index: number): boolean {
    return this.get(index) !== undefined;
  }

  /** Ascending. */
  *[Symbol.iterator](): Generator<readonly [index: number, value: number]> {
    for (let index = 0; index < this.#values.length; index += 1) {
      const value = this.get(index);
      if (value !== undefined) yield [index, value];
    }
  }
}

/** The same for texts of which many are alike. */
export class SparseNames {
  readonly #ids = new Sparse();
  readonly #names = new Names();

  get size(): number {
    return this.#ids.size;
  }

  set(index: number, name: string): void {
    this.#ids.set(index, this.#names.id(name));
  }

  get(index: number): string | undefined {
    const id = this.#ids.get(index);
    return id === undefined ? undefined : this.#names.name(id);
  }

  has(index: number): boolean {
    return this.#ids.has(index);
  }
}
