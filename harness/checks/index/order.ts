import { Ints } from '../../lib/columns.ts';
import { oncePer } from '../../lib/once-per.ts';
import { pushTo } from '../../lib/push-to.ts';
import { AncestorWalk, parentsFirst } from './ancestor-walk.ts';
import { displacementOf, longestAscent } from './disorder.ts';
import { isComparableIntent } from './intent.ts';
import { ancestorsAmong, withAncestors } from './kinship.ts';
import { LargerBefore } from './larger-before.ts';
import type { Lineage } from './lineage.ts';
import { isIntentUnknown } from './sending-order.ts';
import { isPartial } from './totals.ts';
import { ackLine, attemptsOf, isOk, isOpen, isWorkload, putLine, surelyComesBefore, type View } from './view.ts';

/** A record that stands behind a larger number of its flow, in consumption order, by first occurrences. */
export type Late = {
  readonly record: number;
  readonly flow: number;
  /** How many larger numbers stand before it. */
  readonly inversions: number;
  /**
   * One of them that was first sent after `record` was acknowledged; -1: none, so the producer did not know it yet.
   */
  readonly afterAck: number;
  /**
   * One of them whose order of intent is known, if n is only the order of first sending (contract, rule 26); -1: none.
   */
  readonly intended: number;
  /** One of them, first sent before the attempt that got `record`'s place, or may have got it; -1: there is none. */
  readonly beforePlaced: number;
  /** The largest of them. */
  readonly larger: number;
};

export type Order = {
  readonly late: readonly Late[];
  /** Records that have a comparable record of their flow before them. */
  readonly pairs: number;
  readonly census: {
    readonly inversions: number;
    readonly removals: number;
    readonly displacement: number;
    readonly keys: number;
  };
};

/** The order of each flow, computed once for all checks. */
export const orderOf = oncePer((view: View): Order => readOrder(view));

const readOrder = (view: View): Order => {
  const { suspects, pairs } = sweep(view);
  const isTold = ({ intended }: Late): boolean => intended >= 0;
  const late: Late[] = [];
  const census = { inversions: 0, removals: 0, displacement: 0, keys: 0 };
  let more = 0;
  for (const [flow, byShard] of recordsOf(view, suspects)) {
    const found = lateOf(view, flow, byShard);
    const told = found.late.filter(isTold);
    if (!isPartial(view, flow)) more += found.pairs;
    if (told.length === 0) continue;
    for (const one of told) late.push(one);
    census.keys += 1;
    for (const { inversions } of told) census.inversions += inversions;
    const numbers = found.sequence.map((record) => view.tables.records.n.at(record));
    census.removals += numbers.length - longestAscent(numbers);
    census.displacement = Math.max(census.displacement, displacementOf(numbers));
  }
  return { late, pairs: pairs + more + view.totals.pairs, census };
};

/** One pass over all places. Flows that stay in one shard and ascend are done with; the others are suspects. */
const sweep = (view: View): { readonly suspects: ReadonlySet<number>; readonly pairs: number } => {
  const { records } = view.tables;
  const shardOf = new Int32Array(records.flows).fill(-1);
  const last = new Float64Array(records.flows).fill(-1);
  const count = new Ints(records.flows + 1);
  const suspects = new Set<number>();
  eachFirstOccurrence(view, (record, position) => {
    const flow = records.flow.at(record);
    const n = records.n.at(record);
    const shard = view.positions.shard.at(position);
    if (shardOf[flow] === -1) shardOf[flow] = shard;
    if (shardOf[flow] !== shard || n < (last[flow] ?? -1)) suspects.add(flow);
    last[flow] = n;
    count.set(flow, count.at(flow) + 1);
  });
  let pairs = 0;
  for (let flow = 0; flow < records.flows; flow += 1)
    if (!suspects.has(flow) && !isPartial(view, flow)) pairs += Math.max(0, count.at(flow) - 1);
  return { suspects, pairs };
};

/**
 * Visits records by where they occur first. Records that were never put do not count. Several records at one place are
 * another finding: none of them is behind another.
 */
const eachFirstOccurrence = (view: View, take: (record: number, position: number) => void): void =>
  eachOccurrence(view, (record) => view.firstSeen.at(record), take);

/** The same, for the place at which `seenAt` says a record is met; -1: nowhere. */
export const eachOccurrence = (
  view: View,
  seenAt: (record: number) => number,
  take: (record: number, position: number) => void,
): void => {
  const { readHead, readNext, count } = view.positions;
  for (let position = 0; position < count; position += 1) {
    let first = -1;
    let several: number[] | undefined;
    for (let read = readHead.at(position); read >= 0; read = readNext[read] ?? -1) {
      const record = view.tables.readRecord.at(read);
      if (record < 0 || record === first || seenAt(record) !== position || !countsForOrder(view, record)) continue;
      if (first < 0) {
        first = record;
        continue;
      }
      several ??= [first];
      several.push(record);
    }
    if (several === undefined) {
      if (first >= 0) take(first, position);
      continue;
    }
    const { n } = view.tables.records;
    for (const record of [...new Set(several)].sort((a, b) => n.at(a) - n.at(b))) take(record, position);
  }
};

const countsForOrder = (view: View, record: number): boolean =>
  view.tables.records.n.at(record) >= 0 &&
  isWorkload(view, record) &&
  (!view.hasPuts || view.attemptHead.at(record) >= 0);

type ByShard = Map<number, number[]>;

const recordsOf = (view: View, suspects: ReadonlySet<number>): ReadonlyMap<number, ByShard> => {
  const flows = new Map<number, ByShard>();
  if (suspects.size === 0) return flows;
  eachFirstOccurrence(view, (record, position) => {
    const flow = view.tables.records.flow.at(record);
    if (!suspects.has(flow)) return;
    const byShard = flows.get(flow) ?? new Map<number, number[]>();
    flows.set(flow, byShard);
    pushTo(byShard, view.positions.shard.at(position), record);
  });
  return flows;
};

const lateOf = (
  view: View,
  flow: number,
  byShard: ByShard,
): { readonly late: readonly Late[]; readonly pairs: number; readonly sequence: number[] } => {
  const shards = view.lineage.inConsumptionOrder([...byShard.keys()]);
  const sequence = shards.flatMap((shard) => byShard.get(shard) ?? []);
  const { n } = view.tables.records;
  const larger = new LargerBefore(
    sequence,
    (record) => n.at(record),
    (record) => firstSent(view, record),
  );
  const sweepOf = (own: readonly number[]): Late[] => lateIn(view, flow, larger, own);
  // In one line of shards every record stands behind all before it: one sweep, however many shards there are.
  if (isOneLine(view, shards)) return { late: sweepOf(sequence), pairs: sequence.length - 1, sequence };
  let pairs = 0;
  const late = new Map<number, readonly Late[]>();
  eachBehindItsAncestors(view.lineage, shards, byShard, larger, (shard) => {
    const own = byShard.get(shard) ?? [];
    pairs += larger.count > 0 ? own.length : own.length - 1;
    late.set(shard, sweepOf(own));
    larger.forget(own);
  });
  return { late: shards.flatMap((shard) => late.get(shard) ?? []), pairs, sequence };
};

/** Visits each shard when the records of its ancestors, and no others, are noted. */
const eachBehindItsAncestors = (
  lineage: Lineage,
  shards: readonly number[],
  byShard: ByShard,
  larger: LargerBefore,
  visit: (shard: number) => void,
): void => {
  const noteAll = (shard: number): void => {
    for (const record of byShard.get(shard) ?? []) larger.note(record);
  };
  const forgetAll = (shard: number): void => larger.forget(byShard.get(shard) ?? []);
  if (lineage.hasRing) {
    for (const shard of shards) {
      const above = [...ancestorsAmong(lineage, shard, (other) => byShard.has(other))];
      above.forEach(noteAll);
      visit(shard);
      above.toReversed().forEach(forgetAll);
    }
    return;
  }
  const walk = new AncestorWalk(lineage, { enter: noteAll, leave: forgetAll });
  // The last shard comes first, so that one line is finished before another one is begun.
  const parentsOf = (shard: number): readonly number[] => lineage.shards[shard]?.parents ?? [];
  for (const shard of parentsFirst(withAncestors(lineage, shards.toReversed()), parentsOf)) {
    if (!byShard.has(shard)) continue;
    walk.goTo(shard);
    visit(shard);
  }
};

const isOneLine = ({ lineage }: View, shards: readonly number[]): boolean =>
  shards.every((shard, index) => index === 0 || lineage.isAncestor(shards[index - 1] ?? -1, shard));

const lateIn = (view: View, flow: number, before: LargerBefore, own: readonly number[]): Late[] => {
  const late: Late[] = [];
  for (const record of own) {
    const { count, latest, earliest, largest } = before.of(record);
    if (count > 0)
      late.push({
        record,
        flow,
        inversions: count,
        afterAck: isSentAfterAck(view, record, latest) ? latest : -1,
        beforePlaced: view.hasPuts && landedSent(view, record) > firstSent(view, earliest) ? earliest : -1,
        larger: largest,
        intended: isIntentUnknown(view) ? intendedBefore(view, record, [earliest, latest]) : latest,
      });
    before.note(record);
  }
  return late;
};

/** True if `other` was first sent after `record` was acknowledged, as far as that was recorded. */
const isSentAfterAck = (view: View, record: number, other: number): boolean => {
  if (view.hasPuts && firstAck(view, record) > firstSent(view, other)) return false;
  return !isIntentUnknown(view) || isComparableIntent(view, record, other);
};

/**
 * A larger number before a record that was surely handed over after it: the one that was sent first (it proves most,
 * since the record may have been stored by a later attempt), the one that was sent last, or one of the same call. -1:
 * none.
 */
const intendedBefore = (view: View, record: number, candidates: readonly number[]): number => {
  const told = candidates.find((other) => isComparableIntent(view, record, other));
  if (told !== undefined) return told;
  const { tables } = view;
  const flow = tables.records.flow.at(record);
  for (const entry of attemptsOf(view, record)) {
    const op = tables.entryOp.at(entry);
    const first = tables.opFirst.at(op);
    for (let other = first; other < first + tables.opCount.at(op); other += 1) {
      const sibling = tables.entryRecord.at(other);
      if (tables.records.flow.at(sibling) !== flow || tables.records.n.at(sibling) <= tables.records.n.at(record))
        continue;
      const [place, own] = [view.firstSeen.at(sibling), view.firstSeen.at(record)];
      if (place >= 0 && surelyComesBefore(view, place, own)) return sibling;
    }
  }
  return -1;
};

const firstSent = (view: View, record: number): number => {
  const first = view.attemptHead.at(record);
  return first < 0 ? 0 : putLine(view, first);
};

const firstAck = (view: View, record: number): number => {
  let line = Number.POSITIVE_INFINITY;
  for (const entry of attemptsOf(view, record)) if (isOk(view, entry)) line = Math.min(line, ackLine(view, entry));
  return line;
};

/** The attempt that was acknowledged at the record's place; -1: none was. */
export const placedEntry = (view: View, record: number): number => {
  const place = view.firstSeen.at(record);
  for (const entry of attemptsOf(view, record)) {
    if (isOk(view, entry) && view.positions.ofEntry[entry] === place) return entry;
  }
  return -1;
};

/**
 * The same; if no attempt was acknowledged, the first one of unknown outcome: that one was stored, or a later one. -1:
 * an attempt was acknowledged elsewhere, or all surely failed.
 */
export const landedEntry = (view: View, record: number): number => {
  let open = -1;
  for (const entry of attemptsOf(view, record)) {
    if (isOk(view, entry)) return placedEntry(view, record);
    if (open < 0 && isOpen(view, entry)) open = entry;
  }
  return open;
};

/** The line on which that attempt was sent; -1: there is none. */
const landedSent = (view: View, record: number): number => {
  const entry = landedEntry(view, record);
  return entry < 0 ? -1 : putLine(view, entry);
};
