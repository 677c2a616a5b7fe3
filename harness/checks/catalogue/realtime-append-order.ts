import type { Check, Found } from '../check.ts';
import { realtimeOf } from '../index/realtime.ts';
import { isImported, unknownByImport, voidByImport } from '../index/sending-order.ts';
import { ackLine, putLine, type View } from '../index/view.ts';
import { atLine, inOrder, linesOfEntry, placeName, placeOf, recordName } from './phrases.ts';

/**
 * D3: of two puts of a shard, the first was acknowledged before the second was sent, and yet is above it; no matter
 * who sent them.
 */
export const realtimeAppendOrder: Check = {
  summary: 'a put got a lower sequence number than an earlier, already acknowledged put of the shard',
  source:
    '"If this parameter is not set, records are coarsely ordered based on arrival time" (SDK, SequenceNumberForOrdering): allowed, since coarse is not strict',
  example: 'p1 is acknowledged at 30, then p2 sends and is acknowledged at 25',
  expect: 'allow',
  streaming: 'settled',
  causes: ['Several front ends number the records of a shard; the order is coarse by design.'],
  todo: ['Do not rely on the order between producers.', 'Where two writers must be in order, let one write for both.'],
  notApplicable: (view) => (view.hasPuts ? voidByImport(view) : 'puts were not recorded'),
  unknown: (view) => unknownByImport(view),
  find: function* (view: View): Generator<Found> {
    if (isImported(view)) return;
    for (const { earlier, entry } of realtimeOf(view).ofShard) yield found(view, earlier, entry);
  },
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
