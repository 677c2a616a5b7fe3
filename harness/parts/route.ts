import { columnsOf } from '../model/columns-of-event.ts';
import type { Head, HistoryEvent } from '../model/event.ts';
import { historyError } from '../model/history-error.ts';
import { columnTypes, type LineColumns } from '../model/line-columns.ts';
import { itemsOf } from './json-items.ts';
import type { PartWriter, Raw } from './part-writer.ts';
import type { Survey } from './survey.ts';

/** The second reading: each line goes to the parts that it is about, and what is about all shards goes to all. */
export class Route {
  readonly #survey: Survey;
  readonly #partOf: ReadonlyMap<number, number>;
  readonly #writers: readonly PartWriter[];
  /** Of calls under way, the parts of their records. */
  readonly #open = new Map<number, readonly number[]>();
  /** By part: which items of the line go there. */
  readonly #kept: readonly number[][];
  #raw: Raw = { bytes: new Uint8Array(0), start: 0, end: 0 };

  constructor(survey: Survey, partOf: ReadonlyMap<number, number>, writers: readonly PartWriter[]) {
    this.#survey = survey;
    this.#partOf = partOf;
    this.#writers = writers;
    this.#kept = writers.map(() => []);
  }

  raw(bytes: Uint8Array, start: number, end: number): void {
    this.#raw = { bytes, start, end };
  }

  event(event: Head | HistoryEvent, line: number): void {
    if (event.type === 'put' || event.type === 'ack' || event.type === 'page') this.hot(columnsOf(event), line);
    else for (const part of this.#writers.keys()) this.#whole(part, line);
  }

  hot(hot: LineColumns, line: number): void {
    const { words } = hot.source;
    const { shards, keys } = this.#survey;
    if (hot.type === columnTypes.page) {
      const shard = shards.idAt(words, hot.shard.start, hot.shard.end);
      return this.#whole(this.#part(this.#survey.ofShardId(shard)), line);
    }
    if (hot.type === columnTypes.ack) return this.#ack(hot, line);
    const parts: number[] = [];
    for (let item = 0; item < hot.count; item += 1) {
      const key = keys.idAt(words, hot.nameStart[item] as number, hot.nameEnd[item] as number);
      parts.push(this.#part(this.#survey.ofKey(key)));
    }
    this.#open.set(hot.op, parts);
    this.#share(parts, 'entries', line);
  }

  #part(component: number): number {
    return this.#partOf.get(component) ?? 0;
  }

  #whole(part: number, line: number): void {
    const { bytes, start, end } = this.#raw;
    (this.#writers[part] as PartWriter).whole(line, bytes, start, end);
  }

  #ack({ op, count, ack }: LineColumns, line: number): void {
    const parts = this.#open.get(op) ?? [];
    this.#open.delete(op);
    // One that fits no call: then all parts are judged together, and it is enough that the line is somewhere.
    if (ack === undefined || ack.outcome === 'ok')
      return this.#share(parts.length === count ? parts : [], 'results', line);
    for (const part of parts.length === 0 ? [0] : new Set(parts)) this.#whole(part, line);
  }

  /** By the part of each of its items. */
  #share(parts: readonly number[], name: string, line: number): void {
    const [first = 0] = parts;
    if (parts.every((part) => part === first)) return this.#whole(first, line);
    const { bytes, start, end } = this.#raw;
    const items = itemsOf(bytes, start, end, name);
    if (items?.starts.length !== parts.length)
      throw historyError(line, `cannot be split: its ${name} are not written as one plain list`);
    for (const [item, part] of parts.entries()) (this.#kept[part] as number[]).push(item);
    for (const [part, kept] of this.#kept.entries()) {
      if (kept.length === 0) continue;
      (this.#writers[part] as PartWriter).thin(line, kept, items, this.#raw);
      kept.length = 0;
    }
  }
}
