import type { Check, Found } from './check.ts';
import { ackLine, isOk, isSentinel, putLine, type View } from './view/view.ts';
import { atLine, inOrder, linesOfEntry, placeName, placeOf, recordName } from './words.ts';

/** D3: any two puts of a shard, the first acknowledged before the second was sent, and yet above it. Whoever sent them. */
export const realtimeAppendOrder: Check = {
  summary: 'a shard numbers a later put below an earlier one that was already acknowledged',
  source:
    '"If this parameter is not set, records are coarsely ordered based on arrival time" (SDK, SequenceNumberForOrdering): allowed, since coarse is not strict',
  example: 'p1 is acknowledged at 30, then p2 sends and is acknowledged at 25',
  expect: 'allow',
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  find: function* (view: View): Generator<Found> {
    // Entries stand in the order in which they were sent, so that one cursor a shard is enough.
    const cursors = new Int32Array(view.tables.raised.length);
    for (let entry = 0; entry < view.tables.entryOp.length; entry += 1) {
      if (!isOk(view, entry) || isSentinel(view, entry)) continue;
      const highest = highestBefore(view, cursors, view.tables.entryShard.at(entry), putLine(view, entry));
      if (highest < 0 || (view.positions.ofEntry[entry] ?? -1) >= (view.positions.ofEntry[highest] ?? -1)) continue;
      yield found(view, highest, entry);
    }
  },
};

/** The last acknowledgement above `line` that raised the shard's largest number: it is the largest of all before. */
const highestBefore = (view: View, cursors: Int32Array, shard: number, line: number): number => {
  const raised = view.tables.raised[shard];
  if (raised === undefined) return -1;
  let at = cursors[shard] ?? 0;
  while (at < raised.line.length && raised.line.at(at) < line) at += 1;
  cursors[shard] = at;
  return at === 0 ? -1 : raised.entry.at(at - 1);
};

const found = (view: View, earlier: number, entry: number): Found => {
  const [before, after] = [view.positions.ofEntry[earlier] ?? -1, view.positions.ofEntry[entry] ?? -1];
  const records = [view.tables.entryRecord.at(earlier), view.tables.entryRecord.at(entry)];
  return {
    kind: null,
    blame: 'service-write',
    records,
    entries: [entry],
    positions: [before, after],
    flow: view.tables.entryFlow.at(entry),
    shards: [view.positions.shard.at(after)],
    tell: () => ({
      sentence: `${recordName(view, records[0] ?? -1)} was acknowledged at ${placeName(view, before)} (${atLine(ackLine(view, earlier))}) before ${recordName(view, records[1] ?? -1)} was sent (${atLine(putLine(view, entry))}), which got ${placeName(view, after)}, below it.`,
      evidence: { earlier: placeOf(view, before), later: placeOf(view, after) },
      witness: inOrder([...linesOfEntry(view, earlier), ...linesOfEntry(view, entry)]),
    }),
  };
};
