import { hash } from 'node:crypto';

/** Where a partition key falls: MD5 of its UTF-8 bytes as a 128-bit number. Source: AWS, Kinesis key concepts. */
export const hashKeyOf = (partitionKey: string): bigint => BigInt(`0x${hexOfKey(partitionKey)}`);

/** The same as 32 hexadecimal digits: those compare as their numbers do. */
const hexOfKey = (partitionKey: string): string => hash('md5', partitionKey);

/** Does the key fall into the range? For asking about very many keys: made once for a range. */
export const holdsKey = ([first, last]: HashRange): ((partitionKey: string) => boolean) => {
  const [low, high] = [first, last].map((end) => end.toString(16).padStart(32, '0'));
  return (partitionKey) => {
    const hex = hexOfKey(partitionKey);
    return hex >= (low ?? '') && hex <= (high ?? '');
  };
};

export const hashKeyMax = (1n << 128n) - 1n;

/** First and last hash key of a shard, both included. */
export type HashRange = readonly [bigint, bigint];

export const parseHashRange = (range: readonly [string, string]): HashRange => [BigInt(range[0]), BigInt(range[1])];

/** Upside down: it starts above its end, and says nothing of where keys fall. */
export const isReversed = ([first, last]: readonly [string, string]): boolean => BigInt(first) > BigInt(last);

export const isInRange = (hash: bigint, [first, last]: HashRange): boolean => first <= hash && hash <= last;
