import type { CallKind, ProxiedCall } from '../faults/fault.ts';
import type { ApiCall } from '../tap/call.ts';
import type { IteratorShards } from './iterator-shards.ts';

/**
 * A call as faults see it. This tool's own clients send their name, and its producers send their call count. Calls of
 * all other clients are counted per listener and kind, from 1, retries included. undefined for operations that no fault
 * targets.
 */
export const callCounts = (
  iterators: Pick<IteratorShards, 'of'>,
): ((call: ApiCall, op: number | undefined) => Omit<ProxiedCall, 'body'> | undefined) => {
  const counts = new Map<string, number>();
  const next = (...name: readonly string[]): number => {
    const key = JSON.stringify(name);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
  return ({ operation: api, port, tag, input }, historyOp) => {
    const kind = kinds.get(api);
    if (kind === undefined) return undefined;
    const client = tag?.producer ?? port;
    const op = tag?.op ?? historyOp;
    const { ShardIterator: iterator, ShardId: shardId } = input;
    const from = typeof iterator === 'string' ? iterators.of(iterator) : undefined;
    const shard = kind === 'read' ? (from?.shard ?? textIn(shardId)) : undefined;
    const stream = streamIn(input) ?? from?.stream;
    return {
      api,
      kind,
      client,
      call: tag?.call ?? next(kind, client),
      ...(op === undefined ? {} : { op }),
      ...(stream === undefined ? {} : { stream }),
      ...(shard === undefined ? {} : { shard, shardCall: next(kind, client, shard) }),
    };
  };
};

const kinds: ReadonlyMap<string, CallKind> = new Map([
  ['PutRecord', 'put'],
  ['PutRecords', 'put'],
  ['GetRecords', 'read'],
  ['SubscribeToShard', 'read'],
  ['GetShardIterator', 'iterator'],
  ['ListShards', 'list'],
  ['DescribeStream', 'list'],
  ['DescribeStreamSummary', 'describe'],
  ['SplitShard', 'reshard'],
  ['MergeShards', 'reshard'],
  ['UpdateShardCount', 'reshard'],
]);

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** `arn:aws:kinesis:us-east-1:000000000000:stream/orders/consumer/app:1` belongs to the stream orders. */
const streamIn = ({ StreamName: name, StreamARN: arn, ConsumerARN: consumer }: ApiCall['input']): string | undefined =>
  textIn(name) ?? (textIn(arn) ?? textIn(consumer))?.split(':stream/')[1]?.split('/')[0];
