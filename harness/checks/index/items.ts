import { hasForeign } from './unidentified.ts';
import { acksAt, isWorkload, readerOfRead, readsAt, roleOf, type View } from './view.ts';

/**
 * Tells apart what applications got. An item is a record of the workload, by its identity; else what is at a place, by
 * its digest (contract, rule 14). A digest that one side lacks proves no difference. Items below the number of records
 * are records; those above have no identity.
 */
export class Items {
  readonly #view: View;
  readonly #ofRead: Int32Array;
  /** Items without identity, by place. */
  readonly #unnamed = new Map<number, Unnamed[]>();
  /** Items of reads without identity, by place and digest. */
  readonly #bound = new Map<string, number>();
  readonly #nameless = new Map<string, number>();
  /** Records that were put without a number, with the record that a consumer says they are. */
  readonly #said = new Map<number, number>();
  readonly #hasForeign: boolean;
  #count: number;

  constructor(view: View) {
    this.#hasForeign = hasForeign(view);
    this.#view = view;
    this.#count = view.tables.records.count;
    this.#ofRead = new Int32Array(view.tables.readPage.length);
    this.#nameUnnumbered();
    // Reads of consumers come second: they are identified by what is stored, not the other way round.
    for (const isGiven of [false, true])
      for (let read = 0; read < this.#ofRead.length; read += 1)
        if (isOfSubject(view, read) === isGiven) this.#ofRead[read] = this.#find(read);
  }

  ofRead(read: number): number {
    return this.#ofRead[read] ?? -1;
  }

  ofEntry(entry: number): number {
    const record = this.#view.tables.entryRecord.at(entry);
    return this.#said.get(record) ?? record;
  }

  /** An item at an unknown place. The same name always gives the same item. */
  nameless(name: string): number {
    const known = this.#nameless.get(name) ?? this.#count++;
    this.#nameless.set(name, known);
    return known;
  }

  /** The record of an item; -1: it has no identity. */
  recordOf(item: number): number {
    return item < this.#view.tables.records.count ? item : -1;
  }

  /** True for a sentinel: nobody owes it to an application. */
  isMarker(item: number): boolean {
    const record = this.recordOf(item);
    return record >= 0 && !isWorkload(this.#view, record);
  }

  /** True for a foreign record on a shared stream: nobody owes it, and it may come again. */
  isForeign(item: number): boolean {
    return this.#hasForeign && this.recordOf(item) < 0;
  }

  /** What acknowledgements, fetches and other readers have at a place, in that order. */
  *allKnownAt(position: number): Generator<number> {
    for (const entry of acksAt(this.#view, position)) yield this.ofEntry(entry);
    for (const read of readsAt(this.#view, position)) if (!isOfSubject(this.#view, read)) yield this.ofRead(read);
  }

  /** The first of these; -1: nothing. */
  knownAt(position: number): number {
    for (const item of this.allKnownAt(position)) return item;
    return -1;
  }

  #find(read: number): number {
    const { tables, positions } = this.#view;
    const record = tables.readRecord.at(read);
    if (record >= 0) return this.#said.get(record) ?? record;
    const position = positions.ofRead[read] ?? -1;
    const digest = tables.digestOfRead(read);
    const name = `${position} ${tables.digests.text(digest) ?? ''}`;
    const item = this.#bound.get(name) ?? this.#bind(position, digest);
    this.#bound.set(name, item);
    return item;
  }

  #bind(position: number, digest: number): number {
    const named = this.#namedAt(position, digest);
    return named >= 0 ? named : this.#unnamedAt(position, digest);
  }

  /** The record that is stored at a place; where nobody else tells its identity, the one that a consumer was given. */
  #namedAt(position: number, digest: number): number {
    const { tables } = this.#view;
    for (const entry of acksAt(this.#view, position))
      if (this.#view.tables.digests.maySame(tables.entryDigest.at(entry), digest)) return this.ofEntry(entry);
    for (const isGiven of [false, true])
      for (const read of readsAt(this.#view, position)) {
        const record = tables.readRecord.at(read);
        if (record < 0 || isOfSubject(this.#view, read) !== isGiven) continue;
        if (this.#view.tables.digests.maySame(tables.digestOfRead(read), digest))
          return this.#said.get(record) ?? record;
      }
    return -1;
  }

  #unnamedAt(position: number, digest: number): number {
    const known = this.#unnamed.get(position) ?? [];
    const same = known.find((one) => this.#view.tables.digests.maySame(one.digest, digest));
    if (same !== undefined) return same.item;
    const made = { item: this.#count++, digest };
    this.#unnamed.set(position, [...known, made]);
    return made.item;
  }

  /** A record that was put without a number is the one that a consumer was given at its place. */
  #nameUnnumbered(): void {
    const { tables, positions } = this.#view;
    const isUnnumbered = (record: number): boolean => record >= 0 && tables.records.n.at(record) < 0;
    if (!hasUnnumbered(this.#view)) return;
    for (let given = 0; given < this.#ofRead.length; given += 1) {
      const record = tables.readRecord.at(given);
      if (record < 0 || isUnnumbered(record) || !isOfSubject(this.#view, given)) continue;
      for (const [stored, digest] of this.#storedAt(positions.ofRead[given] ?? -1)) {
        const isIt = isUnnumbered(stored) && !this.isMarker(stored) && !this.#said.has(stored);
        if (isIt && tables.digests.maySame(digest, tables.digestOfRead(given))) this.#said.set(stored, record);
      }
    }
  }

  /** The records that acknowledgements and other readers have at a place, and their digests. */
  *#storedAt(position: number): Generator<readonly [number, number]> {
    const { tables } = this.#view;
    for (const entry of acksAt(this.#view, position))
      yield [tables.entryRecord.at(entry), tables.entryDigest.at(entry)];
    for (const read of readsAt(this.#view, position))
      if (!isOfSubject(this.#view, read)) yield [tables.readRecord.at(read), tables.digestOfRead(read)];
  }
}

const hasUnnumbered = ({ tables: { records } }: View): boolean => {
  for (let record = 0; record < records.count; record += 1) if (records.n.at(record) < 0) return true;
  return false;
};

type Unnamed = { readonly item: number; readonly digest: number };

export const isOfSubject = (view: View, read: number): boolean => roleOf(view, readerOfRead(view, read)) === 'subject';
