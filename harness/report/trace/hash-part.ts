import { hashKeyMax, hashKeyOf } from '../../model/hash-key.ts';

const scale = 2 ** 48;

/**
 * A decimal hash key as a share of the hash space: 0 is the first key, 1 the last. Exact to 48 bits, far below a
 * pixel.
 */
export const hashPart = (hashKey: string): number => partOf(BigInt(hashKey));

export const keyPart = (partitionKey: string): number => partOf(hashKeyOf(partitionKey));

const partOf = (hash: bigint): number => Number((hash * BigInt(scale)) / hashKeyMax) / scale;
