import type { Check, Found } from '../check.ts';
import { clockSkewOf, isTimeless, unknownWithoutClock } from '../index/clocks.ts';
import type { View } from '../index/view.ts';
import { inOrder, lineOfRead, linesOfAck, millisecondWords, placeName, placeOf } from './phrases.ts';

/**
 * A11: an arrival time before the put, after its acknowledgement, or earlier than that of an earlier place, by more
 * than the tolerated skew.
 */
export const arrivalRegression: Check = {
  summary: 'an arrival timestamp does not fit the time of the put, or decreases along the shard',
  source:
    '"there are no guarantees about the time stamp accuracy, or that the time stamp is always increasing" (SDK, GetRecords): allowed, and never evidence of order',
  example: 'two records at 10 and 20 say they arrived at 12:00:09 and 12:00:05',
  expect: 'allow',
  streaming: 'settled',
  causes: ['The service stamps arrivals with several clocks.', 'The clock of the engine was set back.'],
  todo: [
    'Never order by ApproximateArrivalTimestamp: use the sequence number.',
    'Keep AT_TIMESTAMP for coarse positions, with a margin.',
  ],
  notApplicable: (view) => (isTimeless(view) && !hasArrivals(view) ? 'no arrival times were recorded' : undefined),
  unknown: (view) => unknownWithoutClock(view),
  find: function* (view: View): Generator<Found> {
    if (isTimeless(view)) return;
    const { head } = view.tables;
    const skew = (head?.tolerances?.skewMs ?? 1000) + clockSkewOf(head) / 1000;
    const clock = { skew, startedAt: Date.parse(head?.startedAt ?? '') };
    for (let shard = 0; shard < view.positions.first.length; shard += 1) {
      const first = view.positions.first.at(shard);
      let latest = Number.NEGATIVE_INFINITY;
      let latestAt = -1;
      for (let position = first; position < first + view.positions.size.at(shard); position += 1) {
        const arrival = arrivalAt(view, position);
        if (Number.isNaN(arrival)) continue;
        const says =
          arrival < latest - skew
            ? `${millisecondWords(latest - arrival)} before ${placeName(view, latestAt)}, which lies before it`
            : besidePut(view, position, arrival, clock);
        if (says !== undefined) yield found(view, position, arrival, says);
        if (arrival <= latest) continue;
        latest = arrival;
        latestAt = position;
      }
    }
  },
};

const hasArrivals = ({ tables: { readArrival } }: View): boolean => {
  for (let read = 0; read < readArrival.length; read += 1) if (!Number.isNaN(readArrival.at(read))) return true;
  return false;
};

type Clock = { readonly skew: number; readonly startedAt: number };

const arrivalAt = (view: View, position: number): number => {
  for (let read = view.positions.readHead.at(position); read >= 0; read = view.positions.readNext[read] ?? -1) {
    const arrival = view.tables.readArrival.at(read);
    if (!Number.isNaN(arrival)) return arrival;
  }
  return Number.NaN;
};

const besidePut = (view: View, position: number, arrival: number, { skew, startedAt }: Clock): string | undefined => {
  if (Number.isNaN(startedAt)) return undefined;
  for (let entry = view.positions.ackHead.at(position); entry >= 0; entry = view.positions.ackNext[entry] ?? -1) {
    const op = view.tables.entryOp.at(entry);
    const sent = startedAt + view.tables.opT.at(op) / 1000;
    const acked = startedAt + view.tables.opAckT.at(op) / 1000;
    if (arrival < sent - skew) return `${millisecondWords(sent - arrival)} before it was sent`;
    if (arrival > acked + skew) return `${millisecondWords(arrival - acked)} after it was acknowledged`;
  }
  return undefined;
};

const found = (view: View, position: number, arrival: number, says: string): Found => ({
  kind: null,
  blame: 'service-write',
  positions: [position],
  shards: [view.positions.shard.at(position)],
  tell: () => ({
    sentence: `${placeName(view, position)} says that it arrived ${says}.`,
    evidence: { ...placeOf(view, position), arrival },
    witness: inOrder([...linesOfAck(view, position), ...lineOfRead(view, position)]),
  }),
});
