import type { Check, Found } from '../check.ts';
import { proverOf, type Unread, unreadRecords } from '../index/finality.ts';
import { ackLine, readsOf, type View } from '../index/view.ts';
import { aboutRecord } from './about.ts';
import { countsOf, firstNames, whereUnread } from './not-read.ts';
import {
  atLine,
  firstAcked,
  inOrder,
  lineOfRead,
  linesOfRecord,
  placeName,
  placeOf,
  readerName,
  recordName,
} from './phrases.ts';

/**
 * C1, C4: acknowledged, and nobody read it, though a final reader went past its place (finality: contract, 7). The
 * kind says where it is among the records of its flow that were read.
 */
export const lostWrite: Check = {
  summary: 'an acknowledged record is gone',
  source:
    '"When … PutRecord … succeeds, the response includes the shard ID of where the data record was placed and the sequence number that was assigned" (SDK, PutRecord)',
  example: '#3 is acknowledged at 30; a reader from TRIM_HORIZON delivers 20 and 40, nobody ever delivers #3',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The engine acknowledged before it stored, and lost it under load or at a restart (kinesis-mock#130; kinesis-local killed between two saves).',
    'A reshard closed the shard while the put was under way.',
    'Retention was shorter than the reading took.',
  ],
  todo: [
    'Look at what stands near: a reshard, a restart, a fault.',
    'Report it with the request id of the acknowledgement, the shard and the sequence number.',
  ],
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  unknown: (view) => {
    const open = unreadRecords(view).filter(({ proof }) => proof === 'unseen');
    if (open.length === 0) return undefined;
    const all = open.map(({ record }) => whereUnread(view, record));
    const were = all.length === 1 ? 'record was' : 'records were';
    return `${all.length} acknowledged ${were} not read: ${countsOf(view, all)}. No final reader provably went past (see unseen);${firstNames(all)}`;
  },
  find: function* (view: View): Generator<Found> {
    const ranges = new Map<number, readonly [number, number]>();
    for (const unread of unreadRecords(view)) {
      if (unread.proof !== 'lost') continue;
      if (ranges.size === 0) noteRanges(view, ranges);
      yield found(view, unread, kindOf(view, unread.record, ranges));
    }
  },
};

/** First and last n read, per flow. */
const noteRanges = (view: View, ranges: Map<number, readonly [number, number]>): void => {
  const { records } = view.tables;
  for (let record = 0; record < records.count; record += 1) {
    if (readsOf(view, record).next().done === true) continue;
    const flow = records.flow.at(record);
    const n = records.n.at(record);
    const [first, last] = ranges.get(flow) ?? [n, n];
    ranges.set(flow, [Math.min(first, n), Math.max(last, n)]);
  }
  ranges.set(-1, [0, 0]);
};

const kindOf = (view: View, record: number, ranges: ReadonlyMap<number, readonly [number, number]>): string => {
  const n = view.tables.records.n.at(record);
  const [first, last] = ranges.get(view.tables.records.flow.at(record)) ?? [Number.POSITIVE_INFINITY, -1];
  return n < first ? 'prefix' : n > last ? 'postfix' : 'middle';
};

const found = (view: View, { record, positions }: Unread, kind: string): Found => ({
  kind,
  blame: 'service-write',
  ...aboutRecord(view, record, positions),
  tell: () => {
    const position = positions[0] ?? -1;
    const segment = proverOf(view, position);
    const above = segment?.delivered.find((delivered) => delivered > position);
    const passed = above === undefined ? 'to the end of the closed shard' : `on to ${placeName(view, above)}`;
    return {
      sentence: `${recordName(view, record)} was acknowledged at ${placeName(view, position)} (${atLine(ackLine(view, firstAcked(view, record)))}); however reader ${readerName(view, segment?.reader ?? -1)} went from the beginning of that shard ${passed}, and nobody ever delivered it.`,
      evidence: {
        ...placeOf(view, position),
        ...(above === undefined ? { end: true } : { higher: placeOf(view, above).seq }),
      },
      witness: inOrder([
        ...linesOfRecord(view, record),
        ...(above === undefined
          ? [view.tables.pageLine.at(segment?.endPage ?? 0)]
          : lineOfRead(view, above, segment?.reader)),
      ]),
    };
  },
});
