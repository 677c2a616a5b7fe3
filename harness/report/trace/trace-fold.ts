import type { AckEvent, Head, HistoryLine, PageEvent, PutEvent, SubjectEvent } from '../../model/event.ts';
import { columnTypes, itemBit, LineColumns } from '../../model/line-columns.ts';
import { Activity } from './activity.ts';
import { BandsFold } from './bands.ts';
import { Draft } from './draft.ts';
import { hashPart, keyPart } from './hash-part.ts';
import { SubjectsFold } from './subjects.ts';
import { takeAck, takePage, takePut } from './take-event.ts';
import { takeHot } from './take-hot.ts';
import { TopologyFold } from './topology.ts';
import { type Wanted, wantedItems } from './wanted.ts';

/**
 * Folds a history into the data for drawing. With `only`, for long histories, records that no finding is about are
 * only counted. Lines in `asked` are kept as they are, and must come as events.
 */
export class TraceFold {
  readonly draft = new Draft();
  readonly activity = new Activity();
  readonly topology = new TopologyFold();
  readonly bands = new BandsFold();
  readonly subjects = new SubjectsFold();
  readonly lines = new Map<number, HistoryLine>();
  readonly roles = new Map<string, string>();
  head: Head | undefined;
  /** The last time in the history, microseconds. */
  t = 0;
  lineCount = 0;
  readonly #asked: ReadonlySet<number>;
  readonly #only: Wanted | undefined;
  /** Indexes of the kept entries of a call, by op, if not all are kept. */
  readonly #kept = new Map<number, readonly number[]>();
  readonly #picked = new LineColumns();
  readonly #parts: number[] = [];

  constructor(asked: ReadonlySet<number> = new Set(), only?: Wanted) {
    this.#asked = asked;
    this.#only = only;
  }

  take(event: HistoryLine, line: number): void {
    this.lineCount = line;
    if (this.#asked.has(line)) this.lines.set(line, event);
    if (event.type === 'head') {
      this.head = event;
      return;
    }
    this.t = Math.max(this.t, event.t);
    if (event.type === 'put') this.#put(event, line);
    else if (event.type === 'ack') this.#ack(event, line);
    else if (event.type === 'page') this.#page(event, line);
    else if (event.type === 'topology') this.topology.list(event, line);
    else if (event.type === 'reshard') this.topology.reshard(event, line);
    else if (event.type === 'subject') this.#said(event, line);
    else if (event.type === 'reader') {
      this.roles.set(event.reader, event.role ?? 'live');
      this.subjects.reader(event);
    } else this.bands.take(event, line);
  }

  takeHot(hot: LineColumns, line: number): void {
    this.lineCount = line;
    this.t = Math.max(this.t, hot.t);
    this.#countHot(hot);
    const items = this.#only === undefined ? undefined : this.#wantedOf(hot, this.#only);
    if (items === undefined) takeHot(this.draft, hot, line);
    else if (items.length > 0) {
      this.#picked.pick(hot, items);
      takeHot(this.draft, this.#picked, line);
    }
    if (hot.type === columnTypes.page) this.#subjectPage(hot, line);
  }

  /** Adds a place that a finding names, even if only an application reports it. */
  #said(event: SubjectEvent, line: number): void {
    const isAsked = this.#asked.has(line);
    this.subjects.said(event, line, isAsked);
    const { shard, seq, sub } = event;
    if (isAsked && event.event !== 'checkpoint' && shard !== undefined && seq !== undefined && /^\d+$/.test(seq))
      this.draft.place(shard, seq, sub);
  }

  #put(put: PutEvent, line: number): void {
    if (put.role !== 'sentinel') {
      const parts = put.entries.map(({ key, hash }) => (hash === undefined ? this.#partOf(key ?? '') : hashPart(hash)));
      this.activity.put(put.op, put.t, put.due ?? put.t, parts);
    }
    const isWhole = this.#only === undefined || put.role === 'sentinel';
    const items = isWhole || this.#only === undefined ? undefined : wantedItems(this.#only, put, line);
    if (items === undefined) takePut(this.draft, put, line);
    else if (items.length > 0) {
      this.#kept.set(put.op, items);
      takePut(this.draft, { ...put, entries: items.flatMap((item) => put.entries[item] ?? []) }, line);
    }
  }

  #ack(ack: AckEvent, line: number): void {
    const { results } = ack;
    this.activity.ack(ack.op, ack.t, ack.outcome !== 'info', (index) => {
      const result = results?.[index];
      return result !== undefined && !('error' in result);
    });
    const items = this.#kept.get(ack.op);
    this.#kept.delete(ack.op);
    if (items === undefined || results === undefined) takeAck(this.draft, ack, line);
    else takeAck(this.draft, { ...ack, results: items.flatMap((item) => results[item] ?? []) }, line);
  }

  #page(page: PageEvent, line: number): void {
    this.activity.read(page.t, page.records?.length ?? 0);
    this.subjects.page(page, line);
    const items = this.#only === undefined ? undefined : wantedItems(this.#only, page, line);
    if (items === undefined) takePage(this.draft, page, line);
    else if (items.length > 0)
      takePage(this.draft, { ...page, records: items.flatMap((item) => page.records?.[item] ?? []) }, line);
  }

  #countHot(hot: LineColumns): void {
    if (hot.type === columnTypes.put) {
      const parts: number[] = [];
      for (let item = 0; item < hot.count; item += 1) parts.push(this.#hotPart(hot, item));
      this.activity.put(hot.op, hot.t, Number.isNaN(hot.due) ? hot.t : hot.due, parts);
    } else if (hot.type === columnTypes.ack) this.activity.ack(hot.op, hot.t, true, () => true);
    else this.activity.read(hot.t, hot.count);
  }

  #hotPart(hot: LineColumns, item: number): number {
    if (hot.hasAll(item, itemBit.hash)) return hashPart(textAt(hot, hot.hashStart[item] ?? 0, hot.hashEnd[item] ?? 0));
    const key = this.draft.keys.idAt(hot.source.words, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);
    return (this.#parts[key] ??= keyPart(this.draft.keys.name(key)));
  }

  #partOf(key: string): number {
    const id = this.draft.keys.id(key);
    return (this.#parts[id] ??= keyPart(key));
  }

  /** For a line that no finding names: indexes of the items with a key of a finding. */
  #wantedOf(hot: LineColumns, { keys }: Wanted): readonly number[] {
    if (hot.type === columnTypes.ack) {
      const kept = this.#kept.get(hot.op) ?? [];
      this.#kept.delete(hot.op);
      return kept;
    }
    const items: number[] = [];
    for (let item = 0; item < hot.count; item += 1)
      if (isAmong(keys, hot, hot.nameStart[item], hot.nameEnd[item]) || this.#hasIdKey(hot, item, keys))
        items.push(item);
    if (hot.type === columnTypes.put && items.length > 0) this.#kept.set(hot.op, items);
    return items;
  }

  #hasIdKey(hot: LineColumns, item: number, keys: ReadonlySet<string>): boolean {
    return hot.hasAll(item, itemBit.idKey) && isAmong(keys, hot, hot.idKeyStart[item], hot.idKeyEnd[item]);
  }

  #subjectPage(hot: LineColumns, line: number): void {
    if (this.subjects.groups.size === 0) return;
    const reader = textAt(hot, hot.reader.start, hot.reader.end);
    if (!this.subjects.isSubject(reader)) return;
    const shard = textAt(hot, hot.shard.start, hot.shard.end);
    const records = Array.from({ length: hot.count }, () => ({ seq: '0' }));
    this.subjects.page({ t: hot.t, type: 'page', reader, chain: hot.chain, shard, records }, line);
  }
}

const textAt = (hot: LineColumns, start: number, end: number): string =>
  Buffer.from(hot.source.bytes.buffer, start, end - start).toString('latin1');

const isAmong = (names: ReadonlySet<string>, hot: LineColumns, start = 0, end = 0): boolean => {
  for (const name of names) if (name.length === end - start && textAt(hot, start, end) === name) return true;
  return false;
};
