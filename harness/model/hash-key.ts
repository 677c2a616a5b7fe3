import { createHash } from 'node:crypto';

/** Where a partition key falls: MD5 of its UTF-8 bytes as a 128-bit number. Source: AWS, Kinesis key concepts. */
export const hashKeyOf = (partitionKey: string): bigint =>
  BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);

export const hashKeyMax = (1n << 128n) - 1n;

/** First and last hash key of a shard, both included. */
export type HashRange = readonly [bigint, bigint];

export const parseHashRange = (range: readonly [string, string]): HashRange => [BigInt(range[0]), BigInt(range[1])];

export const isInRange = (hash: bigint, [first, last]: HashRange): boolean => first <= hash && hash <= last;
