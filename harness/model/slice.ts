import type { Slice } from './event.ts';
import { type HashRange, hashKeyMax, holdsKey, isReversed } from './hash-key.ts';

export type { Slice };

const hashKeys = hashKeyMax + 1n;

/** First and last hash key, both included. */
export const rangeOfSlice = ({ index, count }: Pick<Slice, 'index' | 'count'>): HashRange => [
  (hashKeys * BigInt(index - 1)) / BigInt(count),
  (hashKeys * BigInt(index)) / BigInt(count) - 1n,
];

/** Returns a test whether a key is of this slice. Each key is of exactly one slice. */
export const holdsKeyOf = (slice: Pick<Slice, 'index' | 'count'>): ((key: string) => boolean) =>
  holdsKey(rangeOfSlice(slice));

/** True if the shard may hold keys of this slice. A shard with a reversed range always may. */
export const touches = (
  slice: Pick<Slice, 'index' | 'count'>,
  { range }: { readonly range: readonly [string, string] },
): boolean => {
  const [first, last] = rangeOfSlice(slice);
  return isReversed(range) || (BigInt(range[0]) <= last && BigInt(range[1]) >= first);
};

/** A slice in one line: `2/8`. */
export const sliceWords = ({ index, count }: Pick<Slice, 'index' | 'count'>): string => `${index}/${count}`;
