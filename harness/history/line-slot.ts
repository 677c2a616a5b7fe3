import { enough } from '../lib/enough.ts';
import { columnTypes, itemBit, LineBytes, LineColumns, none, type Span } from '../model/line-columns.ts';
import { limbsPer } from '../model/sequences.ts';

/** Memory that two threads see: some lines of a history, as bytes and as the columns that they were scanned into. */
export type SlotMemory = {
  readonly bytes: SharedArrayBuffer;
  readonly ints: SharedArrayBuffer;
  readonly floats: SharedArrayBuffer;
};

const slotBytes = 2 * 1024 * 1024;

/** Allocates a slot for `size` bytes of lines. Its columns have room for the shortest lines that there are. */
export const slotMemory = (size: number = slotBytes): SlotMemory => ({
  bytes: new SharedArrayBuffer(size + 8),
  ints: new SharedArrayBuffer(size + (size >> 1)),
  floats: new SharedArrayBuffer(size + (size >> 2)),
});

/** Numbers of one line, before those of its items. */
const lineInts = 16;
const lineFloats = 8;
const textLine = -1;

/** Integer columns of an item: the bit in `has`, the column, and true for offsets, which move with the line. */
const intColumns = [
  [itemBit.name, 'nameStart', true],
  [itemBit.name, 'nameEnd', true],
  [itemBit.idKey, 'idKeyStart', true],
  [itemBit.idKey, 'idKeyEnd', true],
  [itemBit.hash, 'hashStart', true],
  [itemBit.hash, 'hashEnd', true],
  [itemBit.producer, 'producerStart', true],
  [itemBit.producer, 'producerEnd', true],
  [itemBit.digest, 'digestHigh', false],
  [itemBit.digest, 'digestLow', false],
] as const;
const floatColumns = [
  [itemBit.n, 'n'],
  [itemBit.size, 'size'],
  [itemBit.arrival, 'arrival'],
  [itemBit.sub, 'sub'],
] as const;
const intsOfItem = 1 + intColumns.length + limbsPer;

/** Writes lines into a slot. `text` and `hot` return false if the line does not fit. */
export class SlotWriter {
  readonly #bytes: Uint8Array;
  readonly #ints: Int32Array;
  readonly #floats: Float64Array;
  #byte = 0;
  #int = 0;
  #float = 0;
  lines = 0;

  constructor({ bytes, ints, floats }: SlotMemory) {
    this.#bytes = new Uint8Array(bytes);
    this.#ints = new Int32Array(ints);
    this.#floats = new Float64Array(floats);
  }

  clear(): void {
    this.#byte = 0;
    this.#int = 0;
    this.#float = 0;
    this.lines = 0;
  }

  /** A line that was not scanned. */
  text(line: number, source: Uint8Array, start: number, end: number): boolean {
    if (!this.#hasRoom(end - start, 0)) return false;
    const at = this.#copy(source, start, end);
    this.#head(textLine, line, 0);
    this.#ints[this.#int - lineInts + 3] = at;
    this.#ints[this.#int - lineInts + 4] = this.#byte;
    this.#close();
    this.#floats.fill(0, this.#float, this.#float + lineFloats);
    this.#float += lineFloats;
    return true;
  }

  hot(line: number, hot: LineColumns, start: number, end: number): boolean {
    const { count } = hot;
    if (!this.#hasRoom(end - start, count)) return false;
    const shift = this.#copy(hot.source.bytes, start, end) - start;
    this.#close();
    const head = this.#int;
    this.#head(hot.type, line, count);
    const ints = this.#ints;
    ints[head + 3] = hot.isBatch ? 1 : 0;
    ints[head + 4] = hot.more;
    this.#span(head + 6, hot.producer, shift);
    this.#span(head + 8, hot.reader, shift);
    this.#span(head + 10, hot.shard, shift);
    this.#span(head + 12, hot.parts, shift);
    ints[head + 14] = hot.partCount;
    const floats = [hot.t, hot.t0, hot.behind, hot.op, hot.chain, hot.retryOf, hot.attempts, hot.due];
    this.#floats.set(floats, this.#float);
    this.#float += lineFloats;
    let used = 0;
    for (let item = 0; item < count; item += 1) used |= hot.has[item] as number;
    ints[head + 5] = used;
    this.#items(hot, used, shift);
    return true;
  }

  #hasRoom(bytes: number, items: number): boolean {
    return (
      this.#byte + bytes + 8 <= this.#bytes.length &&
      this.#int + lineInts + items * intsOfItem <= this.#ints.length &&
      this.#float + lineFloats + items * floatColumns.length <= this.#floats.length
    );
  }

  #copy(source: Uint8Array, start: number, end: number): number {
    const at = this.#byte;
    this.#bytes.set(source.subarray(start, end), at);
    this.#byte += end - start;
    return at;
  }

  /** Puts a newline behind a line, so that reading it ends there. */
  #close(): void {
    this.#bytes[this.#byte] = 0x0a;
    this.#byte += 1;
  }

  #head(type: number, line: number, count: number): void {
    this.#ints[this.#int] = type;
    this.#ints[this.#int + 1] = line;
    this.#ints[this.#int + 2] = count;
    this.#int += lineInts;
    this.lines += 1;
  }

  #span(at: number, { start, end }: Span, shift: number): void {
    this.#ints[at] = start === none ? none : start + shift;
    this.#ints[at + 1] = end === none ? none : end + shift;
  }

  #items(hot: LineColumns, used: number, shift: number): void {
    const { count } = hot;
    this.#take(hot.has, count, 0);
    for (const [bit, name, isPlace] of intColumns)
      if ((used & bit) !== 0) this.#take(hot[name], count, isPlace ? shift : 0);
    if ((used & itemBit.number) !== 0) this.#take(hot.limbs, count * limbsPer, 0);
    for (const [bit, name] of floatColumns) {
      if ((used & bit) === 0) continue;
      this.#floats.set(hot[name].subarray(0, count), this.#float);
      this.#float += count;
    }
  }

  #take(column: Int32Array, size: number, shift: number): void {
    const ints = this.#ints;
    const at = this.#int;
    if (shift === 0 && size > 8) ints.set(column.subarray(0, size), at);
    else for (let index = 0; index < size; index += 1) ints[at + index] = (column[index] as number) + shift;
    this.#int += size;
  }
}

export type SlotFold = {
  readonly text: (text: string, line: number) => unknown;
  readonly hot: (hot: LineColumns, line: number) => unknown;
};

/** The longest column that is copied: for a short one, a view costs more. */
const copiedMax = 24;

/** Hands on the lines of a slot, as `LineFeeder` does. */
export class SlotReader {
  readonly #source: LineBytes;
  readonly #ints: Int32Array;
  readonly #floats: Float64Array;
  readonly #hot = new LineColumns();
  readonly #own = new LineColumns();
  #int = 0;
  #float = 0;

  constructor({ bytes, ints, floats }: SlotMemory) {
    this.#source = new LineBytes(bytes.byteLength - 8, bytes);
    this.#ints = new Int32Array(ints);
    this.#floats = new Float64Array(floats);
    this.#hot.source = this.#source;
  }

  /** Returns true if a handler returned `enough`: then no further line is handed on. */
  fold(lines: number, { text, hot }: SlotFold): boolean {
    this.#int = 0;
    this.#float = 0;
    for (let index = 0; index < lines; index += 1) {
      const head = this.#int;
      const line = this.#ints[head + 1] as number;
      if (this.#ints[head] === textLine) {
        if (text(this.#text(head), line) === enough) return true;
        this.#int += lineInts;
        this.#float += lineFloats;
      } else {
        this.#line(head);
        if (hot(this.#hot, line) === enough) return true;
      }
    }
    return false;
  }

  #text(head: number): string {
    const [start, end] = [this.#ints[head + 3] as number, this.#ints[head + 4] as number];
    return Buffer.from(this.#source.bytes.buffer, start, end - start).toString('utf8');
  }

  #line(head: number): void {
    const hot = this.#hot;
    const ints = this.#ints;
    const floats = this.#floats;
    const at = this.#float;
    hot.type = ints[head] ?? columnTypes.none;
    hot.count = ints[head + 2] as number;
    hot.isBatch = ints[head + 3] === 1;
    hot.more = ints[head + 4] as number;
    spanFrom(hot.producer, ints, head + 6);
    spanFrom(hot.reader, ints, head + 8);
    spanFrom(hot.shard, ints, head + 10);
    spanFrom(hot.parts, ints, head + 12);
    hot.partCount = ints[head + 14] as number;
    hot.t = floats[at] as number;
    hot.t0 = floats[at + 1] as number;
    hot.behind = floats[at + 2] as number;
    hot.op = floats[at + 3] as number;
    hot.chain = floats[at + 4] as number;
    hot.retryOf = floats[at + 5] as number;
    hot.attempts = floats[at + 6] as number;
    hot.due = floats[at + 7] as number;
    this.#int += lineInts;
    this.#float += lineFloats;
    this.#items(hot, ints[head + 5] as number);
  }

  #items(hot: LineColumns, used: number): void {
    const { count } = hot;
    const own = this.#own;
    while (own.capacity < count) own.grow(own.capacity * 2);
    hot.capacity = own.capacity;
    hot.has = this.#ints32(own.has, count);
    for (const [bit, name] of intColumns) hot[name] = (used & bit) === 0 ? own[name] : this.#ints32(own[name], count);
    hot.limbs = (used & itemBit.number) === 0 ? own.limbs : this.#ints32(own.limbs, count * limbsPer);
    for (const [bit, name] of floatColumns)
      hot[name] = (used & bit) === 0 ? own[name] : this.#floats64(own[name], count);
  }

  #ints32(own: Int32Array, size: number): Int32Array {
    const at = this.#int;
    this.#int += size;
    if (size > copiedMax) return this.#ints.subarray(at, at + size);
    for (let index = 0; index < size; index += 1) own[index] = this.#ints[at + index] as number;
    return own;
  }

  #floats64(own: Float64Array, size: number): Float64Array {
    const at = this.#float;
    this.#float += size;
    if (size > copiedMax) return this.#floats.subarray(at, at + size);
    for (let index = 0; index < size; index += 1) own[index] = this.#floats[at + index] as number;
    return own;
  }
}

const spanFrom = (span: Span, ints: Int32Array, at: number): void => {
  span.start = ints[at] as number;
  span.end = ints[at + 1] as number;
};
