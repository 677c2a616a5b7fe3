import type { Check, Found } from '../check.ts';
import { expectByMode, hasOrderOnlyByChance } from '../index/modes.ts';
import { realtimeOf } from '../index/realtime.ts';
import { isImported, unknownByImport, voidByImport } from '../index/sending-order.ts';
import { ackLine, putLine, type View } from '../index/view.ts';
import { atLine, inOrder, linesOfEntry, placeName, placeOf, recordName } from './phrases.ts';

/**
 * D1: acknowledged before another put of its key was sent, and yet above it: in the same shard, or in one related by
 * lineage.
 */
export const nonmonotonicSend: Check = {
  summary: 'a put sent after another put of its key was acknowledged got a sequence number that is not higher',
  source:
    '"To guarantee strictly increasing ordering, write serially to a shard and use the SequenceNumberForOrdering parameter" (SDK, PutRecord)',
  example: '#1 is acknowledged at 30, then #2 is sent and acknowledged at 25',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The engine numbers records when a thread comes to them, not when they arrive.',
    'SequenceNumberForOrdering was not used: without it AWS orders coarsely, by arrival.',
    'A reshard moved the key, and the child began at a lower number.',
  ],
  todo: [
    'Send the records of a key one after the other, each with SequenceNumberForOrdering of the last answer.',
    'If it was used: report both request ids.',
  ],
  about: ['order', 'keys'],
  notApplicable: (view) => (view.hasPuts ? voidByImport(view) : 'puts were not recorded'),
  unknown: (view) => unknownByImport(view),
  why: (view) => expectByMode(view),
  find: function* (view: View): Generator<Found> {
    if (isImported(view)) return;
    for (const { earlier, entry } of realtimeOf(view).ofFlow) yield found(view, earlier, entry);
  },
};

const found = (view: View, earlier: number, entry: number): Found => {
  const [before, after] = [view.positions.ofEntry[earlier] ?? -1, view.positions.ofEntry[entry] ?? -1];
  const flow = view.tables.entryFlow.at(entry);
  const records = [view.tables.entryRecord.at(earlier), view.tables.entryRecord.at(entry)];
  return {
    kind: null,
    blame: 'service-write',
    ...(hasOrderOnlyByChance(view, flow) ? { expect: 'allow' as const } : {}),
    records,
    entries: [entry],
    positions: [before, after],
    flow,
    key: view.tables.records.flowKey.at(flow),
    shards: [view.positions.shard.at(before), view.positions.shard.at(after)],
    tell: () => ({
      sentence: `${recordName(view, records[0] ?? -1)} was acknowledged at ${placeName(view, before)} (${atLine(ackLine(view, earlier))}) before ${recordName(view, records[1] ?? -1)} was sent (${atLine(putLine(view, entry))}); however that was acknowledged at ${placeName(view, after)}, which is not above it.`,
      evidence: { earlier: placeOf(view, before), later: placeOf(view, after) },
      witness: inOrder([...linesOfEntry(view, earlier), ...linesOfEntry(view, entry)]),
    }),
  };
};
