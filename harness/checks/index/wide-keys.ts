import { keyPlacesOf } from './key-places.ts';
import type { View } from './view.ts';

/** Shards in which a key has records, of a key that has them in more than one; and how many keys lie in just these. */
export type WideKeys = { readonly shards: ReadonlySet<number>; readonly keys: number };

const known = new WeakMap<View, readonly WideKeys[]>();

export const wideKeysOf = (view: View): readonly WideKeys[] => {
  const before = known.get(view);
  if (before !== undefined) return before;
  const { wide, ofKey, shard } = keyPlacesOf(view);
  const made = wide.map((key) => ({ shards: new Set(ofKey(key).map((row) => shard.at(row))), keys: 1 }));
  known.set(view, made);
  return made;
};

/** From whoever followed the history and kept no places. */
export const tellWideKeys = (view: View, wide: readonly WideKeys[]): void => {
  known.set(view, wide);
};
