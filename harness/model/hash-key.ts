import { hash } from 'node:crypto';

/** Where a partition key falls: MD5 of its UTF-8 bytes as a 128-bit number. Source: AWS, Kinesis key concepts. */
export const hashKeyOf = (partitionKey: string): bigint => BigInt(`0x${hexOfKey(partitionKey)}`);

/** The same as 32 hexadecimal digits: those compare as their numbers do. */
const hexOfKey = (partitionKey: string): string => hash('md5', partitionKey);

/** Returns a test whether a key falls into the range. It is made once, to be fast for very many keys. */
export const holdsKey = ([first, last]: HashRange): ((partitionKey: string) => boolean) => {
  const [low, high] = [first, last].map((end) => end.toString(16).padStart(32, '0'));
  return (partitionKey) => {
    const hex = hexOfKey(partitionKey);
    return hex >= (low ?? '') && hex <= (high ?? '');
  };
};

export const hashKeyMax = (1n << 128n) - 1n;

/** What `isHashKey` accepts, for messages. */
export const hashKeyWords = 'a decimal number from 0 to 2^128-1';

export const isHashKey = (text: string): boolean => /^\d{1,39}$/.test(text) && BigInt(text) <= hashKeyMax;

/**
 * Which ExplicitHashKey records are sent with: one for all, one for each drawn by the seed, or what a function
 * returns.
 */
export type HashKeySpec = string | { readonly type: 'seeded' } | { readonly type: 'fn'; readonly module: string };

/** A random hash key in decimal, by 4 draws of 32 bits. */
export const hashKeyAt = (random: { readonly int: (min: number, max: number) => number }): string => {
  let key = 0n;
  for (let part = 0; part < 4; part += 1) key = key * 2n ** 32n + BigInt(random.int(0, 2 ** 32 - 1));
  return String(key);
};

/** First and last hash key of a shard, both included. */
export type HashRange = readonly [bigint, bigint];

export const parseHashRange = (range: readonly [string, string]): HashRange => [BigInt(range[0]), BigInt(range[1])];

/** True if the range starts above its end. Such a range does not tell which keys fall into it. */
export const isReversed = ([first, last]: readonly [string, string]): boolean => BigInt(first) > BigInt(last);

export const isInRange = (hash: bigint, [first, last]: HashRange): boolean => first <= hash && hash <= last;
