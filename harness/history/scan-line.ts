import { type HotLine, hotTypes, none } from '../model/hot-line.ts';
import { entryItems, ItemReader, recordItems, resultItems } from './scan-items.ts';
import { ascii, Cursor } from './scan-values.ts';

const brace = { open: 0x7b, close: 0x7d } as const;
const comma = 0x2c;
const colon = 0x3a;

/**
 * Reads a line's bytes into `line` when it is a put, an answer or a page in its plain form, and answers whether it did. Everything else (other types, escapes, other
 * letters than ASCII, faults of the recorder, what is rare) it leaves to JSON.parse: the two decoders agree on every line that this one takes.
 */
export class LineScanner {
  readonly line: HotLine;
  readonly #cursor = new Cursor();
  readonly #entries = new ItemReader(entryItems);
  readonly #results = new ItemReader(resultItems);
  readonly #records = new ItemReader(recordItems);
  #items: ItemReader | undefined;
  #met = 0;
  #isOk = false;
  #hasApi = false;

  constructor(line: HotLine) {
    this.line = line;
  }

  scan(bytes: Uint8Array, start: number, end: number): boolean {
    const { line } = this;
    line.bytes = bytes;
    this.#cursor.set(bytes, start, end);
    this.#clear();
    if (!this.#takeFields()) return false;
    return this.#cursor.peek() === 0 && this.#cursor.at >= end && this.#isWhole();
  }

  #clear(): void {
    const { line } = this;
    line.type = hotTypes.none;
    line.t = none;
    line.t0 = Number.NaN;
    line.op = none;
    line.chain = none;
    line.behind = Number.NaN;
    line.more = 0;
    line.producer.start = none;
    line.reader.start = none;
    line.shard.start = none;
    line.count = 0;
    this.#items = undefined;
    this.#met = 0;
    this.#isOk = false;
    this.#hasApi = false;
  }

  #takeFields(): boolean {
    const cursor = this.#cursor;
    if (!cursor.take(brace.open)) return false;
    for (;;) {
      if (!cursor.takeText()) return false;
      const known = fieldOf(cursor);
      if (!cursor.take(colon)) return false;
      if (known === none) {
        if (!cursor.skip()) return false;
      } else {
        if ((this.#met & (1 << known)) !== 0 || !this.#takeField(known)) return false;
        this.#met |= 1 << known;
      }
      if (cursor.take(comma)) continue;
      return cursor.take(brace.close);
    }
  }

  #takeField(known: number): boolean {
    const { line } = this;
    const cursor = this.#cursor;
    switch (known) {
      case fields.t:
        if (!cursor.takeWhole()) return false;
        line.t = cursor.number;
        return true;
      case fields.t0:
        if (!cursor.takeWhole()) return false;
        line.t0 = cursor.number;
        return true;
      case fields.type:
        return this.#takeType();
      case fields.op:
        if (!cursor.takeWhole()) return false;
        line.op = cursor.number;
        return true;
      case fields.chain:
        if (!cursor.takeWhole()) return false;
        line.chain = cursor.number;
        return true;
      case fields.behind:
        if (!cursor.takeWhole()) return false;
        line.behind = cursor.number;
        return true;
      case fields.more:
        if (!cursor.takeFlag()) return false;
        line.more = cursor.number === 1 ? 1 : 2;
        return true;
      case fields.producer:
        return cursor.takeSpan(line.producer);
      case fields.reader:
        return cursor.takeSpan(line.reader);
      case fields.shard:
        return cursor.takeSpan(line.shard);
      case fields.api:
        return this.#takeApi();
      case fields.outcome:
        this.#isOk = cursor.takeText() && cursor.is(okWord);
        return this.#isOk;
      case fields.entries:
        return this.#takeItems(this.#entries);
      case fields.results:
        return this.#takeItems(this.#results);
      case fields.records:
        return this.#takeItems(this.#records);
      default:
        // role, parts, from, error, children: not the plain form.
        return false;
    }
  }

  #takeType(): boolean {
    if (!this.#cursor.takeText()) return false;
    const at = typeWords.findIndex((word) => this.#cursor.is(word));
    this.line.type = at + 1;
    return at >= 0;
  }

  #takeApi(): boolean {
    if (!this.#cursor.takeText()) return false;
    this.#hasApi = true;
    this.line.isBatch = this.#cursor.is(batchWord);
    return this.line.isBatch || this.#cursor.is(singleWord);
  }

  #takeItems(items: ItemReader): boolean {
    // Two lists would share the columns.
    if (this.#items !== undefined) return false;
    this.#items = items;
    return items.takeAll(this.#cursor, this.line);
  }

  /** It has all that a line of its type must have. */
  #isWhole(): boolean {
    const { line } = this;
    if (line.t < 0) return false;
    switch (line.type) {
      case hotTypes.put:
        return line.op >= 0 && this.#hasApi && this.#items === this.#entries;
      case hotTypes.ack:
        return line.op >= 0 && this.#isOk && this.#items === this.#results;
      case hotTypes.page:
        return (
          line.reader.start >= 0 &&
          line.shard.start >= 0 &&
          line.chain >= 0 &&
          (this.#items === undefined || this.#items === this.#records)
        );
      default:
        return false;
    }
  }
}

const fields = {
  t: 0,
  t0: 1,
  type: 2,
  op: 3,
  chain: 4,
  behind: 5,
  more: 6,
  producer: 7,
  reader: 8,
  shard: 9,
  api: 10,
  outcome: 11,
  entries: 12,
  results: 13,
  records: 14,
  role: 15,
  parts: 16,
  from: 17,
  error: 18,
  children: 19,
} as const;

const fieldNames: readonly Uint8Array[] = Object.keys(fields).map(ascii);
const typeWords: readonly Uint8Array[] = ['put', 'ack', 'page'].map(ascii);
const okWord = ascii('ok');
const batchWord = ascii('PutRecords');
const singleWord = ascii('PutRecord');

/** The field whose name was just taken; -1: none that matters. */
const fieldOf = (cursor: Cursor): number => {
  for (let at = 0; at < fieldNames.length; at += 1) if (cursor.is(fieldNames[at] as Uint8Array)) return at;
  return none;
};
