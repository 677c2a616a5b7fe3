import { HarnessError } from '../lib/error.ts';
import { checkedLimits, type Limits } from '../model/limits.ts';
import { malformed, type PutRecordInput, refusalOf, sizeOf } from '../model/put-fits.ts';

/**
 * Groups records into PutRecords calls by count, bytes and time: records and time in (milliseconds, whatever clock),
 * batches out; it sends nothing and waits for nothing. Within a lane (one for all, or one a shard) records keep their
 * order, and a batch is closed only by a record that does not fit, by its age, or by a flush.
 */
export type BatcherOptions<R> = {
  readonly limits: Limits;
  /**
   * Oldest record of a batch to its closing, milliseconds: the KPL's RecordMaxBufferedTime. Without it only limits and
   * flush close.
   */
  readonly maxBufferedMs?: number;
  /** The lane of a record, such as its predicted shard; without it all share one. */
  readonly laneOf?: (record: R) => string;
  /** Caps over all lanes; at one of them `add` answers `full` until a batch has gone. */
  readonly bufferedRecordsMax?: number;
  readonly bufferedBytesMax?: number;
};

export type Batch<R> = { readonly records: readonly R[]; readonly bytes: number; readonly closedBy: ClosedBy };
export type ClosedBy = 'count' | 'bytes' | 'time' | 'flush';
/** `full`: not taken, take the batches out first. An error: refused for good, names record and limit. */
export type Added = 'added' | 'full' | HarnessError;

export type Batcher<R> = {
  /** `nowMs`: when the record came; one that waited elsewhere before may be older than what is here. */
  readonly add: (record: R, nowMs: number) => Added;
  /** The next batch that is closed, oldest first; undefined when there is none. */
  readonly take: () => Batch<R> | undefined;
  /** Closes what is due by its age. */
  readonly tick: (nowMs: number) => void;
  /** When `tick` has something to close; undefined when nothing waits for time. */
  readonly dueMs: () => number | undefined;
  /** Closes everything. */
  readonly flush: () => void;
  /** Flushes; from then on `add` refuses. */
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

/** First in, first out; the front moves through the array, which is let go when it is empty. */
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
