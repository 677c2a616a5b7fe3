/**
 * A map that forgets old entries. It keeps the entries set last: by weight at least half of `max`, and at most `max`.
 * It has two generations, because a map from which the oldest entry is removed repeatedly gets slow.
 */
export class Recent<V> {
  readonly #max: number;
  readonly #weightOf: (value: V) => number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  #weight = 0;

  constructor(max: number, weightOf: (value: V) => number = () => 1) {
    this.#max = max;
    this.#weightOf = weightOf;
  }

  get isEmpty(): boolean {
    return this.#young.size === 0 && this.#old.size === 0;
  }

  get(key: string): V | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: string, value: V): void {
    const before = this.#young.get(key);
    this.#weight += this.#weightOf(value) - (before === undefined ? 0 : this.#weightOf(before));
    this.#young.set(key, value);
    if (this.#weight * 2 <= this.#max) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#weight = 0;
  }

  delete(key: string): void {
    const before = this.#young.get(key);
    if (before !== undefined) this.#weight -= this.#weightOf(before);
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
