import type { View } from './view.ts';

/** The positions of a number in a shard: first, and behind the last. If it has none, both are the next higher one. */
export const placesAt = (view: View, shard: number, number: number): readonly [number, number] => [
  boundOf(view, shard, number, (side) => side < 0),
  boundOf(view, shard, number, (side) => side <= 0),
];

/** The first position of a shard whose number is not below this one, as `isBelow` defines it. */
const boundOf = ({ positions, tables }: View, shard: number, number: number, isBelow: (side: number) => boolean) => {
  let low = positions.first.at(shard);
  let high = low + positions.size.at(shard);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBelow(tables.sequences.compare(positions.number(middle), number))) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The positions that an application means by a number. With `sub`: one user record (0 may also mean a plain record).
 * Without: all records with that number.
 */
export const placesNamed = (view: View, shard: number, number: number, sub: number | undefined): readonly number[] => {
  const [from, to] = placesAt(view, shard, number);
  const all = Array.from({ length: to - from }, (_, index) => from + index);
  if (sub === undefined) return all;
  const exact = all.filter((position) => view.positions.sub(position) === sub);
  return exact.length > 0 || sub !== 0 ? exact : all.filter((position) => view.positions.sub(position) < 0);
};

/** The highest position at or before a number and `sub`; one below the first of the shard where there is none. */
export const lastUpTo = (view: View, shard: number, number: number, sub: number | undefined): number => {
  const [from, to] = placesAt(view, shard, number);
  let last = to - 1;
  while (sub !== undefined && last >= from && view.positions.sub(last) > sub) last -= 1;
  return last;
};
