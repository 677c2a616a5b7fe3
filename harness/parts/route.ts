import { columnsOf } from '../model/columns-of-event.ts';
import type { HistoryLine } from '../model/event.ts';
import { historyError } from '../model/history-error.ts';
import { columnTypes, type LineColumns } from '../model/line-columns.ts';
import { type Items, itemsOf } from './json-items.ts';
import type { Raw } from './part-writer.ts';
import type { Survey } from './survey.ts';

/** The part of the key, or of the shard, whose name is in these bytes. */
export type Places = {
  readonly ofKey: (words: DataView, start: number, end: number) => number;
  readonly ofShard: (words: DataView, start: number, end: number) => number;
};

/** Receives the lines of one part. */
export type LinesOfPart = {
  readonly whole: (line: number, bytes: Uint8Array, start: number, end: number) => void;
  /** A line with only these items, counted from 0. */
  readonly thin: (line: number, kept: readonly number[], items: Items, raw: Raw) => void;
};

export const placesOf = (survey: Survey, partOf: ReadonlyMap<number, number>): Places => ({
  ofKey: (words, start, end) => partOf.get(survey.ofKey(survey.keys.idAt(words, start, end))) ?? 0,
  ofShard: (words, start, end) => partOf.get(survey.ofShard(survey.shards.idAt(words, start, end))) ?? 0,
});

/** The second reading: each line goes to the parts that it concerns. Lines about the stream go to all parts. */
export class Route {
  readonly #places: Places;
  readonly #writers: readonly LinesOfPart[];
  /** The parts of the records of calls in flight. */
  readonly #open: Map<number, readonly number[]>;
  /** By part: the items of the line that go there. */
  readonly #kept: readonly number[][];
  #raw: Raw = { bytes: new Uint8Array(0), start: 0, end: 0 };

  /** `open`: calls sent before the first line, with the parts of their records. */
  constructor(
    places: Places,
    writers: readonly LinesOfPart[],
    open: Iterable<readonly [op: number, parts: readonly number[]]> = [],
  ) {
    this.#places = places;
    this.#writers = writers;
    this.#open = new Map(open);
    this.#kept = writers.map(() => []);
  }

  raw(bytes: Uint8Array, start: number, end: number): void {
    this.#raw = { bytes, start, end };
  }

  event(event: HistoryLine, line: number): void {
    if (event.type === 'put' || event.type === 'ack' || event.type === 'page') this.hot(columnsOf(event), line);
    else for (const part of this.#writers.keys()) this.#whole(part, line);
  }

  hot(hot: LineColumns, line: number): void {
    const { words } = hot.source;
    if (hot.type === columnTypes.page)
      return this.#whole(this.#places.ofShard(words, hot.shard.start, hot.shard.end), line);
    if (hot.type === columnTypes.ack) return this.#ack(hot, line);
    const parts: number[] = [];
    for (let item = 0; item < hot.count; item += 1)
      parts.push(this.#places.ofKey(words, hot.nameStart[item] as number, hot.nameEnd[item] as number));
    this.#open.set(hot.op, parts);
    this.#share(parts, 'entries', line);
  }

  #whole(part: number, line: number): void {
    const { bytes, start, end } = this.#raw;
    (this.#writers[part] as LinesOfPart).whole(line, bytes, start, end);
  }

  #ack({ op, count, ack }: LineColumns, line: number): void {
    const parts = this.#open.get(op) ?? [];
    this.#open.delete(op);
    // If an answer has no call, all parts are judged together, so the line may be in any part.
    if (ack === undefined || ack.outcome === 'ok')
      return this.#share(parts.length === count ? parts : [], 'results', line);
    for (const part of parts.length === 0 ? [0] : new Set(parts)) this.#whole(part, line);
  }

  /** Splits a line by the part of each item. */
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
      (this.#writers[part] as LinesOfPart).thin(line, kept, items, this.#raw);
      kept.length = 0;
    }
  }
}
