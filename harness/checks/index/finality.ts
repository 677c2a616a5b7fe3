import { oncePer } from '../../lib/once-per.ts';
import { pushTo } from '../../lib/push-to.ts';
import type { Segment } from './segment.ts';
import { acksAt, attemptsOf, isOk, isWorkload, roleOf, type View } from './view.ts';

const segmentsByShard = (view: View): ReadonlyMap<number, readonly Segment[]> => {
  const byShard = new Map<number, Segment[]>();
  for (const segment of view.segments) pushTo(byShard, segment.shard, segment);
  return byShard;
};

export type Unread = {
  readonly record: number;
  readonly positions: readonly number[];
  readonly proof: 'lost' | 'unseen' | 'expired';
};

/** Acknowledged records of the workload that nobody read at any place, and what may be said of each. */
export const unreadRecords = oncePer((view: View): readonly Unread[] => [...readUnread(view)]);

function* readUnread(view: View): Generator<Unread> {
  const proofs = proofsOf(view);
  for (let record = 0; record < view.tables.records.count; record += 1) {
    if (view.recordReadHead.at(record) >= 0 || view.attemptHead.at(record) < 0) continue;
    if (!isWorkload(view, record)) continue;
    const positions: number[] = [];
    for (const entry of attemptsOf(view, record)) {
      if (isOk(view, entry)) positions.push(view.positions.ofEntry[entry] ?? -1);
    }
    if (positions.length === 0) continue;
    yield { record, positions, proof: proofOf(proofs, positions) };
  }
}

const proofOf = (proofs: Proofs, positions: readonly number[]): Unread['proof'] => {
  if (positions.every((position) => proofs.isProved(position))) return 'lost';
  return positions.some((position) => proofs.isTooLate(position)) ? 'expired' : 'unseen';
};

/** True if every reader of the shard began when the retention of this place was over. */
export const isExpiredForAll = (view: View, position: number): boolean => proofsOf(view).isTooLate(position);

/** What the readers of a shard prove about any of its places, without looking at each reader again. */
type Proofs = {
  /** A final reader went past it and did not find it, though its retention was not over when that reader began. */
  readonly isProved: (position: number) => boolean;
  /**
   * Its retention was over when the first of all readers of its shard began: what they were not given proves nothing.
   */
  readonly isTooLate: (position: number) => boolean;
};

/** Final readers of one shard, the furthest first. `firstAsked`: when the first of those down to this one began. */
type Reach = { readonly high: number; firstAsked: number };
type ShardProofs = { readonly reaches: readonly Reach[]; readonly firstAsked: number };

const proofsOf = oncePer((view: View): Proofs => readProofs(view));

const readProofs = (view: View): Proofs => {
  const byShard = new Map([...segmentsByShard(view)].map(([shard, segments]) => [shard, proofsIn(view, segments)]));
  const ends = new Map<number, number>();
  const at = (position: number): ShardProofs | undefined => byShard.get(view.positions.shard.at(position));
  const endOf = (position: number): number => {
    const known = ends.get(position) ?? retentionEnd(view, position);
    ends.set(position, known);
    return known;
  };
  return {
    isProved: (position) => {
      const { reaches = [] } = at(position) ?? {};
      const past = countPast(reaches, position);
      return past > 0 && (reaches[past - 1]?.firstAsked ?? 0) < endOf(position);
    },
    isTooLate: (position) => {
      const mine = at(position);
      return mine !== undefined && endOf(position) <= mine.firstAsked;
    },
  };
};

const proofsIn = (view: View, segments: readonly Segment[]): ShardProofs => {
  const reaches: Reach[] = [];
  let firstAsked = Number.POSITIVE_INFINITY;
  for (const segment of segments) {
    const asked = firstAskedOf(view, segment);
    firstAsked = Math.min(firstAsked, asked);
    const high = reachOf(view, segment);
    if (high >= 0) reaches.push({ high, firstAsked: asked });
  }
  reaches.sort((a, b) => b.high - a.high);
  reaches.forEach((reach, index) => {
    reach.firstAsked = Math.min(reach.firstAsked, reaches[index - 1]?.firstAsked ?? reach.firstAsked);
  });
  return { reaches, firstAsked };
};

/** The place before which it may prove anything. Infinity: the whole shard. -1: nothing. */
const reachOf = (view: View, { isFromStart, isEnded, reader, shard, high }: Segment): number => {
  if (!isFromStart || roleOf(view, reader) !== 'final') return -1;
  return isEnded && view.lineage.shards[shard]?.isClosedAtEnd === true ? Number.POSITIVE_INFINITY : high;
};

/** The first final reading that proves that nothing is at a place. */
export const proverOf = (view: View, position: number): Segment | undefined => {
  const shard = view.positions.shard.at(position);
  return view.segments.find(
    (segment) =>
      segment.shard === shard &&
      reachOf(view, segment) > position &&
      firstAskedOf(view, segment) < retentionEnd(view, position),
  );
};

/** How many of the readers went past a place. */
const countPast = (reaches: readonly Reach[], position: number): number => {
  let [low, high] = [0, reaches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((reaches[middle]?.high ?? -1) > position) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** When the retention of a place was over: that of its first acknowledgement. */
const retentionEnd = (view: View, position: number): number => {
  let first = Number.POSITIVE_INFINITY;
  for (const entry of acksAt(view, position))
    first = Math.min(first, view.tables.opAckT.at(view.tables.entryOp.at(entry)));
  return first + retentionHours(view) * 3_600_000_000;
};

/** Default: 24 hours, the retention of a new stream. */
export const retentionHours = (view: View): number => view.tables.head?.stream?.retentionHours ?? 24;

/** When its first page was asked. */
export const firstAskedOf = (view: View, segment: Segment): number => {
  const page = view.tables.chains[segment.chains[0] ?? -1]?.pages[0];
  if (page === undefined) return Number.NEGATIVE_INFINITY;
  const asked = view.tables.pageT0.at(page);
  return Number.isFinite(asked) ? asked : view.tables.pageT.at(page);
};

/** Places inside a segment's coverage that it did not deliver, ascending. */
export function* missingFrom(view: View, segment: Segment): Generator<number> {
  const covered = coverageOf(view, segment);
  if (covered === undefined) return;
  let [next] = covered;
  for (const delivered of segment.delivered) {
    for (let between = next; between < delivered; between += 1) yield between;
    next = delivered + 1;
  }
  for (let after = next; after <= covered[1]; after += 1) yield after;
}

/** True if any segment covers the place. */
export const isCovered = (view: View, position: number): boolean => {
  const stretches = coveredIn(view).get(view.positions.shard.at(position)) ?? [];
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.[0] ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return (stretches[low - 1]?.[1] ?? -1) >= position;
};

/** Ordered by `from`. `to`: the furthest end of the stretches down to this one. */
type Stretch = readonly [from: number, to: number];
const coveredIn = oncePer((view: View): ReadonlyMap<number, readonly Stretch[]> => {
  const made = new Map<number, readonly Stretch[]>();
  for (const [shard, segments] of segmentsByShard(view)) {
    let farthest = -1;
    const stretches = segments
      .map((segment) => coverageOf(view, segment))
      .filter((stretch) => stretch !== undefined)
      .sort(([a], [b]) => a - b)
      .map(([from, to]): Stretch => {
        farthest = Math.max(farthest, to);
        return [from, farthest];
      });
    made.set(shard, stretches);
  }
  return made;
});

/** First and last place that a segment covers; undefined where it covers none. */
export const coverageOf = ({ positions }: View, segment: Segment): Stretch | undefined => {
  const { shard, isFromTrim, isEnded, low, high } = segment;
  if (low < 0 && !(isFromTrim && isEnded)) return undefined;
  const first = positions.first.at(shard);
  return [isFromTrim ? first : low, isEnded ? first + positions.size.at(shard) - 1 : high];
};
