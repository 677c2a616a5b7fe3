import { Ints } from '../../lib/columns.ts';
import type { Deliveries, Delivery } from './deliveries.ts';

const none = -1;

/**
 * What an application got from each place: each item once, unless another one came in between. As linked lists of
 * deliveries, in the order of lines.
 */
export class GivenAt {
  readonly #deliveries: Deliveries;
  /** By place: the first and the last delivery. By delivery: the next one from its place. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #next = new Ints();

  /** `places`: how many there are. */
  constructor(deliveries: Deliveries, places: number) {
    this.#deliveries = deliveries;
    this.#first = new Int32Array(places).fill(none);
    this.#last = new Int32Array(places).fill(none);
    for (const { item, position } of deliveries) this.#add(this.#next.push(none), item, position);
  }

  #add(index: number, item: number, position: number): void {
    const last = this.#last[position] ?? none;
    if (last === none) this.#first[position] = index;
    else if (this.#deliveries.at(last)?.item === item) return;
    else this.#next.set(last, index);
    this.#last[position] = index;
  }

  of(position: number): readonly Delivery[] {
    const all: Delivery[] = [];
    for (let index = this.#first[position] ?? none; index !== none; index = this.#next.at(index)) {
      const delivery = this.#deliveries.at(index);
      if (delivery !== undefined) all.push(delivery);
    }
    return all;
  }
}
