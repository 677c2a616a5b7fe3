import { heaviestAscent } from './align.ts';
import type { LaneRecord } from './lane.ts';

/** The fewest records (indexes into the lane) without which the others are stored in order. */
export const moved = (lane: readonly LaneRecord[]): readonly number[] => {
  const stored = [...lane.keys()].filter((index) => (lane[index]?.places.length ?? 0) > 0);
  const byPlace = stored.toSorted((a, b) => (lane[a]?.places[0] ?? 0) - (lane[b]?.places[0] ?? 0));
  const ranks = new Map(byPlace.map((index, rank) => [index, rank]));
  const kept = heaviestAscent(
    stored.map((index) => ranks.get(index) ?? 0),
    stored.map(() => 1),
  );
  return stored.filter((_, at) => !kept.has(at));
};
