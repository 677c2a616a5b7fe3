import type { AckEvent, Head, HistoryEvent, PageEvent, PutEvent, PutResult } from '../../model/event.ts';
import { columnTypes, itemBit, LineColumns, none } from '../../model/line-columns.ts';
import { limbsPer } from '../../model/sequences.ts';
import { applyColumns } from '../index/apply-columns.ts';
import { applyAck, applyPut } from '../index/apply-put.ts';
import { applyPage } from '../index/apply-read.ts';
import type { Tables } from '../index/tables.ts';
import type { StreamingRun } from './streaming-run.ts';

/** Takes what is kept of a line: an event, and which of the line's items are left, counted from 0. */
export type Keep = (event: PutEvent | AckEvent | PageEvent, line: number, items: readonly number[] | undefined) => void;

/**
 * The second reading: folds what was set aside into the tables of the run, as the judge of the whole folds everything.
 * Of pages only what they deliver is kept where it is known by then that every reader was given every record, in
 * order, when it should; where some were skipped, also where iterators began, and when they were asked.
 */
export class SecondLook {
  readonly #run: StreamingRun;
  /** By call under way: which of its records are kept. */
  readonly #open = new Map<number, readonly number[]>();
  /** The line that is folded, with what is kept of it. */
  readonly #thin = new LineColumns();

  readonly #keep: Keep;

  /** `keep`: in place of the tables of the run. */
  constructor(run: StreamingRun, keep: Keep = (event, line) => fold(run.tables, event, line)) {
    this.#run = run;
    this.#keep = keep;
    run.tables.lastT = Number.NEGATIVE_INFINITY;
  }

  event(event: Head | HistoryEvent, line: number): void {
    if (event.type === 'put') this.#put(event, line);
    else if (event.type === 'ack') this.#ack(event, line);
    else if (event.type === 'page') this.#page(event, line);
  }

  #holds(producer: number, key: number, n: number): boolean {
    return this.#run.aside.holds(this.#run.flowOf(producer, key), n);
  }

  #put(event: PutEvent, line: number): void {
    const { producers, keys } = this.#run.tables.records;
    const producer = producers.id(event.producer ?? '');
    const kept: number[] = [];
    for (const [index, { key, n }] of event.entries.entries())
      if (this.#holds(producer, keys.id(key), n as number)) kept.push(index);
    if (kept.length === 0) return;
    this.#open.set(event.op, kept);
    this.#keep({ ...event, entries: picked(event.entries, kept) }, line, kept);
  }

  #ack({ results, ...event }: AckEvent, line: number): void {
    if (this.#run.numbers.isToHold) this.#holdNumbers(results ?? []);
    const kept = this.#open.get(event.op);
    if (kept === undefined) return;
    this.#open.delete(event.op);
    if (results === undefined) this.#keep(event, line, undefined);
    else this.#keep({ ...event, results: picked(results, kept) }, line, kept);
  }

  #holdNumbers(results: readonly PutResult[]): void {
    const { sequence, shards } = this.#run.tables;
    for (const result of results) {
      if (!('seq' in result)) continue;
      sequence.read(result.seq);
      this.#run.numbers.hold(shards.id(result.shard), sequence.limbs, 0);
    }
  }

  #page(event: PageEvent, line: number): void {
    const { tables } = this.#run;
    const { producers, keys } = tables.records;
    const records = (event.error === undefined ? (event.records ?? []) : []).filter(({ producer, key, n }) =>
      this.#holds(producers.id(producer ?? ''), keys.id(key as string), n as number),
    );
    const { type, t, t0, reader, chain, shard, from, error } = event;
    const isToldOf = this.#run.shard(tables.shards.id(shard)).hasLost;
    // An iterator begins also with a page that is empty, or that failed.
    if (records.length === 0 && !(isToldOf && from !== undefined)) return;
    const told = {
      ...(t0 === undefined ? {} : { t0 }),
      ...(from === undefined ? {} : { from }),
      ...(error === undefined ? {} : { error }),
    };
    this.#keep({ type, t, reader, chain, shard, records, ...(isToldOf ? told : {}) }, line, undefined);
  }

  /** Is anything kept of this line? Then it is to be given as an event, where it does not go into the tables. */
  keeps(hot: LineColumns): boolean {
    return hot.type === columnTypes.ack ? this.#open.has(hot.op) : this.#itemsOf(hot).length > 0;
  }

  hot(hot: LineColumns, line: number): void {
    if (hot.type === columnTypes.ack && this.#run.numbers.isToHold) this.#holdHot(hot);
    const kept = hot.type === columnTypes.ack ? (this.#open.get(hot.op) ?? []) : this.#itemsOf(hot);
    if (hot.type === columnTypes.page) return this.#hotPage(hot, kept, line);
    if (kept.length === 0) return;
    if (hot.type === columnTypes.put) this.#open.set(hot.op, kept);
    else this.#open.delete(hot.op);
    this.#thin.pick(hot, kept);
    applyColumns(this.#run.tables, this.#thin, line);
  }

  #holdHot({ source: { words }, count, nameStart, nameEnd, limbs }: LineColumns): void {
    const { shards } = this.#run.tables;
    for (let item = 0; item < count; item += 1) {
      const shard = shards.idAt(words, nameStart[item] as number, nameEnd[item] as number);
      this.#run.numbers.hold(shard, limbs, item * limbsPer);
    }
  }

  #hotPage(hot: LineColumns, kept: readonly number[], line: number): void {
    const { tables } = this.#run;
    if (kept.length === 0) return;
    const thin = this.#thin;
    thin.pick(hot, kept);
    thin.behind = Number.NaN;
    thin.more = 0;
    if (!this.#run.shard(tables.shards.idAt(hot.source.words, hot.shard.start, hot.shard.end)).hasLost)
      thin.t0 = Number.NaN;
    applyColumns(tables, thin, line);
  }

  /** Of a put or a page. */
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
      const key = keys.idAt(words, hot.nameStart[item] as number, hot.nameEnd[item] as number);
      if (this.#holds(producer, key, hot.n[item] as number)) kept.push(item);
    }
    return kept;
  }
}

const fold = (tables: Tables, event: PutEvent | AckEvent | PageEvent, line: number): void => {
  if (event.type === 'put') applyPut(tables, event, line);
  else if (event.type === 'ack') applyAck(tables, event, line);
  else applyPage(tables, event, line);
};

const picked = <T>(items: readonly T[], kept: readonly number[]): T[] => kept.map((index) => items[index] as T);
