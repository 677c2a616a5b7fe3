import { keyPlacesOf } from './key-places.ts';
import type { WideKeys } from './totals.ts';
import type { View } from './view.ts';

const known = new WeakMap<View, readonly WideKeys[]>();

export const wideKeysOf = (view: View): readonly WideKeys[] => {
  const before = known.get(view);
  if (before !== undefined) return before;
  const { wide, ofKey, shard } = keyPlacesOf(view);
  const { totals, tables } = view;
  const counted = new Set([...totals.partial.keys()].map((flow) => tables.records.flowKey.at(flow)));
  const own = wide
    .filter((key) => !counted.has(key))
    .map((key) => ({ shards: new Set(ofKey(key).map((row) => shard.at(row))), keys: 1 }));
  const made = [...totals.wide, ...own];
  known.set(view, made);
  return made;
};
