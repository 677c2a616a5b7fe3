import { hashKeyOf } from '../../model/hash-key.ts';

/**
 * The lane of a key, from 0: the concurrent batch of a shard that its records belong to. Lambda keeps order per
 * partition key ("Lambda still ensures in-order processing at the partition-key level") and does not say by which
 * hash. The remainder of the key's MD5 spreads the keys of one shard evenly, whatever its range. Source:
 * docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html, ParallelizationFactor.
 */
export const laneOf = (key: string, factor: number): number =>
  factor === 1 ? 0 : Number(hashKeyOf(key) % BigInt(factor));
