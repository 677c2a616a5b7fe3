/** The entries that were set last. Each has a weight; beyond `max` in all, the oldest go. */
export class Lru<V> {
  readonly #max: number;
  readonly #weightOf: (value: V) => number;
  readonly #entries = new Map<string, V>();
  #weight = 0;

  constructor(max: number, weightOf: (value: V) => number = () => 1) {
    this.#max = max;
    this.#weightOf = weightOf;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: V): void {
    this.delete(key);
    this.#entries.set(key, value);
    this.#weight += this.#weightOf(value);
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#max || oldest === key) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const known = this.#entries.get(key);
    if (known === undefined) return;
    this.#weight -= this.#weightOf(known);
    this.#entries.delete(key);
  }
}
