import { enlarged } from '../lib/enlarged.ts';
import type { AckEvent, PageEvent, PutEvent, PutPart } from './event.ts';
import { limbsPer } from './sequences.ts';

/** The types of line that have columns. */
export type ColumnEvent = PutEvent | AckEvent | PageEvent;

export const columnTypes = { none: 0, put: 1, ack: 2, page: 3 } as const;
/** The value of an absent field. */
export const none = -1;

/** The fields of an item that have a column. The bit of a field in `has` (`itemBit`) is set if the item has it. */
export const itemField = {
  name: 0,
  number: 1,
  n: 2,
  digest: 3,
  size: 4,
  producer: 5,
  arrival: 6,
  idKey: 7,
  hash: 8,
  sub: 9,
} as const;
export const itemBit = {
  name: 1,
  number: 2,
  n: 4,
  digest: 8,
  size: 16,
  producer: 32,
  arrival: 64,
  idKey: 128,
  hash: 256,
  sub: 512,
} as const;

/** Bit in `has`: a field of the item has no column; look in `event`. */
export const rareBit = 1 << 10;

/** Where a name is in the buffer. `start` is -1 if the line has no such name. */
export class Span {
  start = none;
  end = none;
}

/**
 * Bytes, and the same bytes as words of four. Behind each line stand its newline and three more bytes, so that a word
 * can be read wherever a byte can.
 */
export class LineBytes {
  readonly bytes: Uint8Array;
  readonly words: DataView;

  /** `memory`: shared with other threads, eight bytes larger than `size`. */
  constructor(size: number, memory: ArrayBufferLike = new ArrayBuffer(size + 8)) {
    this.bytes = new Uint8Array(memory);
    this.words = new DataView(this.bytes.buffer);
  }
}

/**
 * A line of the three types that almost all lines have (put, ack, page) as columns, without an object or a string per
 * record. The judge folds these. A scanner of bytes fills them if the line has the plain form; otherwise `columnsOf`
 * fills them from the parsed event. One object is used again for every line. Names are spans of `source`, in which
 * `Names` looks them up.
 */
export class LineColumns {
  source = new LineBytes(0);
  type: number = columnTypes.none;
  /** Undefined if the line was scanned: then all that it has is in the columns. */
  event: ColumnEvent | undefined;
  t = 0;
  /** NaN: absent. */
  t0 = Number.NaN;
  op = none;
  isBatch = false;
  chain = none;
  behind = Number.NaN;
  /** 0: absent. 1: a next iterator came. 2: none came. */
  more = 0;
  /** Of a put: the op that it repeats; -1: absent. */
  retryOf = none;
  /** Of an answer: how often the client sent the call by itself; -1: absent. */
  attempts = none;
  /** Of a put: when the application wanted it sent; NaN: not told. */
  due = Number.NaN;
  readonly producer = new Span();
  readonly reader = new Span();
  readonly shard = new Span();
  /** Of a put: the list of its parts (Kinesis records that carry user records) as it is written, and its length. */
  readonly parts = new Span();
  partCount = 0;

  /**
   * Items: entries of a put, results of an ack, records of a page. If `has` lacks the bit of a column, the column
   * still holds an older value.
   */
  count = 0;
  capacity = 0;
  has: Int32Array = new Int32Array(0);
  /** The key of an entry or a record, the shard of a result. */
  nameStart: Int32Array = new Int32Array(0);
  nameEnd: Int32Array = new Int32Array(0);
  idKeyStart: Int32Array = new Int32Array(0);
  idKeyEnd: Int32Array = new Int32Array(0);
  /** ExplicitHashKey of an entry. */
  hashStart: Int32Array = new Int32Array(0);
  hashEnd: Int32Array = new Int32Array(0);
  producerStart: Int32Array = new Int32Array(0);
  producerEnd: Int32Array = new Int32Array(0);
  n: Float64Array = new Float64Array(0);
  /** Of a result or a record: its number. Of an entry: SequenceNumberForOrdering. */
  limbs: Int32Array = new Int32Array(0);
  digestHigh: Int32Array = new Int32Array(0);
  digestLow: Int32Array = new Int32Array(0);
  size: Float64Array = new Float64Array(0);
  arrival: Float64Array = new Float64Array(0);
  /** Of a result or a record: its sub-sequence number. Of an entry: the part of its call that carries it. */
  sub: Float64Array = new Float64Array(0);
  /** No `sub` of a scanned line is above this. -1: it has none. */
  subMax = -1;

  constructor() {
    this.grow(1024);
  }

  get put(): PutEvent | undefined {
    return this.event?.type === 'put' ? this.event : undefined;
  }

  /** Of a put: the Kinesis records that carry user records. */
  get carriers(): readonly PutPart[] | undefined {
    if (this.event !== undefined) return this.put?.parts;
    const { start, end } = this.parts;
    if (start === none) return undefined;
    const { buffer, byteOffset } = this.source.bytes;
    return JSON.parse(Buffer.from(buffer, byteOffset + start, end - start).toString('latin1')) as readonly PutPart[];
  }

  get ack(): AckEvent | undefined {
    return this.event?.type === 'ack' ? this.event : undefined;
  }

  get page(): PageEvent | undefined {
    return this.event?.type === 'page' ? this.event : undefined;
  }

  /** Resets the fields that a line may lack. Called before the fields of a line are taken. */
  clear(): void {
    this.t0 = Number.NaN;
    this.behind = Number.NaN;
    this.more = 0;
    this.retryOf = none;
    this.attempts = none;
    this.due = Number.NaN;
    this.producer.start = none;
    this.reader.start = none;
    this.shard.start = none;
    this.parts.start = none;
    this.partCount = 0;
    this.count = 0;
  }

  /** True if the item has all the fields of these bits. */
  hasAll(item: number, bits: number): boolean {
    return ((this.has[item] ?? 0) & bits) === bits;
  }

  /** Copies a line with only these of its items. `event`: the parsed line with these items, if it was parsed. */
  pick(line: LineColumns, items: readonly number[], event?: ColumnEvent): void {
    while (this.capacity < items.length) this.grow(this.capacity * 2);
    const { source, type, t, t0, op, isBatch, chain, behind, more, retryOf, attempts, due } = line;
    Object.assign(this, { source, type, t, t0, op, isBatch, chain, behind, more, retryOf, attempts, due });
    this.event = event;
    this.count = items.length;
    for (const span of ['producer', 'reader', 'shard', 'parts'] as const) Object.assign(this[span], line[span]);
    for (const column of columns)
      for (const [to, from] of items.entries()) this[column][to] = line[column][from] as number;
    for (const [to, from] of items.entries())
      this.limbs.set(line.limbs.subarray(from * limbsPer, (from + 1) * limbsPer), to * limbsPer);
  }

  grow(capacity: number): void {
    const ints = (from: Int32Array, per = 1): Int32Array => enlarged(from, capacity * per);
    const floats = (from: Float64Array): Float64Array => enlarged(from, capacity);
    this.capacity = capacity;
    this.has = ints(this.has);
    this.nameStart = ints(this.nameStart);
    this.nameEnd = ints(this.nameEnd);
    this.idKeyStart = ints(this.idKeyStart);
    this.idKeyEnd = ints(this.idKeyEnd);
    this.hashStart = ints(this.hashStart);
    this.hashEnd = ints(this.hashEnd);
    this.producerStart = ints(this.producerStart);
    this.producerEnd = ints(this.producerEnd);
    this.n = floats(this.n);
    this.limbs = ints(this.limbs, limbsPer);
    this.digestHigh = ints(this.digestHigh);
    this.digestLow = ints(this.digestLow);
    this.size = floats(this.size);
    this.arrival = floats(this.arrival);
    this.sub = floats(this.sub);
  }
}

const columns = [
  'has',
  'nameStart',
  'nameEnd',
  'idKeyStart',
  'idKeyEnd',
  'hashStart',
  'hashEnd',
  'producerStart',
  'producerEnd',
  'n',
  'digestHigh',
  'digestLow',
  'size',
  'arrival',
  'sub',
] as const;
