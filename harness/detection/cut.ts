import { pushTo } from '../lib/push-to.ts';
import type { HistoryLine, PageEvent, ReadRecord } from '../model/event.ts';
import { asBystander, bystanderPuts } from './bystander.ts';
import type { Edit } from './edit.ts';
import type { Chain, Item } from './item.ts';
import { placeName } from './place.ts';

/**
 * The part of a history that a mistake affects: the records that it touched and all their kin. Of other records it
 * keeps only those beside them in a reading, and the first and last of each reading, as sentinels, which no claim
 * about records looks at. The claims about the mistake have the same verdict on it as on the full history.
 */
export const cut = (edit: Edit): readonly HistoryLine[] => new Cut(edit).lines();

class Cut {
  readonly #edit: Edit;
  readonly #kin = new Set<Item>();
  readonly #shards: Set<string>;
  /** Other records that are kept, each with the number that it gets. */
  readonly #besides = new Map<Item, number>();
  readonly #pages = new Set<number>();
  readonly #out: { readonly line: number; readonly order: number; readonly event: HistoryLine }[] = [];

  constructor(edit: Edit) {
    this.#edit = edit;
    this.#shards = new Set(edit.shards);
    for (const touched of edit.touched) for (const item of edit.chronicle.kinOf(touched)) this.#kin.add(item);
    for (const { stored, reads } of this.#kin) {
      for (const { shard } of stored) this.#shards.add(shard);
      for (const { place } of reads) this.#shards.add(place.shard);
    }
  }

  lines(): readonly HistoryLine[] {
    const { chronicle, changed } = this.#edit;
    const [first] = chronicle.items;
    if (first !== undefined) this.#beside(first);
    for (const shard of this.#shards) {
      for (const item of chronicle.lowestOf(shard)) this.#beside(item);
      for (const chain of chronicle.chains.get(shard) ?? []) this.#takeEnds(chain);
    }
    for (const line of changed.keys()) this.#takeNeighbours(line);
    this.#writeFrame();
    this.#writeKin();
    this.#writePages();
    for (const [item, n] of this.#besides) this.#out.push(...bystanderPuts(chronicle, item, n));
    return this.#out.sort((a, b) => a.line - b.line || a.order - b.order).map(({ event }) => event);
  }

  #beside(item: Item | undefined): void {
    if (item !== undefined && !this.#kin.has(item) && !this.#besides.has(item))
      this.#besides.set(item, this.#besides.size);
  }

  #now(line: number | undefined): PageEvent | undefined {
    return line === undefined || this.#edit.changed.get(line) === null ? undefined : this.#edit.now(line, 'page');
  }

  #nearest(chain: Chain, from: number, step: 1 | -1): { page: PageEvent; records: readonly ReadRecord[] } | undefined {
    for (let index = from; index >= 0 && index < chain.pages.length; index += step) {
      const page = this.#now(chain.pages[index]);
      const records = page?.records ?? [];
      if (page !== undefined && records.length > 0) return { page, records };
    }
    return undefined;
  }

  /** Keeps the first and the last page of a chain, and its first and last delivered record. */
  #takeEnds(chain: Chain): void {
    const last = chain.pages.length - 1;
    for (const line of [chain.pages[0], chain.pages[last]]) if (line !== undefined) this.#pages.add(line);
    const [begin, end] = [this.#nearest(chain, 0, 1), this.#nearest(chain, last, -1)];
    this.#besideRecord(chain.shard, begin?.records[0]);
    this.#besideRecord(chain.shard, end?.records.at(-1));
  }

  #besideRecord(shard: string, record: ReadRecord | undefined): void {
    if (record !== undefined) this.#beside(this.#edit.chronicle.itemOf(shard, record));
  }

  /** The records right before and after the places of a changed page, before and after the change. */
  #takeNeighbours(line: number): void {
    const { chronicle, places, seqs } = this.#edit;
    const at = chronicle.chainAt.get(line);
    if (at === undefined) return;
    const { chain, index } = at;
    for (const page of [chronicle.line(line, 'page'), this.#now(line)]) {
      const records = page?.records ?? [];
      const isTouched = (one: ReadRecord): boolean => seqs.has(one.seq) && places.has(placeName(chain.shard, one));
      const touched = records.flatMap((record, item) => (isTouched(record) ? [item] : []));
      for (const item of touched)
        for (const step of [1, -1] as const) {
          let beside = item + step;
          while (touched.includes(beside)) beside += step;
          const next = records[beside] ?? this.#edgeOf(chain, index + step, step);
          this.#besideRecord(chain.shard, next);
        }
    }
  }

  #edgeOf(chain: Chain, from: number, step: 1 | -1): ReadRecord | undefined {
    return this.#nearest(chain, from, step)?.records.at(step === 1 ? 0 : -1);
  }

  #write(line: number, event: HistoryLine): void {
    this.#out.push({ line, order: 0, event });
  }

  #writeFrame(): void {
    const { chronicle, changed } = this.#edit;
    for (const line of chronicle.frame) {
      const event = chronicle.lines[line];
      if (event !== undefined && changed.get(line) !== null && this.#isFrameFor(event)) this.#write(line, event);
    }
  }

  /**
   * True for a line of a consumer under test only if it is about a kept place. Its checkpoints are about all of a
   * shard.
   */
  #isFrameFor(event: HistoryLine): boolean {
    if (event.type !== 'subject' || event.shard === undefined || event.seq === undefined) return true;
    if (event.event === 'checkpoint') return this.#shards.has(event.shard);
    const item = this.#edit.chronicle.byPlace.get(placeName(event.shard, { seq: event.seq }));
    return item === undefined ? this.#shards.has(event.shard) : this.#kin.has(item);
  }

  #writeKin(): void {
    const kept = new Map<number, Set<number>>();
    for (const item of this.#kin)
      for (const { line, index, ack } of item.sendings) {
        const indices = kept.get(line) ?? new Set();
        indices.add(index);
        kept.set(line, indices);
        if (ack !== undefined) kept.set(ack, indices);
      }
    for (const [line, indices] of kept) {
      const isIn = (_: unknown, index: number): boolean => indices.has(index);
      const type = this.#edit.chronicle.lines[line]?.type;
      if (type === 'put') {
        const put = this.#edit.now(line, 'put');
        this.#write(line, { ...put, entries: put.entries.filter(isIn) });
      } else {
        const ack = this.#edit.now(line, 'ack');
        this.#write(line, ack.results === undefined ? ack : { ...ack, results: ack.results.filter(isIn) });
      }
    }
  }

  #writePages(): void {
    const wanted = new Map<number, number[]>();
    for (const line of [...this.#pages, ...this.#edit.changed.keys()]) wanted.set(line, []);
    for (const item of [...this.#kin, ...this.#besides.keys()])
      for (const { line, index } of item.reads) pushTo(wanted, line, index);
    for (const [line, indices] of wanted) {
      if (this.#edit.chronicle.lines[line]?.type !== 'page') continue;
      const page = this.#now(line);
      if (page === undefined || !this.#shards.has(page.shard)) continue;
      const all = page.records ?? [];
      const records = this.#edit.changed.has(line)
        ? all
        : indices.sort((a, b) => a - b).flatMap((index) => all[index] ?? []);
      this.#write(line, {
        ...page,
        ...(page.records === undefined ? {} : { records: records.flatMap((one) => this.#kept(page, one)) }),
      });
    }
  }

  #kept({ shard }: PageEvent, record: ReadRecord): readonly ReadRecord[] {
    const item = this.#edit.chronicle.itemOf(shard, record);
    if (item === undefined) return [];
    if (this.#kin.has(item)) return [record];
    const n = this.#besides.get(item);
    return n === undefined ? [] : [asBystander(record, item, n)];
  }
}
