import { textIn } from '../../lib/text-in.ts';
import { hashKeyOf, isInRange, parseHashRange } from '../../model/hash-key.ts';
import { byRange } from '../../model/open-shards.ts';
import { isOk, listIn } from '../answers.ts';
import type { Forward, Shape } from '../fault.ts';

export type OpenShard = { readonly id: string; readonly range: readonly [string, string] };

/**
 * The open shards of a call's stream, in the order of their ranges. The engine lists them, with the client's
 * credentials.
 */
export const openShardsOf = async (
  { StreamName, StreamARN }: Shape,
  forward: Forward,
): Promise<readonly OpenShard[]> => {
  const named = StreamName === undefined ? { StreamARN } : { StreamName };
  const answer = await forward(named, 'ListShards');
  if (!isOk(answer)) return [];
  const open = listIn(answer.body, 'Shards').filter((shard) => !hasEnded(shard));
  return open.map(shardOf).toSorted(byRange);
};

export const hasEnded = (shard: Shape): boolean => {
  const numbers = shard['SequenceNumberRange'] as Shape | undefined;
  return numbers !== undefined && textIn(numbers, 'EndingSequenceNumber') !== undefined;
};

const shardOf = (shard: Shape): OpenShard => {
  const { StartingHashKey = '0', EndingHashKey = '0' } = (shard['HashKeyRange'] ?? {}) as Readonly<
    Record<string, string>
  >;
  return { id: textIn(shard, 'ShardId') ?? '', range: [StartingHashKey, EndingHashKey] };
};

/** True if the shard's range holds the entry's hash key: its ExplicitHashKey, else the MD5 of its partition key. */
export const belongsTo = ({ range }: OpenShard, entry: Shape): boolean => {
  const explicit = textIn(entry, 'ExplicitHashKey');
  const hash = explicit === undefined ? hashKeyOf(textIn(entry, 'PartitionKey') ?? '') : BigInt(explicit);
  return isInRange(hash, parseHashRange(range));
};
