import { pushTo } from '../../lib/push-to.ts';
import { coversPosition, type Segment } from './coverage.ts';
import { acksAt, attemptsOf, isOk, isWorkload, readerOfRead, readsAt, roleOf, type View } from './view.ts';

/** Did the reader deliver this place, in any of its chains? */
export const isDeliveredBy = (view: View, position: number, reader: number): boolean => {
  for (const read of readsAt(view, position)) if (readerOfRead(view, read) === reader) return true;
  return false;
};

/** A final reader went past this place, from a start before the run: what it did not deliver there is not there. Contract, 7. */
export const provesAbsence = (view: View, segment: Segment, position: number): boolean => {
  if (!segment.isFromStart || roleOf(view, segment.reader) !== 'final') return false;
  if (segment.shard !== view.positions.shard.at(position)) return false;
  return segment.high > position || (segment.isEnded && view.lineage.shards[segment.shard]?.isClosedAtEnd === true);
};

/** Segments by shard: a check asks for one shard at a time. */
export const segmentsByShard = (view: View): ReadonlyMap<number, readonly Segment[]> => {
  const byShard = new Map<number, Segment[]>();
  for (const segment of view.segments) pushTo(byShard, segment.shard, segment);
  return byShard;
};

export type Unread = {
  readonly record: number;
  readonly positions: readonly number[];
  readonly proof: 'lost' | 'unseen' | 'expired';
};

const known = new WeakMap<View, readonly Unread[]>();

/** Acknowledged records of the workload that nobody read at any place, and what may be said of each. */
export const unreadRecords = (view: View): readonly Unread[] => {
  const before = known.get(view);
  if (before !== undefined) return before;
  const made = [...readUnread(view)];
  known.set(view, made);
  return made;
};

function* readUnread(view: View): Generator<Unread> {
  let byShard: ReadonlyMap<number, readonly Segment[]> | undefined;
  for (let record = 0; record < view.tables.records.count; record += 1) {
    if (view.recordReadHead.at(record) >= 0 || view.attemptHead.at(record) < 0) continue;
    if (!isWorkload(view, record)) continue;
    const positions: number[] = [];
    for (const entry of attemptsOf(view, record)) {
      if (isOk(view, entry)) positions.push(view.positions.ofEntry[entry] ?? -1);
    }
    if (positions.length === 0) continue;
    byShard ??= segmentsByShard(view);
    yield { record, positions, proof: proofOf(view, byShard, positions) };
  }
}

const proofOf = (
  view: View,
  byShard: ReadonlyMap<number, readonly Segment[]>,
  positions: readonly number[],
): Unread['proof'] => {
  const isProved = (position: number): boolean =>
    (byShard.get(view.positions.shard.at(position)) ?? []).some(
      (segment) => provesAbsence(view, segment, position) && !isExpiredFor(view, segment, position),
    );
  if (positions.every(isProved)) return 'lost';
  const isExpired = (position: number): boolean =>
    areAllTooLate(view, byShard.get(view.positions.shard.at(position)) ?? [], position);
  return positions.some(isExpired) ? 'expired' : 'unseen';
};

const areAllTooLate = (view: View, readers: readonly Segment[], position: number): boolean =>
  readers.length > 0 && readers.every((segment) => isExpiredFor(view, segment, position));

/** Everybody who read its shard began when its retention was over. */
export const isExpiredForAll = (view: View, position: number): boolean => {
  const shard = view.positions.shard.at(position);
  return areAllTooLate(
    view,
    view.segments.filter((segment) => segment.shard === shard),
    position,
  );
};

/** Its retention was over when this reader first asked for a page of its shard: what it was not given proves nothing. */
const isExpiredFor = (view: View, segment: Segment, position: number): boolean => {
  const retention = retentionHours(view) * 3_600_000_000;
  const asked = firstAsked(view, segment);
  for (const entry of acksAt(view, position)) {
    if (view.tables.opAckT.at(view.tables.entryOp.at(entry)) + retention <= asked) return true;
  }
  return false;
};

/** Head default: 24 hours, as a stream has without a word. */
export const retentionHours = (view: View): number => view.tables.head?.stream?.retentionHours ?? 24;

const firstAsked = (view: View, segment: Segment): number => {
  const page = view.tables.chains[segment.chains[0] ?? -1]?.pages[0];
  if (page === undefined) return Number.NEGATIVE_INFINITY;
  const asked = view.tables.pageT0.at(page);
  return Number.isFinite(asked) ? asked : view.tables.pageT.at(page);
};

/** Places inside a segment's coverage that it did not deliver, ascending. */
export function* missingFrom(view: View, segment: Segment): Generator<number> {
  const first = view.positions.first.at(segment.shard);
  const last = first + view.positions.size.at(segment.shard) - 1;
  let next = segment.isFromTrim ? first : segment.low;
  if (segment.low < 0 && !(segment.isFromTrim && segment.isEnded)) return;
  for (const delivered of segment.delivered) {
    for (let between = next; between < delivered; between += 1) yield between;
    next = delivered + 1;
  }
  if (segment.isEnded) for (let after = next; after <= last; after += 1) yield after;
}

export const isCovered = (view: View, position: number, reader?: number): boolean =>
  view.segments.some(
    (segment) =>
      segment.shard === view.positions.shard.at(position) &&
      (reader === undefined || segment.reader === reader) &&
      coversPosition(segment, position),
  );
