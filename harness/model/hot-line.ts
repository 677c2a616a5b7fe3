import { limbsPer } from './sequences.ts';

export const hotTypes = { none: 0, put: 1, ack: 2, page: 3 } as const;
/** Not told. */
export const none = -1;

/** Where a name stands in the buffer; -1 where it was not told. */
export class Span {
  start = none;
  end = none;
}

/**
 * A line of the three types that almost all lines have (put, ack, page), in their plain form, as columns: what a scanner of bytes fills and the judge folds, without
 * an object or a text a record. One of it is used again for every line. Names are spans of `bytes`, plain ASCII without escapes.
 */
export class HotLine {
  bytes: Uint8Array = new Uint8Array(0);
  type: number = hotTypes.none;
  t = 0;
  /** NaN: not told. */
  t0 = Number.NaN;
  op = none;
  isBatch = false;
  chain = none;
  behind = Number.NaN;
  /** 0 not told, 1 a next iterator came, 2 none came. */
  more = 0;
  readonly producer = new Span();
  readonly reader = new Span();
  readonly shard = new Span();

  /** Items: entries of a put, results of an ack, records of a page. */
  count = 0;
  capacity = 0;
  /** The key of an entry or a record, the shard of a result. */
  nameStart: Int32Array = new Int32Array(0);
  nameEnd: Int32Array = new Int32Array(0);
  idKeyStart: Int32Array = new Int32Array(0);
  idKeyEnd: Int32Array = new Int32Array(0);
  producerStart: Int32Array = new Int32Array(0);
  producerEnd: Int32Array = new Int32Array(0);
  /** -1: not told. */
  n: Float64Array = new Float64Array(0);
  /** Of a result or a record: its number. Of an entry: SequenceNumberForOrdering, where `hasNumber` says so. */
  limbs: Float64Array = new Float64Array(0);
  hasNumber: Uint8Array = new Uint8Array(0);
  hasDigest: Uint8Array = new Uint8Array(0);
  digestHigh: Int32Array = new Int32Array(0);
  digestLow: Int32Array = new Int32Array(0);
  /** -1: not told. */
  size: Float64Array = new Float64Array(0);
  /** NaN: not told. */
  arrival: Float64Array = new Float64Array(0);

  constructor() {
    this.grow(1024);
  }

  grow(capacity: number): void {
    const ints = (from: Int32Array): Int32Array => copied(from, new Int32Array(capacity));
    const floats = (from: Float64Array, per = 1): Float64Array => copied(from, new Float64Array(capacity * per));
    const flags = (from: Uint8Array): Uint8Array => copied(from, new Uint8Array(capacity));
    this.capacity = capacity;
    this.nameStart = ints(this.nameStart);
    this.nameEnd = ints(this.nameEnd);
    this.idKeyStart = ints(this.idKeyStart);
    this.idKeyEnd = ints(this.idKeyEnd);
    this.producerStart = ints(this.producerStart);
    this.producerEnd = ints(this.producerEnd);
    this.n = floats(this.n);
    this.limbs = floats(this.limbs, limbsPer);
    this.hasNumber = flags(this.hasNumber);
    this.hasDigest = flags(this.hasDigest);
    this.digestHigh = ints(this.digestHigh);
    this.digestLow = ints(this.digestLow);
    this.size = floats(this.size);
    this.arrival = floats(this.arrival);
  }
}

const copied = <A extends Int32Array | Float64Array | Uint8Array>(from: A, to: A): A => {
  to.set(from);
  return to;
};
