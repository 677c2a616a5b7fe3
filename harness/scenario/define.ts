import type {
  ActInput,
  AtDelivered,
  CommandInput,
  ConsumerInput,
  CounterInput,
  EventSourceMappingInput,
  FnInput,
  GetRecordsInput,
  IdentityInput,
  KillConsumerInput,
  PartitionKeyInput,
  PauseConsumerInput,
  PayloadInput,
  ProducerInput,
  PutRecordInput,
  PutRecordsAggregatedInput,
  PutRecordsInput,
  ReshardInput,
  ScriptedInput,
  SubjectCommandInput,
  SubscribeToShardInput,
} from './input.ts';

/** PutRecord, serial or with calls in flight. */
export const putRecord = (options: PutRecordInput = {}): ProducerInput => ({ type: 'putRecord', ...options });
/** PutRecords. */
export const putRecords = (options: PutRecordsInput = {}): ProducerInput => ({ type: 'putRecords', ...options });
/** Calls of given sizes, one after the other. */
export const scripted = (options: ScriptedInput): ProducerInput => ({ type: 'scripted', ...options });
/**
 * Somebody's program: a producer, unchanged; or with `role: 'subject'` a consumer under test, which tells what it was
 * given.
 */
export function command(options: SubjectCommandInput): ConsumerInput;
export function command(options: CommandInput): ProducerInput;
export function command(options: CommandInput | SubjectCommandInput): ProducerInput | ConsumerInput {
  return { type: 'command', ...options };
}
/** A function of one's own that is handed the workload's records: `fn('./mine.ts#produce')`. */
export const fn = (module: string, options: Omit<FnInput, 'module'> = {}): ProducerInput => ({
  type: 'fn',
  module,
  ...options,
});
type JsonOptions = { readonly key?: string; readonly producer?: string } & CounterInput;
/**
 * The counter of a JSON payload, by JSON Pointer; `key` is what must be in order, where it is not the partition key.
 */
export const json = (n: string, options: JsonOptions = {}): IdentityInput => ({ from: 'json', n, ...options });
/** The counter by a regular expression with the named group n, and key and producer where they are to be told. */
export const re = (pattern: RegExp | string, options: CounterInput = {}): IdentityInput => ({
  from: 're',
  pattern: typeof pattern === 'string' ? pattern : pattern.source,
  ...options,
});
/** PutRecords of aggregates, as the Kinesis Producer Library packs them. */
export const putRecordsAggregated = (options: PutRecordsAggregatedInput = {}): ProducerInput => ({
  type: 'putRecordsAggregated',
  ...options,
});
/** GetRecords on every shard. */
export const getRecords = (options: GetRecordsInput = {}): ConsumerInput => ({ type: 'getRecords', ...options });

/** SubscribeToShard on every shard: enhanced fan-out. */
export const subscribeToShard = (options: SubscribeToShardInput = {}): ConsumerInput => ({
  type: 'subscribeToShard',
  ...options,
});

/** A Lambda handler under test, which an event source mapping of our own invokes as Lambda documents it. */
export const eventSourceMapping = (options: EventSourceMappingInput): ConsumerInput => ({
  type: 'eventSourceMapping',
  ...options,
});

/** An instance of a consumer under test is killed, with all that it started. */
export const killConsumer = (options: KillConsumerInput): ActInput => ({ type: 'kill-consumer', ...options });
/** It stands still until another instance has begun a shard of its own. */
export const pauseConsumer = (options: PauseConsumerInput): ActInput => ({ type: 'pause-consumer', ...options });
/** It is asked to end, and started again. */
export const restartConsumer = (options: AtDelivered): ActInput => ({ type: 'restart-consumer', ...options });

/** Splits an open shard in the middle of its range. `shard` counts the open shards from the lowest range, from 0. */
export const splitShard = (options: {
  readonly afterAcked: number;
  readonly shard?: number | string;
}): ReshardInput => ({
  action: 'SplitShard',
  ...options,
});
/** Merges an open shard with its neighbour above. */
export const mergeShards = (options: {
  readonly afterAcked: number;
  readonly shard?: number | string;
}): ReshardInput => ({
  action: 'MergeShards',
  ...options,
});
export const updateShardCount = (options: { readonly afterAcked: number; readonly target: number }): ReshardInput => ({
  action: 'UpdateShardCount',
  ...options,
});

/**
 * The number of shards changed in the stream's template, and the stack updated: what the stack says is held against
 * what the stream does.
 */
export const updateStack = (options: { readonly afterAcked: number; readonly target: number }): ReshardInput => ({
  action: 'UpdateStack',
  ...options,
});

/** A taxi ride of the workshop's lab. */
export const taxiRide = (): PayloadInput => ({ type: 'taxiRide' });
/** Plain bytes. */
export const bytes = (size: number): PayloadInput => ({ type: 'bytes', size });

/** Keys in turn · one that takes most · the lab's vendorId · the lab's random ride id. */
export const evenKeys = (): PartitionKeyInput => ({ type: 'even' });
export const hotKey = (share = 0.8): PartitionKeyInput => ({ type: 'hot', share });
export const vendorId = (): PartitionKeyInput => ({ type: 'vendorId' });
export const rideId = (): PartitionKeyInput => ({ type: 'rideId' });
