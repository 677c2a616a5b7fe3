import { createHash } from 'node:crypto';
import type { ShardInfo } from '../../model/event.ts';
import { hashKeyOf } from '../../model/hash-key.ts';

/** Open shards that divide the hash keys evenly. */
export const evenShards = (count: number): ShardInfo[] =>
  Array.from({ length: count }, (_, index) => {
    const width = (1n << 128n) / BigInt(count);
    const last = index === count - 1 ? (1n << 128n) - 1n : width * BigInt(index + 1) - 1n;
    const shard = `shardId-${String(index).padStart(12, '0')}`;
    return { shard, range: [String(width * BigInt(index)), String(last)], parents: [], seq: ['0', null] };
  });

/** The index of the shard that takes a partition key. */
export const homeOf = (shards: readonly ShardInfo[], key: string): number => {
  const hash = hashKeyOf(key);
  return shards.findIndex(({ range: [from, to] }) => hash >= BigInt(from) && hash <= BigInt(to));
};

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** A sequence number in AWS's form, which encodes the shard. */
export const encodedSeq = (shard: number, index: number): string => {
  const seconds = (1_795_420_800).toString(16).padStart(9, '0');
  const hex = `2${seconds}0000${index.toString(16).padStart(15, '0')}${seconds}${shard.toString(16).padStart(8, '0')}2`;
  return String(BigInt(`0x${hex}`));
};
