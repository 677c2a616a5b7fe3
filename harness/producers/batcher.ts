import { HarnessError } from '../lib/error.ts';
import { checkedLimits, type Limits } from '../model/limits.ts';
import { malformed, type PutRecordInput, refusalOf, sizeOf } from '../model/put-fits.ts';

/**
 * Groups records into PutRecords calls by count, bytes and time (milliseconds of any clock). It sends nothing and
 * waits for nothing: records and times go in, batches come out. Records keep their order within a lane (one for all,
 * or one per shard). A batch is closed only by a record that does not fit, by its count, by its age, or by a flush.
 */
export type BatcherOptions<R> = {
  readonly limits: Limits;
  /**
   * How long the oldest record of a batch may wait until the batch is closed, milliseconds: the KPL's
   * RecordMaxBufferedTime. Without it, only limits and flush close.
   */
  readonly maxBufferedMs?: number;
  /** The lane of a record, such as its predicted shard. Without it, all records share one lane. */
  readonly laneOf?: (record: R) => string;
  /** Limits over all lanes. At one of them `add` returns `full` until a batch is taken. */
  readonly bufferedRecordsMax?: number;
  readonly bufferedBytesMax?: number;
};

export type Batch<R> = { readonly records: readonly R[]; readonly bytes: number; readonly closedBy: ClosedBy };
export type ClosedBy = 'count' | 'bytes' | 'time' | 'flush';
/**
 * `full`: the record was not added; take the batches first. An error: the record can never be added; it names record
 * and limit.
 */
export type Added = 'added' | 'full' | HarnessError;

export type Batcher<R> = {
  /**
   * Adds a record. `nowMs`: when it came. A record that waited elsewhere before may be older than those that are here.
   */
  readonly add: (record: R, nowMs: number) => Added;
  /** The oldest closed batch, which is removed; undefined if there is none. */
  readonly take: () => Batch<R> | undefined;
  /** Closes the batches that are due by their age. */
  readonly tick: (nowMs: number) => void;
  /** When `tick` has a batch to close, milliseconds; undefined if none waits for time. */
  readonly dueMs: () => number | undefined;
  /** Closes all batches. */
  readonly flush: () => void;
  /** Closes all batches. From then on, `add` returns an error. */
  readonly close: () => void;
  readonly buffered: () => { readonly records: number; readonly bytes: number };
};

type Lane<R> = { records: R[]; bytes: number; sinceMs: number };

export const createBatcher = <R extends PutRecordInput>(options: BatcherOptions<R>): Batcher<R> => {
  const {
    limits,
    laneOf,
    maxBufferedMs,
    bufferedRecordsMax = Infinity,
    bufferedBytesMax = Infinity,
  } = checked(options);
  const { records: countMax, requestBytes: bytesMax } = limits;
  const lanes = new Map<string, Lane<R>>();
  const only: Lane<R> = { records: [], bytes: 0, sinceMs: 0 };
  if (laneOf === undefined) lanes.set('', only);
  const closed = queue<Batch<R>>();
  let [records, bytes, isClosed] = [0, 0, false];

  const laneFor = (record: R): Lane<R> => {
    if (laneOf === undefined) return only;
    const name = laneOf(record);
    const found = lanes.get(name);
    if (found !== undefined) return found;
    const lane: Lane<R> = { records: [], bytes: 0, sinceMs: 0 };
    lanes.set(name, lane);
    return lane;
  };
  const shut = (lane: Lane<R>, closedBy: ClosedBy): void => {
    if (lane.records.length === 0) return;
    closed.push({ records: lane.records, bytes: lane.bytes, closedBy });
    lane.records = [];
    lane.bytes = 0;
  };
  const add = (record: R, nowMs: number): Added => {
    if (isClosed) return new HarnessError('usage', `record ${JSON.stringify(record.key)}: the batcher is closed`);
    const bad = malformed(record);
    if (bad !== undefined) return bad;
    const size = sizeOf(record);
    const refused = refusalOf(record, size, limits);
    if (refused !== undefined) return refused;
    if (records > 0 && (records >= bufferedRecordsMax || bytes + size > bufferedBytesMax)) return 'full';
    const lane = laneFor(record);
    if (lane.bytes + size > bytesMax) shut(lane, 'bytes');
    if (lane.records.length === 0 || nowMs < lane.sinceMs) lane.sinceMs = nowMs;
    lane.records.push(record);
    lane.bytes += size;
    records += 1;
    bytes += size;
    if (lane.records.length === countMax) shut(lane, 'count');
    return 'added';
  };
  const flush = (): void => {
    for (const lane of lanes.values()) shut(lane, 'flush');
  };
  const dueMs = (): number | undefined => {
    if (maxBufferedMs === undefined) return undefined;
    let first = Infinity;
    for (const lane of lanes.values()) if (lane.records.length > 0) first = Math.min(first, lane.sinceMs);
    return first === Infinity ? undefined : first + maxBufferedMs;
  };
  return {
    add,
    flush,
    dueMs,
    take: () => {
      const batch = closed.shift();
      if (batch === undefined) return undefined;
      records -= batch.records.length;
      bytes -= batch.bytes;
      return batch;
    },
    tick: (nowMs) => {
      if (maxBufferedMs === undefined) return;
      for (const lane of lanes.values()) if (nowMs >= lane.sinceMs + maxBufferedMs) shut(lane, 'time');
    },
    close: () => {
      flush();
      isClosed = true;
    },
    buffered: () => ({ records, bytes }),
  };
};

/** A queue, first in, first out. The front moves through the array, which is dropped when it is empty. */
const queue = <T>(): { readonly push: (item: T) => void; readonly shift: () => T | undefined } => {
  let items: T[] = [];
  let front = 0;
  return {
    push: (item) => items.push(item),
    shift: () => {
      const item = items[front];
      if (item === undefined) return undefined;
      front += 1;
      if (front === items.length) [items, front] = [[], 0];
      return item;
    },
  };
};

const checked = <R>(options: BatcherOptions<R>): BatcherOptions<R> => {
  checkedLimits(options.limits);
  for (const name of ['maxBufferedMs', 'bufferedRecordsMax', 'bufferedBytesMax'] as const) {
    const value = options[name];
    if (value !== undefined && !(value > 0)) throw new HarnessError('usage', `${name}: ${value} is not above zero`);
  }
  return options;
};
