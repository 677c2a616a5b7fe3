import { columnsOf } from '../../model/columns-of-event.ts';
import type { HistoryLine, PageEvent } from '../../model/event.ts';
import { type ColumnEvent, columnTypes, itemBit, LineColumns, none } from '../../model/line-columns.ts';
import { limbsPer } from '../../model/sequences.ts';
import { applyColumns } from '../index/apply-columns.ts';
import { isOfSubject } from './follow-subject.ts';
import type { StreamingRun } from './streaming-run.ts';

/**
 * Takes the kept part of a line, and the indices of its kept items, from 0. Undefined for a page, and for an answer
 * without results.
 */
export type Keep = (thin: LineColumns, line: number, items: readonly number[] | undefined) => void;

/**
 * The second reading: folds what was spilled into the tables of the run, as the full judge folds everything. By then
 * it is known that every reader got every record, in order and in time. So only the deliveries of pages are kept. If
 * records of a shard were skipped, or a reader began again, the starts of iterators and the times of requests are kept,
 * too.
 */
export class SecondLook {
  readonly #run: StreamingRun;
  /** By call in flight: which of its records are kept. */
  readonly #open = new Map<number, readonly number[]>();
  /** What is kept of the line. */
  readonly #thin = new LineColumns();

  readonly #keep: Keep;

  /** `keep` replaces the tables of the run. */
  constructor(run: StreamingRun, keep: Keep = (thin, line) => applyColumns(run.tables, thin, line)) {
    this.#run = run;
    this.#keep = keep;
    run.tables.lastT = Number.NEGATIVE_INFINITY;
    run.tables.inFlight = 0;
  }

  event(event: HistoryLine, line: number): void {
    if (event.type === 'put' || event.type === 'ack' || event.type === 'page') this.hot(columnsOf(event), line);
  }

  hot(hot: LineColumns, line: number): void {
    if (hot.type === columnTypes.ack) return this.#ack(hot, line);
    const isPage = hot.type === columnTypes.page;
    // Everything about consumers under test is proved, or everything was spilled.
    if (isPage && isOfSubject(this.#run, hot)) return;
    const kept = this.#itemsOf(hot);
    if (isPage) return this.#page(hot, kept, line);
    if (kept.length === 0) return;
    this.#open.set(hot.op, kept);
    const { put } = hot;
    this.#thin.pick(hot, kept, put && { ...put, entries: picked(put.entries, kept) });
    this.#keep(this.#thin, line, kept);
  }

  #ack(hot: LineColumns, line: number): void {
    if (this.#run.numbers.isToHold) this.#holdNumbers(hot);
    const kept = this.#open.get(hot.op);
    if (kept === undefined) return;
    this.#open.delete(hot.op);
    const { ack } = hot;
    const isTold = ack === undefined || ack.outcome === 'ok';
    const thin: ColumnEvent | undefined = ack && isTold ? { ...ack, results: picked(ack.results ?? [], kept) } : ack;
    this.#thin.pick(hot, isTold ? kept : [], thin);
    this.#keep(this.#thin, line, isTold ? kept : undefined);
  }

  #holdNumbers({ source: { words }, count, has, nameStart, nameEnd, limbs }: LineColumns): void {
    const { shards } = this.#run.tables;
    for (let item = 0; item < count; item += 1) {
      if (((has[item] as number) & itemBit.number) === 0) continue;
      const shard = shards.idAt(words, nameStart[item] as number, nameEnd[item] as number);
      this.#run.numbers.hold(shard, limbs, item * limbsPer);
    }
  }

  #page(hot: LineColumns, kept: readonly number[], line: number): void {
    const { source, shard, page } = hot;
    const { hasLost, hasAgain } = this.#run.shard(this.#run.tables.shards.idAt(source.words, shard.start, shard.end));
    const isToldOf = hasLost || hasAgain;
    // An iterator may also begin with a page that is empty or failed.
    if (kept.length === 0 && !(isToldOf && page?.from !== undefined)) return;
    const thin = this.#thin;
    thin.pick(hot, kept, page && thinPage(page, kept, isToldOf));
    thin.behind = Number.NaN;
    thin.more = 0;
    if (!isToldOf) thin.t0 = Number.NaN;
    this.#keep(thin, line, undefined);
  }

  /** True if a part of this line is kept. If `keep` replaces the tables, such a line must come as an event. */
  keeps(hot: LineColumns): boolean {
    return hot.type === columnTypes.ack ? this.#open.has(hot.op) : this.#itemsOf(hot).length > 0;
  }

  /** The indices of the kept items of a put or a page. */
  #itemsOf(hot: LineColumns): readonly number[] {
    const { keys, producers } = this.#run.tables.records;
    const { words } = hot.source;
    const { start, end } = hot.producer;
    const isPut = hot.type === columnTypes.put;
    let producer = isPut && start !== none ? producers.idAt(words, start, end) : producers.id('');
    const kept: number[] = [];
    for (let item = 0; item < hot.count; item += 1) {
      if (!isPut && hot.hasAll(item, itemBit.producer))
        producer = producers.idAt(words, hot.producerStart[item] as number, hot.producerEnd[item] as number);
      else if (!isPut) producer = producers.id('');
      if (!hot.hasAll(item, itemBit.n)) {
        if (this.#isKeptForeign(hot, item)) kept.push(item);
        continue;
      }
      const key = keys.idAt(words, hot.nameStart[item] as number, hot.nameEnd[item] as number);
      if (this.#run.spills.holds(this.#run.flowOf(producer, key), hot.n[item] as number)) kept.push(item);
    }
    return kept;
  }

  #isKeptForeign({ source: { words }, shard, limbs }: LineColumns, item: number): boolean {
    const { foreign, tables } = this.#run;
    return foreign.holds(tables.shards.idAt(words, shard.start, shard.end), limbs, item);
  }
}

const thinPage = (
  { type, t, t0, reader, chain, shard, from, error, records = [] }: PageEvent,
  kept: readonly number[],
  isToldOf: boolean,
): PageEvent => {
  const told = {
    ...(t0 === undefined ? {} : { t0 }),
    ...(from === undefined ? {} : { from }),
    ...(error === undefined ? {} : { error }),
  };
  return { type, t, reader, chain, shard, records: picked(records, kept), ...(isToldOf ? told : {}) };
};

const picked = <T>(items: readonly T[], kept: readonly number[]): T[] => kept.map((index) => items[index] as T);
