import { enough } from '../lib/enough.ts';
import type { HistoryLine } from '../model/event.ts';
import { historyError } from '../model/history-error.ts';
import { columnTypes, LineBytes, LineColumns } from '../model/line-columns.ts';
import { decodeLine } from './decode.ts';
import { LineScanner } from './scan-line.ts';

/** Handlers of lines. Either ends the reading by returning `enough`. */
export type OnEvent = (event: HistoryLine, line: number) => unknown;
export type OnHot = (hot: LineColumns, line: number) => unknown;
/** Gets the bytes of each line that is handed on, before its handler. They are valid until that handler returns. */
export type OnRaw = (bytes: Uint8Array, start: number, end: number) => void;

/** The longest line that is accepted. The largest real one, a page of 10,000 records, has some 3 MB. */
const lineBytesMax = 256 * 1024 * 1024;
const newline = 0x0a;

/**
 * Takes a history in chunks of any size, and hands on its lines. One buffer holds the line that the chunk before cut,
 * and the current chunk. A newline stands behind them, so that reading a line always ends.
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
  /** How many records were sent so far: entries of puts. */
  records = 0;
  /** True if a handler returned `enough`: no further line is handed on. */
  isDone = false;

  /** `asEvents`: numbers of lines, from 1, that are handed on as events even if they have the plain form. */
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

  /** Returns room for the next `size` bytes; `took` takes them. Throws if a line is too long. */
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
    // The rest of the chunk before has no newline. So only new bytes are searched, and a long line is read once.
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
   * Takes what is behind the last newline. Returns false if a crash cut that line short (the history ends before it),
   * or if a handler returned `enough`.
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

  /** Returns the index of the newline behind the next line; -1 if the line is incomplete. */
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
    // Editors leave byte order marks and empty lines. Both are skipped.
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
