import type { ReadFact } from './fact.ts';
import { isBelow } from './is-below.ts';

export type Given = { readonly fact: ReadFact; readonly by: Set<string> };

/** Records delivered to all applications: the latest ones, and the highest record that is no longer remembered. */
export class Settled {
  readonly #max: number;
  readonly #known = new Map<string, Given>();
  /** The highest record that is no longer remembered, by shard. */
  readonly #forgotten = new Map<string, string>();

  constructor(max: number) {
    this.#max = max;
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** True if the record may have been settled and forgotten. */
  mayHaveHad(shard: string, seq: string): boolean {
    const highest = this.#forgotten.get(shard);
    return highest !== undefined && !isBelow(highest, seq);
  }

  add(id: string, given: Given): void {
    this.#known.set(id, given);
    if (this.#known.size > this.#max) this.#forget();
  }

  /** Returns all records and forgets them. For another application that appears, which got none of them so far. */
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
