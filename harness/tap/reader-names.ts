import type { IteratorStart } from '../model/event.ts';
import { canonicalSequence } from '../model/sequence-number.ts';

/** The position of a reader: for each shard, the last sequence number delivered, and the last continuation. */
type Reader = { readonly name: string; readonly reached: Map<string, readonly string[]> };

/**
 * Names the readers of each client; a client may have several. An iterator that starts AT or AFTER the last record
 * delivered continues the same reader. An iterator that starts a shard again is another reader: `app`, `app.2`, … So
 * the pages of one reader are never judged with those of another.
 */
export class ReaderNames {
  readonly #clients = new Map<string, Reader[]>();
  readonly #byName = new Map<string, Reader>();

  readerOf(client: string, shard: string, { seq }: IteratorStart): string {
    const readers = this.#clients.get(client) ?? [];
    this.#clients.set(client, readers);
    const from = seq === undefined ? undefined : canonicalSequence(seq);
    const same = from === undefined ? undefined : readers.find(({ reached }) => reached.get(shard)?.includes(from));
    const reader = same ?? readers.find(({ reached }) => !reached.has(shard)) ?? this.#add(client, readers);
    if (!reader.reached.has(shard)) reader.reached.set(shard, []);
    return reader.name;
  }

  reached(name: string, shard: string, seq: string): void {
    const reader = this.#byName.get(name);
    const before = reader?.reached.get(shard) ?? [];
    // Two: the last record and the last continuation.
    reader?.reached.set(shard, [...before, canonicalSequence(seq)].slice(-2));
  }

  #add(client: string, readers: Reader[]): Reader {
    const name = readers.length === 0 ? client : `${client}.${readers.length + 1}`;
    const reader = { name, reached: new Map<string, readonly string[]>() };
    readers.push(reader);
    this.#byName.set(name, reader);
    return reader;
  }
}
