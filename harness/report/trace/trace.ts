/**
 * The data of a history for drawing: columns of numbers that refer to each other by index. The fold makes them, and
 * the page unpacks the same shape. Times are microseconds since the start of the run, lines count from 1, and -1
 * means "unknown".
 */
export type Trace = {
  readonly names: TraceNames;
  readonly flows: FlowColumns;
  /** MD5 of each key as a share of the hash space, from 0 to 1. */
  readonly keyHash: Float64Array;
  readonly calls: CallColumns;
  readonly entries: EntryColumns;
  readonly places: PlaceColumns;
  readonly pages: PageColumns;
  readonly deliveries: DeliveryColumns;
};

export type TraceNames = {
  readonly keys: readonly string[];
  readonly shards: readonly string[];
  readonly readers: readonly string[];
  readonly producers: readonly string[];
  readonly errors: readonly string[];
  readonly workers: readonly string[];
};

/** The flows: the records of one producer and one key, or of a `flow` that the history names. */
export type FlowColumns = { readonly key: Int32Array; readonly producer: Int32Array };

export const outcomes = ['open', 'ok', 'fail', 'info'] as const;
export const iteratorTypes = [
  'TRIM_HORIZON',
  'LATEST',
  'AT_SEQUENCE_NUMBER',
  'AFTER_SEQUENCE_NUMBER',
  'AT_TIMESTAMP',
  'UNKNOWN',
] as const;

/** Calls of PutRecord and PutRecords, in the order in which they were sent. */
export type CallColumns = {
  readonly op: Int32Array;
  readonly line: Int32Array;
  readonly t: Float64Array;
  readonly ackLine: Int32Array;
  readonly ackT: Float64Array;
  readonly producer: Int32Array;
  /** 0 PutRecord, 1 PutRecords, 2 a sentinel. */
  readonly api: Int32Array;
  /** Index into `outcomes`. */
  readonly outcome: Int32Array;
  readonly error: Int32Array;
  /**
   * The index of its first entry. Entries end where those of the next call begin, so there is one value more than
   * calls.
   */
  readonly first: Int32Array;
};

/** The entries of calls: one for each attempt of a record. */
export type EntryColumns = {
  readonly flow: Int32Array;
  /** The partition key. */
  readonly key: Int32Array;
  readonly n: Float64Array;
  /** The place where it was acknowledged; -1 if it was not. */
  readonly place: Int32Array;
  readonly error: Int32Array;
  /** ExplicitHashKey as a share of the hash space; -1: the key decides. */
  readonly hash: Float64Array;
};

/**
 * Places (shard, sequence number, sub-sequence number) in consumption order: parents before children, then by number.
 */
export type PlaceColumns = {
  readonly shard: Int32Array;
  readonly sub: Int32Array;
  /** The full sequence numbers; empty if they were left out. */
  readonly seq: readonly string[];
  /** The first entry that was acknowledged there. */
  readonly entry: Int32Array;
};

export type PageColumns = {
  readonly line: Int32Array;
  readonly t0: Float64Array;
  readonly t: Float64Array;
  readonly reader: Int32Array;
  readonly chain: Int32Array;
  readonly shard: Int32Array;
  readonly worker: Int32Array;
  /** MillisBehindLatest. */
  readonly behind: Float64Array;
  /** 0 unknown, 1 it has a next iterator, 2 it has none. */
  readonly more: Int32Array;
  /** Index into `iteratorTypes`, on the first page of a chain. */
  readonly start: Int32Array;
  readonly error: Int32Array;
  readonly first: Int32Array;
};

/** Records that pages delivered. */
export type DeliveryColumns = {
  readonly place: Int32Array;
  /** The identity in the record, otherwise that of the record that was acknowledged at its place. */
  readonly flow: Int32Array;
  readonly n: Float64Array;
};

export const none = -1;
