import { rawClient } from '../kinesis/raw.ts';
import type { StreamRef } from '../tap/stream-ref.ts';
import type { RunningTarget } from '../targets/target.ts';
import { scopeOptions } from './scope-client.ts';

/**
 * True if both refs name the same stream: it has the same time of creation and the same shards. Some engines have only
 * one stream of a name, whatever the region and access key id of a call. Two histories of it would each miss the
 * other's calls.
 */
export const isSameStream = async (target: RunningTarget, a: StreamRef, b: StreamRef): Promise<boolean> => {
  const [first, second] = await Promise.all([fingerprint(target, a), fingerprint(target, b)]);
  return first !== undefined && first === second;
};

const fingerprint = async (target: RunningTarget, ref: StreamRef): Promise<string | undefined> => {
  const raw = rawClient(scopeOptions(target, ref));
  try {
    const [summary, list] = await Promise.all([
      raw.call('DescribeStreamSummary', { StreamName: ref.name }),
      raw.call('ListShards', { StreamName: ref.name }),
    ]);
    const created = summary.ok ? summary.output.StreamDescriptionSummary?.StreamCreationTimestamp : undefined;
    if (created === undefined || !list.ok) return undefined;
    const shards = list.output.Shards?.map(({ ShardId, SequenceNumberRange: range }) => [
      ShardId,
      range?.StartingSequenceNumber,
    ]);
    return JSON.stringify([created.getTime(), shards]);
  } finally {
    raw.close();
  }
};
