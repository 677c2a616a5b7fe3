import { Ints } from '../../lib/columns.ts';
import { bindAnonymous } from './bind-anonymous.ts';
import { readSegments } from './coverage.ts';
import { findOdd, type Odd } from './find-odd.ts';
import { type Lineage, readLineage } from './lineage.ts';
import { type Positions, rankPositions } from './positions.ts';
import type { Segment } from './segment.ts';
import { outcome, type Tables } from './tables.ts';
import { noTotals, type Totals } from './totals.ts';
import { isDump, withoutSubjects } from './without-subjects.ts';

/** All that a check looks at: the tables of a history, and what can only be derived from all of them. */
export type View = {
  readonly tables: Tables;
  /** Counts of records that are not in the tables. */
  readonly totals: Totals;
  readonly positions: Positions;
  readonly lineage: Lineage;
  readonly segments: readonly Segment[];
  /** Attempts of a record in the order in which they were sent: `attemptHead`, then `attemptNext`, until -1. */
  readonly attemptHead: Ints;
  readonly attemptNext: Int32Array;
  /** Reads of a record, in the order of lines. */
  readonly recordReadHead: Ints;
  readonly recordReadNext: Int32Array;
  /** The earliest position at which the final readers, else any reader, saw the record; -1 when nobody did. */
  readonly firstSeen: Ints;
  /** What is not plain: where almost all findings are. */
  readonly odd: Odd;
  readonly hasPuts: boolean;
  readonly hasPages: boolean;
  readonly isShared: boolean;
  /**
   * The same history with the pages of consumers under test. It is this view itself if there are none, and in a dump.
   * It has positions of its own.
   */
  readonly whole: View;
};

/**
 * The view by which the service is judged: without the pages of consumers under test. Contract, rule 14. `totals`:
 * counts of records that are not in the tables. `lineage`: that of the tables, if it is known.
 */
export const viewOf = (tables: Tables, totals: Totals = noTotals, lineage?: Lineage): View => {
  const isUnderTest = tables.chains.some(({ reader }) => tables.roles.get(reader) === 'subject');
  const whole = viewOfAll(tables, totals, lineage);
  return isUnderTest && !isDump(tables) ? viewOfAll(withoutSubjects(tables), totals, lineage, whole) : whole;
};

const viewOfAll = (tables: Tables, totals: Totals, known?: Lineage, whole?: View): View => {
  const positions = rankPositions(tables);
  bindAnonymous(tables, positions);
  const lineage = known ?? readLineage(tables);
  const attempts = listsOf(tables.records.count, tables.entryRecord);
  const reads = listsOf(tables.records.count, tables.readRecord);
  const recorded = tables.head?.recorded;
  const hasPuts = recorded === undefined || recorded.includes('puts');
  const view: View = {
    get whole() {
      return whole ?? view;
    },
    tables,
    totals,
    positions,
    lineage,
    segments: readSegments(tables, positions),
    attemptHead: attempts.head,
    attemptNext: attempts.next,
    recordReadHead: reads.head,
    recordReadNext: reads.next,
    firstSeen: new Ints(tables.records.count + 1),
    odd: findOdd({ tables, positions, attemptHead: attempts.head, attemptNext: attempts.next, hasPuts }),
    hasPuts,
    hasPages: recorded === undefined || recorded.includes('pages'),
    isShared: tables.head?.stream?.shared === true,
  };
  noteFirstSeen(view);
  return view;
};

const listsOf = (records: number, owners: Ints): { readonly head: Ints; readonly next: Int32Array } => {
  const head = new Ints(records + 1);
  for (let record = 0; record < records; record += 1) head.push(-1);
  const next = new Int32Array(owners.length).fill(-1);
  for (let item = owners.length - 1; item >= 0; item -= 1) {
    const owner = owners.at(item);
    if (owner < 0) continue;
    next[item] = head.at(owner);
    head.set(owner, item);
  }
  return { head, next };
};

const noteFirstSeen = (view: View): void => {
  const { records } = view.tables;
  for (let record = 0; record < records.count; record += 1) {
    const head = view.recordReadHead.at(record);
    if (head < 0 || (view.recordReadNext[head] ?? -1) < 0) {
      view.firstSeen.push(head < 0 ? -1 : (view.positions.ofRead[head] ?? -1));
      continue;
    }
    let seen = -1;
    let isFinal = false;
    for (let read = head; read >= 0; read = view.recordReadNext[read] ?? -1) {
      const position = view.positions.ofRead[read] ?? -1;
      const byFinal = roleOfRead(view, read) === 'final';
      if (seen < 0 || (byFinal && !isFinal) || (byFinal === isFinal && comesBefore(view, position, seen)))
        seen = position;
      isFinal ||= byFinal;
    }
    view.firstSeen.push(seen);
  }
};

/**
 * Consumption order: by lineage, then by place. Shards that nothing relates are ordered by their ancestors only to
 * have one answer.
 */
export const comesBefore = (view: View, a: number, b: number): boolean => {
  const s = view.positions.shard.at(a);
  const o = view.positions.shard.at(b);
  if (s === o) return a < b;
  if (view.lineage.isAncestor(s, o)) return true;
  if (view.lineage.isAncestor(o, s)) return false;
  return view.lineage.ancestorCount(s) < view.lineage.ancestorCount(o);
};

/** Surely met before: in the same shard, or in an ancestor of its shard. Numbers of unrelated shards say nothing. */
export const surelyComesBefore = (view: View, a: number, b: number): boolean => {
  const s = view.positions.shard.at(a);
  const o = view.positions.shard.at(b);
  return s === o ? a < b : view.lineage.isAncestor(s, o);
};

export const chainOfRead = (view: View, read: number): number =>
  view.tables.pageChain.at(view.tables.readPage.at(read));

export const readerOfRead = (view: View, read: number): number =>
  view.tables.chains[chainOfRead(view, read)]?.reader ?? -1;

export const roleOf = (view: View, reader: number): 'live' | 'final' | 'subject' =>
  view.tables.roles.get(reader) ?? 'live';

const roleOfRead = (view: View, read: number): 'live' | 'final' | 'subject' => roleOf(view, readerOfRead(view, read));

export const isSentinel = (view: View, entry: number): boolean =>
  view.tables.opSentinel.at(view.tables.entryOp.at(entry)) === 1;

/** True for a record of the workload: an application handed it over, or it was read as one; it is no sentinel. */
export const isWorkload = (view: View, record: number): boolean => {
  const first = view.attemptHead.at(record);
  return first < 0 || !isSentinel(view, first);
};

export function* attemptsOf(view: View, record: number): Generator<number> {
  for (let entry = view.attemptHead.at(record); entry >= 0; entry = view.attemptNext[entry] ?? -1) yield entry;
}

export function* readsOf(view: View, record: number): Generator<number> {
  for (let read = view.recordReadHead.at(record); read >= 0; read = view.recordReadNext[read] ?? -1) yield read;
}

export function* acksAt(view: View, position: number): Generator<number> {
  for (let entry = view.positions.ackHead.at(position); entry >= 0; entry = view.positions.ackNext[entry] ?? -1) {
    yield entry;
  }
}

export function* readsAt(view: View, position: number): Generator<number> {
  for (let read = view.positions.readHead.at(position); read >= 0; read = view.positions.readNext[read] ?? -1)
    yield read;
}

export const isOk = (view: View, entry: number): boolean => view.tables.entryStatus.at(entry) === outcome.ok;

/**
 * True if the entry may have been stored without an acknowledgement: its outcome is info, or it was never answered.
 */
export const isOpen = (view: View, entry: number): boolean => {
  const status = view.tables.entryStatus.at(entry);
  return status === outcome.info || status === outcome.none;
};

/** True if its client sent the call more than once by itself. The last answer is about one of these sendings only. */
export const isSentAgainByClient = (view: View, entry: number): boolean =>
  view.tables.opAttempts.has(view.tables.entryOp.at(entry));

/** True if an attempt has an unknown outcome: the record may be at a place that was never acknowledged. */
export const mayHaveLanded = (view: View, record: number): boolean =>
  [...attemptsOf(view, record)].some((entry) => isOpen(view, entry) || isSentAgainByClient(view, entry));

/** Line of the put and of the answer that carried an entry; 0 where there was no answer. */
export const putLine = (view: View, entry: number): number => view.tables.opLine.at(view.tables.entryOp.at(entry));
export const ackLine = (view: View, entry: number): number => view.tables.opAckLine.at(view.tables.entryOp.at(entry));
export const readLine = (view: View, read: number): number => view.tables.pageLine.at(view.tables.readPage.at(read));

/** When a place was first known to hold a record: acknowledged, or read. Microseconds. */
export const knownAt = (view: View, position: number): number => {
  const asked = knownTimes.get(view) ?? new Map<number, number>();
  knownTimes.set(view, asked);
  const known = asked.get(position) ?? settingsOf(view, position);
  asked.set(position, known);
  return known;
};

/** Kept, because many readers may ask for a place that many read. */
const knownTimes = new WeakMap<View, Map<number, number>>();

const settingsOf = (view: View, position: number): number => {
  let known = Number.POSITIVE_INFINITY;
  for (const entry of acksAt(view, position))
    known = Math.min(known, view.tables.opAckT.at(view.tables.entryOp.at(entry)));
  for (const read of readsAt(view, position))
    known = Math.min(known, view.tables.pageT.at(view.tables.readPage.at(read)));
  return known;
};

/**
 * True if producers had ended: a record that was refused, or a number that was skipped, was not sent later either.
 * False if the history was cut short during the phase load: then it is unknown. A history without phases is taken as
 * it is.
 */
export const isLoadOver = ({ tables: { end, phases, isReadToEnd } }: View): boolean =>
  end?.reason === 'completed' || phases.length === 0 || phases.some(({ phase }) => phase !== 'load') || isReadToEnd;

/** Every record that was acknowledged or read at a place, each once. */
export const recordsAt = (view: View, position: number): readonly number[] => {
  const records: number[] = [];
  for (let entry = view.positions.ackHead.at(position); entry >= 0; entry = view.positions.ackNext[entry] ?? -1) {
    records.push(view.tables.entryRecord.at(entry));
  }
  for (let read = view.positions.readHead.at(position); read >= 0; read = view.positions.readNext[read] ?? -1) {
    const record = view.tables.readRecord.at(read);
    if (record >= 0) records.push(record);
  }
  return [...new Set(records)];
};

/**
 * True if a place has no record of the run on a shared stream. It is judged for its order, and for nothing else.
 * Contract, 9.
 */
export const isForeignAt = (view: View, position: number): boolean =>
  view.isShared && recordsAt(view, position).length === 0;

/** Reads at odd places, in the order of lines. Only these can be damaged, or without a record. */
export const oddReads = (view: View): readonly number[] => {
  const reads: number[] = [];
  for (const place of view.odd.places) for (const read of readsAt(view, place)) reads.push(read);
  return reads.sort((a, b) => a - b);
};
