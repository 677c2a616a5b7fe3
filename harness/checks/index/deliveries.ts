import { Ints } from '../../lib/columns.ts';
import { Firsts } from '../../lib/firsts.ts';
import type { Items } from './items.ts';
import { chainOfRead, readLine, type View } from './view.ts';

/** One record that an application got. Lines, chains and positions are those of the whole view. */
export type Delivery = {
  readonly item: number;
  readonly position: number;
  readonly shard: number;
  readonly line: number;
  readonly chain: number;
  readonly page: number;
  readonly read: number;
};

/** A list, or what makes its elements when they are asked for. */
export type Events<T> = Iterable<T> & { readonly at: (index: number) => T | undefined };

/**
 * What one application got, in the order of lines. A dump may have tens of millions of deliveries, so only their reads
 * are kept; the rest is looked up.
 */
export class Deliveries implements Events<Delivery> {
  readonly #view: View;
  readonly #items: Items;
  readonly #reads = new Ints();
  readonly #firsts = new Firsts();

  constructor(view: View, items: Items) {
    this.#view = view;
    this.#items = items;
  }

  add(read: number): void {
    this.#firsts.note(this.#items.ofRead(read), this.#reads.push(read));
  }

  /** `index`: from 0. */
  at(index: number): Delivery | undefined {
    return index >= 0 && index < this.#reads.length ? this.#of(this.#reads.at(index)) : undefined;
  }

  *[Symbol.iterator](): Generator<Delivery> {
    for (let index = 0; index < this.#reads.length; index += 1) yield this.#of(this.#reads.at(index));
  }

  /** True if it got the item. */
  has(item: number): boolean {
    return this.#firsts.has(item);
  }

  firstOf(item: number): Delivery | undefined {
    return this.at(this.#firsts.of(item));
  }

  /** The first delivery of each item. */
  *firsts(): Generator<Delivery> {
    for (let index = 0; index < this.#reads.length; index += 1) {
      const read = this.#reads.at(index);
      if (this.#firsts.of(this.#items.ofRead(read)) === index) yield this.#of(read);
    }
  }

  #of(read: number): Delivery {
    const { positions, tables } = this.#view;
    const position = positions.ofRead[read] ?? -1;
    return {
      item: this.#items.ofRead(read),
      position,
      shard: positions.shard.at(position),
      line: readLine(this.#view, read),
      chain: chainOfRead(this.#view, read),
      page: tables.readPage.at(read),
      read,
    };
  }
}
