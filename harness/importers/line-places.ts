import type { ReadFact } from './fact.ts';

export type LinePlace = { readonly shard: string; readonly seq: string };

/** A record that stands in the lines of one application or more. */
type Known = { readonly place: LinePlace; readonly readers: Set<string> };

/**
 * Places of records without sequence numbers: their order in the file. If a dump names its applications, the record
 * that each of them got for the first time has one place, as in a stream. With places of their own, the lines of one
 * application would look like an order of the stream that excuses another one.
 */
export class LinePlaces {
  readonly #counts = new Map<string, number>();
  readonly #known = new Map<string, Known>();

  of({ reader, key, flow, n, producer }: ReadFact, shard: string): LinePlace {
    if (reader === undefined || n === undefined) return this.#next(shard);
    const id = JSON.stringify([flow ?? key, n, producer]);
    const known = this.#known.get(id);
    if (known === undefined) {
      const place = this.#next(shard);
      this.#known.set(id, { place, readers: new Set([reader]) });
      return place;
    }
    if (known.readers.has(reader)) return this.#next(shard);
    known.readers.add(reader);
    return known.place;
  }

  #next(shard: string): LinePlace {
    const count = (this.#counts.get(shard) ?? 0) + 1;
    this.#counts.set(shard, count);
    return { shard, seq: String(count) };
  }
}
