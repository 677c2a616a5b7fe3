import { oncePer } from '../../lib/once-per.ts';
import { routeOf } from './routes.ts';
import { isPartial } from './totals.ts';
import { ackLine, isOk, isSentinel, putLine, type View } from './view.ts';

/**
 * Puts whose SequenceNumberForOrdering promises nothing: before they were sent, nobody had acknowledged that number to
 * their producer for their partition key. By entry, without end markers. Contract, 18.
 */
export const emptyPromises = oncePer((view: View): ReadonlySet<number> => new Set(withoutSource(view)));

/** True if the SequenceNumberForOrdering of any put promises something. */
export const isAnyPromised = (view: View): boolean => {
  if (view.totals.hasAfter) return true;
  const empty = emptyPromises(view);
  for (const [entry] of view.tables.entryAfter) if (!isSentinel(view, entry) && !empty.has(entry)) return true;
  return false;
};

const withoutSource = (view: View): ReadonlySet<number> => {
  const { entryAfter, records, entryRecord } = view.tables;
  if (entryAfter.size === 0) return new Set();
  const open = unmatched(view).filter((entry) => !isPartial(view, records.flow.at(entryRecord.at(entry))));
  return open.length === 0 ? new Set() : neverAcknowledged(view, open);
};

/** Puts that do not name the number of the put before them. There are almost none if flows are written serially. */
const unmatched = (view: View): readonly number[] => {
  const { tables } = view;
  const last = new Int32Array(tables.records.flows).fill(-1);
  const open: number[] = [];
  for (let entry = 0; entry < tables.entryOp.length; entry += 1) {
    if (isSentinel(view, entry)) continue;
    const flow = tables.entryFlow.at(entry);
    const after = tables.entryAfter.get(entry);
    const before = last[flow] ?? -1;
    if (after !== undefined && !isSource(view, before, entry, after)) open.push(entry);
    if (isOk(view, entry)) last[flow] = entry;
  }
  return open;
};

const isSource = (view: View, source: number, entry: number, after: number): boolean =>
  source >= 0 &&
  !view.tables.entryPart.has(source) &&
  !view.tables.entryPart.has(entry) &&
  ackLine(view, source) < putLine(view, entry) &&
  view.tables.sequences.compare(view.tables.entryNumber.at(source), after) === 0;

const neverAcknowledged = (view: View, open: readonly number[]): ReadonlySet<number> => {
  const { tables } = view;
  const byTag = new Map<number, number[]>();
  for (const entry of open) {
    const tag = tables.sequences.tag(tables.entryAfter.get(entry) ?? 0);
    const list = byTag.get(tag);
    if (list === undefined) byTag.set(tag, [entry]);
    else list.push(entry);
  }
  const left = new Set(open);
  for (let source = 0; source < tables.entryOp.length; source += 1) {
    if (!isOk(view, source) || isSentinel(view, source)) continue;
    for (const entry of byTag.get(tables.sequences.tag(tables.entryNumber.at(source))) ?? [])
      if (left.has(entry) && isAcknowledgedBefore(view, source, entry)) left.delete(entry);
  }
  return left;
};

const isAcknowledgedBefore = (view: View, source: number, entry: number): boolean => {
  const { sequences, entryNumber, entryAfter } = view.tables;
  return (
    sequences.compare(entryNumber.at(source), entryAfter.get(entry) ?? -1) === 0 &&
    ackLine(view, source) < putLine(view, entry) &&
    producerOf(view, source) === producerOf(view, entry) &&
    routeOf(view, source).key === routeOf(view, entry).key
  );
};

const producerOf = ({ tables }: View, entry: number): number =>
  tables.records.flowProducer.at(tables.entryFlow.at(entry));
