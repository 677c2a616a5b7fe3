import type { AckEvent, HistoryLine, IteratorStart, PageEvent, PutEvent } from '../model/event.ts';
import { linesKept } from '../model/own-lines.ts';
import { Numbers } from './renumber.ts';
import { isInSlice, type Slice } from './slice.ts';
import { withWas } from './was.ts';

/**
 * The most items and lines that a projection holds; with more, the history is not shrunk, because it would take too
 * long.
 */
const itemsMax = 20_000;

/** Takes a history line by line and keeps the part that a slice selects. */
export class Projection {
  readonly lines: HistoryLine[] = [];
  /** The numbers of each flow in the full history, before anything is cut. */
  readonly numbers = new Numbers();
  isTooLarge = false;
  readonly #slice: Slice;
  readonly #kept = new Map<number, readonly number[]>();
  readonly #starts = new Map<string, IteratorStart>();
  #items = 0;

  constructor(slice: Slice) {
    this.#slice = slice;
  }

  take(line: HistoryLine, number: number): void {
    if (this.isTooLarge) return;
    this.numbers.take(line);
    const kept =
      line.type === 'put'
        ? this.#put(line, number)
        : line.type === 'ack'
          ? this.#ack(line)
          : line.type === 'page'
            ? this.#page(line, number)
            : line;
    if (kept === undefined) return;
    this.lines.push(kept);
    this.#items +=
      kept.type === 'put' ? kept.entries.length : kept.type === 'page' ? (kept.records?.length ?? 0) + 1 : 1;
    this.isTooLarge = this.#items > itemsMax;
  }

  #put(put: PutEvent, number: number): PutEvent | undefined {
    const kept = [...put.entries.keys()].filter((item) => isInSlice(this.#slice, put, item));
    if (kept.length === 0) return undefined;
    this.#kept.set(put.op, kept);
    const entries = put.entries.filter((_, item) => kept.includes(item));
    return { ...put, entries: entries.map((entry) => withWas(entry, number)) };
  }

  #ack(ack: AckEvent): AckEvent | undefined {
    const kept = this.#kept.get(ack.op);
    if (kept === undefined || ack.results === undefined) return kept === undefined ? undefined : ack;
    return { ...ack, results: ack.results.filter((_, item) => kept.includes(item)) };
  }

  /**
   * A page that lost all its records is kept if the finding names it or a shard ends with it. Otherwise it passes its
   * start to the next page.
   */
  #page(page: PageEvent, number: number): PageEvent | undefined {
    const chain = `${page.reader}\n${page.shard}\n${page.chain}`;
    const from = page.from ?? this.#starts.get(chain);
    const records = (page.records ?? []).filter((_, item) => isInSlice(this.#slice, page, item));
    const isKept = records.length > 0 || this.#slice.isAll || this.#slice.witness.has(number) || page.more === false;
    if (!isKept) {
      if (from !== undefined) this.#starts.set(chain, from);
      return undefined;
    }
    this.#starts.delete(chain);
    return {
      ...page,
      ...(from === undefined ? {} : { from }),
      ...(page.records === undefined ? {} : { records: records.map((record) => withWas(record, number)) }),
      ...linesKept(page, (item) => isInSlice(this.#slice, page, item)),
    };
  }
}
