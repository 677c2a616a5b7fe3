import { firstAckT } from './presence.ts';
import type { View } from './view.ts';

const known = new WeakMap<View, Map<number, Float64Array>>();

/** The earliest acknowledgement of a place, or of any behind it in its shard; Infinity: none. Microseconds. */
export const firstAckFrom = (view: View, position: number): number => {
  const shard = view.positions.shard.at(position);
  const ofView = known.get(view) ?? new Map<number, Float64Array>();
  known.set(view, ofView);
  const times = ofView.get(shard) ?? readTimes(view, shard);
  ofView.set(shard, times);
  return times[position - view.positions.first.at(shard)] ?? Number.POSITIVE_INFINITY;
};

const readTimes = (view: View, shard: number): Float64Array => {
  const first = view.positions.first.at(shard);
  const times = new Float64Array(view.positions.size.at(shard));
  let earliest = Number.POSITIVE_INFINITY;
  for (let at = times.length - 1; at >= 0; at -= 1) {
    earliest = Math.min(earliest, firstAckT(view, first + at));
    times[at] = earliest;
  }
  return times;
};
