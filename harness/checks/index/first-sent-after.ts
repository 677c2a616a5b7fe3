import { acksAt, isOk, readsAt, type View } from './view.ts';

/**
 * Where to begin looking for what an iterator left out. A reader may start a hundred thousand times, so each start
 * looks only at places that can prove something.
 */
type Fronts = {
  /** By place: the latest sending of an acknowledged put down to it, and the latest arrival. */
  readonly sent: Float64Array;
  readonly arrival: Float64Array;
};

const known = new WeakMap<View, Map<number, Fronts>>();

/** The first place of a shard whose record was sent later than `t`. */
export const firstSentAfter = (view: View, shard: number, t: number): number =>
  view.positions.first.at(shard) + firstAbove(frontsOf(view, shard).sent, (sent) => sent > t);

/** The first place of a shard whose record arrived at `at` or later. */
export const firstArrivedSince = (view: View, shard: number, at: number): number =>
  view.positions.first.at(shard) + firstAbove(frontsOf(view, shard).arrival, (arrival) => arrival >= at);

const firstAbove = (ascending: Float64Array, isAbove: (value: number) => boolean): number => {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAbove(ascending[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
};

const frontsOf = (view: View, shard: number): Fronts => {
  const ofView = known.get(view) ?? new Map<number, Fronts>();
  known.set(view, ofView);
  const before = ofView.get(shard);
  if (before !== undefined) return before;
  const made = readFronts(view, shard);
  ofView.set(shard, made);
  return made;
};

const readFronts = (view: View, shard: number): Fronts => {
  const first = view.positions.first.at(shard);
  const size = view.positions.size.at(shard);
  const sent = new Float64Array(size);
  const arrival = new Float64Array(size);
  let [lastSent, lastArrival] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < size; at += 1) {
    for (const entry of acksAt(view, first + at))
      if (isOk(view, entry)) lastSent = Math.max(lastSent, view.tables.opT.at(view.tables.entryOp.at(entry)));
    for (const one of readsAt(view, first + at)) {
      const arrived = view.tables.readArrival.at(one);
      if (arrived > lastArrival) lastArrival = arrived;
    }
    sent[at] = lastSent;
    arrival[at] = lastArrival;
  }
  return { sent, arrival };
};
