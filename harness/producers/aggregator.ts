import { HarnessError } from '../lib/error.ts';
import { hashKeyOf } from '../model/hash-key.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import { aggregateOverheadBytes, encodeAggregate } from '../workload/aggregation.ts';
import { addedBytes } from '../workload/aggregation-size.ts';

/**
 * Packs user records into Kinesis records as the KPL does. Each aggregate is for one predicted shard; it has the
 * partition key "a", and the hash of its first record as ExplicitHashKey. A single record, and one whose shard cannot
 * be predicted, is sent plain. The order of each key is kept. Sources: kinesis_record.cc and default_config.properties
 * of amazon-kinesis-producer.
 */
export type AggregatorOptions<R> = {
  /**
   * The most bytes of a Kinesis record, before base64 and without its key; the KPL's AggregationMaxSize. Default
   * 51,200.
   */
  readonly bytesMax?: number;
  /** The most user records of one aggregate; the KPL's AggregationMaxCount. Default 4,294,967,295. */
  readonly countMax?: number;
  /**
   * How long the oldest user record of an aggregate may wait until the aggregate is closed, milliseconds. Without it,
   * only size, count and flush close.
   */
  readonly maxBufferedMs?: number | undefined;
  readonly shardOf: (record: R) => string | undefined;
};

/** One Kinesis record with the user records inside it, in the order of their sub index. */
export type Aggregate<R> = PutRecordInput & {
  readonly users: readonly R[];
  readonly isAggregated: boolean;
  /** When the oldest of the user records came, milliseconds. */
  readonly sinceMs: number;
};

export type Aggregator<R> = {
  /** Adds a record. Returns the aggregates that it closed, in order; usually none. */
  readonly add: (record: R, nowMs: number) => readonly Aggregate<R>[];
  /** Closes the aggregates that are due by their age, and returns them. */
  readonly tick: (nowMs: number) => readonly Aggregate<R>[];
  /** When `tick` has an aggregate to close, milliseconds; undefined if none waits for time. */
  readonly dueMs: () => number | undefined;
  readonly flush: () => readonly Aggregate<R>[];
};

export const kplBytesMax = 51_200;
export const kplCountMax = 4_294_967_295;

type Lane<R> = {
  readonly users: R[];
  readonly keys: Map<string, number>;
  readonly hashes: Map<string, number>;
  readonly sinceMs: number;
  bytes: number;
};

export const createAggregator = <R extends PutRecordInput>(options: AggregatorOptions<R>): Aggregator<R> => {
  const { bytesMax = kplBytesMax, countMax = kplCountMax, maxBufferedMs, shardOf } = options;
  if (maxBufferedMs !== undefined && !(maxBufferedMs > 0))
    throw new HarnessError('usage', `aggregator.maxBufferedMs: ${maxBufferedMs} is not above zero`);
  for (const [name, value] of Object.entries({ bytesMax, countMax }))
    if (!(Number.isSafeInteger(value) && value > 0))
      throw new HarnessError('usage', `aggregator.${name}: ${value} is not a whole number above zero`);
  const lanes = new Map<string, Lane<R>>();

  const isFull = ({ users, bytes }: Lane<R>): boolean => users.length >= countMax || bytes >= bytesMax;
  const shut = (shard: string): readonly Aggregate<R>[] => {
    const lane = lanes.get(shard);
    lanes.delete(shard);
    return lane === undefined ? [] : [pack(lane.users, lane.sinceMs)];
  };
  const flush = (): readonly Aggregate<R>[] => [...lanes.keys()].flatMap(shut);
  const add = (record: R, nowMs: number): readonly Aggregate<R>[] => {
    const shard = shardOf(record);
    if (shard === undefined) return [...flush(), pack([record], nowMs)];
    const open = lanes.get(shard);
    const added = open === undefined ? 0 : addedBytes(record, open.keys, open.hashes);
    if (open !== undefined && open.bytes + added <= bytesMax) {
      put(open, record, added);
      return isFull(open) ? shut(shard) : [];
    }
    const before = shut(shard);
    const lane = emptyLane<R>(nowMs);
    lanes.set(shard, lane);
    put(lane, record, addedBytes(record, lane.keys, lane.hashes));
    return isFull(lane) ? [...before, ...shut(shard)] : before;
  };
  const tick = (nowMs: number): readonly Aggregate<R>[] => {
    if (maxBufferedMs === undefined) return [];
    const due = [...lanes].filter(([, { sinceMs }]) => nowMs >= sinceMs + maxBufferedMs);
    return due.flatMap(([shard]) => shut(shard));
  };
  const dueMs = (): number | undefined => {
    if (maxBufferedMs === undefined || lanes.size === 0) return undefined;
    let first = Number.POSITIVE_INFINITY;
    for (const { sinceMs } of lanes.values()) first = Math.min(first, sinceMs);
    return first + maxBufferedMs;
  };
  return { add, flush, tick, dueMs };
};

const emptyLane = <R>(sinceMs: number): Lane<R> => ({
  sinceMs,
  users: [],
  keys: new Map(),
  hashes: new Map(),
  bytes: aggregateOverheadBytes,
});

const put = <R extends PutRecordInput>(lane: Lane<R>, record: R, added: number): void => {
  lane.bytes += added;
  lane.users.push(record);
  if (!lane.keys.has(record.key)) lane.keys.set(record.key, lane.keys.size);
  if (record.hash !== undefined && !lane.hashes.has(record.hash)) lane.hashes.set(record.hash, lane.hashes.size);
};

const pack = <R extends PutRecordInput>(users: readonly R[], sinceMs: number): Aggregate<R> => {
  const [first] = users;
  if (first === undefined) throw new HarnessError('usage', 'aggregator: an aggregate without user records');
  const { hash } = first;
  if (users.length === 1)
    return {
      key: first.key,
      data: first.data,
      users,
      sinceMs,
      isAggregated: false,
      ...(hash === undefined ? {} : { hash }),
    };
  return {
    key: 'a',
    hash: hash ?? hashKeyOf(first.key).toString(),
    data: encodeAggregate(users),
    users,
    sinceMs,
    isAggregated: true,
  };
};
