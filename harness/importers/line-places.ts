import type { ReadFact } from './fact.ts';

/** A record that stands in the lines of one application or more. */
type Place = { readonly index: string; readonly readers: Set<string> };

/**
 * Places of records without sequence numbers: their order in the file. If a dump names its applications, the record
 * that each of them got for the first time has one place, as in a stream. With places of their own, the lines of one
 * application would look like an order of the stream that excuses another one.
 */
export class LinePlaces {
  readonly #counts = new Map<string, number>();
  readonly #places = new Map<string, Place>();

  of({ reader, key, flow, n, producer }: ReadFact, shard: string): string {
    if (reader === undefined || n === undefined) return this.#next(shard);
    const id = JSON.stringify([shard, flow ?? key, n, producer]);
    const known = this.#places.get(id);
    if (known === undefined) {
      const index = this.#next(shard);
      this.#places.set(id, { index, readers: new Set([reader]) });
      return index;
    }
    if (known.readers.has(reader)) return this.#next(shard);
    known.readers.add(reader);
    return known.index;
  }

  #next(shard: string): string {
    const count = (this.#counts.get(shard) ?? 0) + 1;
    this.#counts.set(shard, count);
    return String(count);
  }
}
