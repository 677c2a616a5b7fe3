import { acksAt, isWorkload, readerOfRead, readsAt, roleOf, type View } from './view.ts';

/**
 * What was given, told apart: a record of the workload by its identity; else what stands at its place with its digest
 * (contract, rule 14). Items below the number of records are records, those above have no identity.
 */
export class Items {
  readonly #view: View;
  readonly #ofRead: Int32Array;
  readonly #bound = new Map<string, number>();
  #count: number;

  constructor(view: View) {
    this.#view = view;
    this.#count = view.tables.records.count;
    this.#ofRead = new Int32Array(view.tables.readPage.length);
    for (let read = 0; read < this.#ofRead.length; read += 1) this.#ofRead[read] = this.#find(read);
  }

  ofRead(read: number): number {
    return this.#ofRead[read] ?? -1;
  }

  /** At a place that nobody knows: it is still the same thing when it is named again. */
  nameless(name: string): number {
    const known = this.#bound.get(name) ?? this.#count++;
    this.#bound.set(name, known);
    return known;
  }

  /** -1: it has no identity. */
  recordOf(item: number): number {
    return item < this.#view.tables.records.count ? item : -1;
  }

  /** The harness's own end marker: nobody owes it to an application. */
  isMarker(item: number): boolean {
    const record = this.recordOf(item);
    return record >= 0 && !isWorkload(this.#view, record);
  }

  /** What an acknowledgement, a fetch or another reader has at a place; -1: nothing. */
  knownAt(position: number): number {
    for (const entry of acksAt(this.#view, position)) return this.#view.tables.entryRecord.at(entry);
    for (const read of readsAt(this.#view, position)) if (!isOfSubject(this.#view, read)) return this.ofRead(read);
    return -1;
  }

  #find(read: number): number {
    const { tables, positions } = this.#view;
    const record = tables.readRecord.at(read);
    if (record >= 0) return record;
    const position = positions.ofRead[read] ?? -1;
    const digest = tables.digestOfRead(read);
    const name = `${position} ${tables.digests.text(digest) ?? ''}`;
    const known = this.#bound.get(name) ?? this.#bind(position, digest);
    return known >= 0 ? (this.#bound.set(name, known), known) : this.nameless(name);
  }

  #bind(position: number, digest: number): number {
    const { tables } = this.#view;
    const isSame = (other: number): boolean =>
      tables.digests.text(other) === undefined ||
      tables.digests.text(digest) === undefined ||
      tables.digests.same(other, digest);
    for (const entry of acksAt(this.#view, position))
      if (isSame(tables.entryDigest.at(entry))) return tables.entryRecord.at(entry);
    for (const read of readsAt(this.#view, position)) {
      const record = tables.readRecord.at(read);
      if (record >= 0 && !isOfSubject(this.#view, read) && isSame(tables.digestOfRead(read))) return record;
    }
    return -1;
  }
}

export const isOfSubject = (view: View, read: number): boolean => roleOf(view, readerOfRead(view, read)) === 'subject';
