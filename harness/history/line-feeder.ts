import { enough } from '../lib/enough.ts';
import type { Head, HistoryEvent } from '../model/event.ts';
import { historyError } from '../model/history-error.ts';
import { columnTypes, LineBytes, LineColumns } from '../model/line-columns.ts';
import { decodeLine } from './decode.ts';
import { LineScanner } from './scan-line.ts';

/** Both end the reading with `enough`. */
export type OnEvent = (event: Head | HistoryEvent, line: number) => unknown;
export type OnHot = (hot: LineColumns, line: number) => unknown;
/** The bytes of a line that says something, before it is handed on: they stay only until then. */
export type OnRaw = (bytes: Uint8Array, start: number, end: number) => void;

/** A line longer than this is no history: the largest real one is a page of 10,000 records, some 3 MB. */
const lineBytesMax = 256 * 1024 * 1024;
const newline = 0x0a;

/**
 * Takes a history in pieces of any size, and hands on its lines. One buffer holds the piece that is looked at and the
 * line that the piece before cut; behind them stands a newline, so that reading a line always ends.
 */
export class LineFeeder {
  readonly #onEvent: OnEvent;
  readonly #onHot: OnHot | undefined;
  readonly #asEvents: ReadonlySet<number>;
  readonly #onRaw: OnRaw | undefined;
  readonly #hot = new LineColumns();
  readonly #scanner = new LineScanner(this.#hot);
  #source = new LineBytes(0);
  /** How many bytes of the buffer hold the history. */
  #filled = 0;
  #line = 0;
  /** Records that were sent, so far. */
  records = 0;
  /** Nothing that comes is handed on any more. */
  isDone = false;

  /** `asEvents`: lines, counted from 1, that come as events although they have the plain form. */
  constructor(onEvent: OnEvent, onHot: OnHot | undefined, asEvents: ReadonlySet<number> = new Set(), onRaw?: OnRaw) {
    this.#onRaw = onRaw;
    this.#onEvent = onEvent;
    this.#onHot = onHot;
    this.#asEvents = asEvents;
  }

  get lines(): number {
    return this.#line;
  }

  feed(chunk: Uint8Array): void {
    this.room(chunk.length).set(chunk);
    this.took(chunk.length);
  }

  /** Where the next `size` bytes of the history are to be put, before `took`. */
  room(size: number): Uint8Array {
    const filled = this.#filled;
    if (filled > lineBytesMax) throw historyError(this.#line + 1, `longer than ${lineBytesMax} bytes`);
    if (filled + size + 1 > this.#source.bytes.length - 8) {
      const larger = new LineBytes(Math.max(filled * 2, filled + size + 1));
      larger.bytes.set(this.#source.bytes.subarray(0, filled));
      this.#source = larger;
      this.#hot.source = larger;
    }
    return this.#source.bytes.subarray(filled, filled + size);
  }

  took(size: number): void {
    const { bytes } = this.#source;
    const known = this.#filled;
    this.#filled += size;
    bytes[this.#filled] = newline;
    // What was left of the piece before has no newline: a long line is looked at once, when its end is there.
    let end = known === 0 ? -1 : this.#newlineFrom(known);
    if (known > 0 && end < 0) return;
    let at = 0;
    if (end >= 0) {
      this.#take(at, end);
      at = end + 1;
    }
    while (!this.isDone) {
      end = this.#takeNext(at);
      if (end < 0) break;
      at = end + 1;
    }
    bytes.copyWithin(0, at, this.#filled);
    this.#filled -= at;
  }

  /**
   * What stands behind the last newline. False: it was cut short by a crash and is no line, the history ends before
   * it; or nobody asked for the rest.
   */
  finish(): boolean {
    if (this.isDone) return false;
    const filled = this.#filled;
    const text = Buffer.from(this.#source.bytes.buffer, 0, filled).toString('utf8');
    if (text.trim() === '') return true;
    if (this.#line > 0 && !isJson(text)) return false;
    this.#take(0, filled);
    return true;
  }

  #newlineFrom(at: number): number {
    const end = this.#source.bytes.indexOf(newline, at);
    return end < this.#filled ? end : -1;
  }

  /** The newline behind the next line; -1: it is not whole. */
  #takeNext(at: number): number {
    const alike = this.#isScanned(this.#line + 1) ? this.#scanner.scanAlike(at) : -1;
    if (alike >= 0 && alike < this.#filled) {
      this.#line += 1;
      this.#hand(at, alike);
      return alike;
    }
    const end = this.#newlineFrom(at);
    if (end >= 0) this.#take(at, end);
    return end;
  }

  #take(start: number, end: number): void {
    this.#line += 1;
    if (this.#isScanned(this.#line) && this.#scanner.scan(start, end)) {
      this.#hand(start, end);
      return;
    }
    const text = Buffer.from(this.#source.bytes.buffer, start, end - start).toString('utf8');
    // A mark of the encoding and empty lines are what editors leave: they say nothing, and break nothing.
    const own = this.#line === 1 && text.startsWith('\ufeff') ? text.slice(1) : text;
    if (isBlank(own)) return;
    const event = decodeLine(own, this.#line);
    if (event === undefined) return;
    if (event.type === 'put') this.records += event.entries.length;
    this.#onRaw?.(this.#source.bytes, start, end);
    this.isDone = this.#onEvent(event, this.#line) === enough;
  }

  #isScanned(line: number): boolean {
    return this.#onHot !== undefined && (this.#asEvents.size === 0 || !this.#asEvents.has(line));
  }

  #hand(start: number, end: number): void {
    this.#onRaw?.(this.#source.bytes, start, end);
    if (this.#hot.type === columnTypes.put) this.records += this.#hot.count;
    this.isDone = this.#onHot?.(this.#hot, this.#line) === enough;
  }
}

const isBlank = (text: string): boolean => text.length < 1000 && text.trim() === '';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
