import type { LaneRecord } from './lane.ts';

/** Which records of a lane are drawn, which are folded, and whether there are others on either side. */
export type Choice = {
  /** Indexes into the lane. */
  readonly kept: readonly number[];
  readonly folded: readonly number[];
  readonly goesOn: readonly [before: boolean, behind: boolean];
};

/**
 * Of the records between the named ones, at most this many are examined on either side. With more, a picture would be
 * mostly folds.
 */
const reachMax = 2000;

/** If there are few records between the named ones, neighbours fill up to this number, to show the usual order. */
const leastMax = 6;

/**
 * Chooses the named records, those between them in both orders, and neighbours on each side. If that is more than
 * `max`, the middle is folded.
 */
export const choose = (lane: readonly LaneRecord[], named: readonly number[], max: number): Choice => {
  const orders = [byNumber(lane), byPlace(lane)];
  const between = new Set<number>();
  const beside = new Set<number>();
  for (const order of orders) {
    const positions = named.map((index) => order.indexOf(index)).filter((position) => position >= 0);
    if (positions.length === 0) continue;
    const [low, high] = [Math.min(...positions), Math.max(...positions)];
    for (const index of within(order, low, high)) between.add(index);
    const around = Math.max(1, Math.ceil((leastMax - (high - low + 1)) / 2));
    for (let step = 1; step <= around; step += 1)
      for (const position of [low - step, high + step]) {
        const neighbour = order[position];
        if (neighbour !== undefined) beside.add(neighbour);
      }
  }
  if (named.length === 0) for (const index of lane.keys()) between.add(index);
  const room = Math.max(0, max - named.length - beside.size);
  const middle = [...between].filter((index) => !named.includes(index) && !beside.has(index)).sort((a, b) => a - b);
  const half = Math.ceil(room / 2);
  const shown =
    middle.length <= room ? middle : [...middle.slice(0, half), ...middle.slice(middle.length - (room - half))];
  const kept = [...new Set([...named, ...beside, ...shown])].sort((a, b) => a - b);
  const folded = middle.filter((index) => !shown.includes(index));
  const all = new Set([...kept, ...folded]);
  const first = Math.min(...all);
  const last = Math.max(...all);
  return { kept, folded, goesOn: [first > 0, last < lane.length - 1] };
};

const within = (order: readonly number[], low: number, high: number): readonly number[] =>
  high - low <= 2 * reachMax
    ? order.slice(low, high + 1)
    : [...order.slice(low, low + reachMax), ...order.slice(high - reachMax, high + 1)];

const byNumber = (lane: readonly LaneRecord[]): readonly number[] => [...lane.keys()];

const byPlace = (lane: readonly LaneRecord[]): readonly number[] =>
  [...lane.keys()]
    .filter((index) => (lane[index]?.places.length ?? 0) > 0)
    .sort((a, b) => (lane[a]?.places[0] ?? 0) - (lane[b]?.places[0] ?? 0));
