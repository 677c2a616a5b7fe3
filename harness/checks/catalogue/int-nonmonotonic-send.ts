import type { Check, Found } from '../check.ts';
import { isImported, unknownByImport, voidByImport } from '../index/sending-order.ts';
import { outcome } from '../index/tables.ts';
import { ackLine, isOk, type View } from '../index/view.ts';
import { atLine, inOrder, linesOfEntry, placeName, placeOf, recordName } from './phrases.ts';

/** D4: inside one PutRecords, a later entry of a key below an earlier one. */
export const intNonmonotonicSend: Check = {
  summary: 'entries of one key in one PutRecords get sequence numbers out of their order',
  source:
    '"PutRecords doesn\'t guarantee the ordering of records" (SDK, PutRecords), though it "attempts to process all records in the natural order of the request" (developer guide)',
  example: 'a call with #1, #2 of key a is answered 20, 10',
  expect: 'allow',
  streaming: 'set-aside',
  causes: ['PutRecords handles the entries of a call in parallel.'],
  todo: ['Send the records of one key in separate calls, one after the other.', 'Or put them into one record.'],
  about: ['keys'],
  notApplicable: (view) => (view.hasPuts ? voidByImport(view) : 'puts were not recorded'),
  unknown: (view) => unknownByImport(view),
  find: function* (view: View): Generator<Found> {
    if (isImported(view)) return;
    const last = new Int32Array(view.tables.records.flows).fill(-1);
    for (let op = 0; op < view.tables.opNumber.length; op += 1) {
      if (view.tables.opSentinel.at(op) === 0 && !doesAscend(view, op, last)) yield* callOf(view, op);
    }
  },
};

/**
 * Fast path: true if each entry is above the previous entry of its flow, in the same shard. `last`: by flow, the entry
 * that was looked at last, of any call.
 */
const doesAscend = ({ tables }: View, op: number, last: Int32Array): boolean => {
  const first = tables.opFirst.at(op);
  for (let entry = first; entry < first + tables.opCount.at(op); entry += 1) {
    if (tables.entryStatus.at(entry) !== outcome.ok) continue;
    const flow = tables.entryFlow.at(entry);
    const before = last[flow] ?? -1;
    last[flow] = entry;
    if (before < first) continue;
    const isAbove = tables.compareEntries(entry, before) > 0;
    if (!isAbove || tables.entryShard.at(entry) !== tables.entryShard.at(before)) return false;
  }
  return true;
};

function* callOf(view: View, op: number): Generator<Found> {
  const highest = new Map<number, number[]>();
  const first = view.tables.opFirst.at(op);
  for (let entry = first; entry < first + view.tables.opCount.at(op); entry += 1) {
    if (!isOk(view, entry)) continue;
    const flow = view.tables.entryFlow.at(entry);
    const tops = highest.get(flow) ?? [];
    highest.set(flow, tops);
    const before = tops.find((top) => isBelow(view, entry, top));
    if (before !== undefined) yield found(view, before, entry);
    raise(view, tops, entry);
  }
}

/** Keeps the largest entry of each shard: different ExplicitHashKeys spread a key over several. */
const raise = ({ tables }: View, tops: number[], entry: number): void => {
  const at = tops.findIndex((top) => tables.entryShard.at(top) === tables.entryShard.at(entry));
  if (at < 0) tops.push(entry);
  else if (tables.compareEntries(entry, tops[at] ?? entry) > 0) tops[at] = entry;
};

/** Compares numbers, not places: records of one aggregate share their number. */
const isBelow = (view: View, entry: number, before: number): boolean =>
  view.tables.compareEntries(entry, before) < 0 &&
  view.lineage.isRelated(view.tables.entryShard.at(entry), view.tables.entryShard.at(before));

const found = (view: View, before: number, entry: number): Found => {
  const [early, late] = [view.positions.ofEntry[before] ?? -1, view.positions.ofEntry[entry] ?? -1];
  const records = [view.tables.entryRecord.at(before), view.tables.entryRecord.at(entry)];
  return {
    kind: null,
    blame: 'service-write',
    records,
    entries: [entry],
    positions: [early, late],
    flow: view.tables.entryFlow.at(entry),
    shards: [view.positions.shard.at(late)],
    tell: () => ({
      sentence: `In one PutRecords (answered on ${atLine(ackLine(view, entry))}) ${recordName(view, records[0] ?? -1)} stands before ${recordName(view, records[1] ?? -1)}; however they got ${placeName(view, early)} and ${placeName(view, late)}.`,
      evidence: { earlier: placeOf(view, early), later: placeOf(view, late) },
      witness: inOrder(linesOfEntry(view, entry)),
    }),
  };
};
