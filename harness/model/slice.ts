import type { Slice } from './event.ts';
import { type HashRange, hashKeyMax, holdsKey, isReversed } from './hash-key.ts';

export type { Slice };

const hashKeys = hashKeyMax + 1n;

/** First and last hash key, both included. */
export const rangeOfSlice = ({ index, count }: Pick<Slice, 'index' | 'count'>): HashRange => [
  (hashKeys * BigInt(index - 1)) / BigInt(count),
  (hashKeys * BigInt(index)) / BigInt(count) - 1n,
];

/** Is a key of this slice? One slice holds each key. */
export const holdsKeyOf = (slice: Pick<Slice, 'index' | 'count'>): ((key: string) => boolean) =>
  holdsKey(rangeOfSlice(slice));

/** May a shard hold keys of this slice? A shard that says nothing sound of its range may. */
export const touches = (
  slice: Pick<Slice, 'index' | 'count'>,
  { range }: { readonly range: readonly [string, string] },
): boolean => {
  const [first, last] = rangeOfSlice(slice);
  return isReversed(range) || (BigInt(range[0]) <= last && BigInt(range[1]) >= first);
};

/** How a slice is named where there is only one line for it. */
export const sliceWords = ({ index, count }: Pick<Slice, 'index' | 'count'>): string => `${index}/${count}`;
