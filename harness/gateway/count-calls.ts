import type { CallKind, ProxiedCall } from '../faults/fault.ts';
import { textIn } from '../lib/text-in.ts';
import { streamNameIn } from '../model/stream-name.ts';
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
    const iterator = textIn(input, 'ShardIterator');
    const from = iterator === undefined ? undefined : iterators.of(iterator);
    const shard = kind === 'read' ? (from?.shard ?? textIn(input, 'ShardId')) : undefined;
    const stream = streamNameIn(input) ?? from?.stream;
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
