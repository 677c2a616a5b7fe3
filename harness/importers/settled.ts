import type { ReadFact } from './fact.ts';
import { isBelow } from './is-below.ts';

export type Given = { readonly fact: ReadFact; readonly by: Set<string> };

/** Records that all applications were given: the last so many, and how far those go that are forgotten. */
export class Settled {
  readonly #max: number;
  readonly #known = new Map<string, Given>();
  /** By shard: the highest record that is forgotten. */
  readonly #forgotten = new Map<string, string>();

  constructor(max: number) {
    this.#max = max;
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** It may have been here. */
  mayHaveHad(shard: string, seq: string): boolean {
    const highest = this.#forgotten.get(shard);
    return highest !== undefined && !isBelow(highest, seq);
  }

  add(id: string, given: Given): void {
    this.#known.set(id, given);
    if (this.#known.size > this.#max) this.#forget();
  }

  /** Another application appears: it was given none of them so far. */
  takeAll(): readonly (readonly [string, Given])[] {
    const all = [...this.#known];
    this.#known.clear();
    return all;
  }

  #forget(): void {
    const oldest = this.#known.entries().next().value;
    if (oldest === undefined) return;
    const [id, { fact }] = oldest;
    const { shard = '', seq = '' } = fact;
    const highest = this.#forgotten.get(shard);
    if (highest === undefined || isBelow(highest, seq)) this.#forgotten.set(shard, seq);
    this.#known.delete(id);
  }
}
