import type { Head } from '../model/event.ts';

/**
 * Groups records that affect each other's order: those that share a key, a flow or a counter, also indirectly
 * (union-find).
 */
export class Kin {
  /** A flow spans all its producers: a record is identified by flow and number alone. */
  readonly isOverProducers: boolean;
  readonly #isOverKeys: boolean;
  readonly #above = new Map<string, string>();

  constructor({ identity }: Head) {
    this.isOverProducers = identity?.scope === 'key';
    this.#isOverKeys = identity?.scope === 'producer';
  }

  /**
   * Joins a flow with its key and, if a counter counts over keys, its producer. `of` gives the group of the returned
   * name.
   */
  join(producer: string | undefined, key: string, flow: string): string {
    const first = this.of(`flow ${flow}`);
    this.#above.set(this.of(`key ${key}`), first);
    if (this.#isOverKeys) this.#above.set(this.of(`producer ${producer ?? ''}`), first);
    return first;
  }

  of(name: string): string {
    let top = name;
    for (let above = this.#above.get(top); above !== undefined && above !== top; above = this.#above.get(top))
      top = above;
    for (let at = name; at !== top; ) {
      const above = this.#above.get(at) ?? top;
      this.#above.set(at, top);
      at = above;
    }
    return top;
  }
}
