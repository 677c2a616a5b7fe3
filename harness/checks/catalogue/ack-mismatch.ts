import type { Check, Found } from '../check.ts';
import { isCovered, isExpiredForAll } from '../index/finality.ts';
import { isReadWhereAcked } from '../index/presence.ts';
import { ackLine, isWorkload, mayHaveLanded, type View } from '../index/view.ts';
import { withoutPlaces } from '../index/without-places.ts';
import { aboutRecord } from './about.ts';
import { atLine, firstAcked, inOrder, linesOfRecord, placeName, placeOf, recordName } from './phrases.ts';

/** A4: read, but never where it was acknowledged. */
export const ackMismatch: Check = {
  summary: 'a record is stored at another place than the one acknowledged',
  source:
    '"the response includes the shard ID of where the data record was placed and the sequence number that was assigned to the data record" (SDK, PutRecord)',
  example: '#3 is acknowledged at 30 and read at 31 only',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The engine answers with a number before it stores, and stores under another one.',
    'A proxy or a client library mixed the answers of two calls (kinesis-mock#151 is the case inside one call).',
  ],
  todo: [
    'Do not use the acknowledged number as a checkpoint or as SequenceNumberForOrdering on this engine.',
    'Run the same scenario without the proxy.',
  ],
  notApplicable: (view) => (view.hasPuts ? withoutPlaces(view) : 'puts were not recorded'),
  find: function* (view: View): Generator<Found> {
    for (const mismatch of mismatches(view)) yield found(view, mismatch);
  },
};

export type Mismatch = {
  readonly record: number;
  readonly entry: number;
  readonly acked: number;
  readonly read: number;
};

/**
 * Acknowledged records that were read, but at no acknowledged place. If an attempt may have stored a second copy, a
 * place that no reader covered before it expired proves nothing.
 */
export function* mismatches(view: View): Generator<Mismatch> {
  if (withoutPlaces(view) !== undefined) return;
  for (const record of view.odd.records) {
    const entry = firstAcked(view, record);
    if (entry < 0 || view.recordReadHead.at(record) < 0 || !isWorkload(view, record)) continue;
    if (isReadWhereAcked(view, record)) continue;
    const acked = view.positions.ofEntry[entry] ?? -1;
    if (mayHaveLanded(view, record) && (!isCovered(view, acked) || isExpiredForAll(view, acked))) continue;
    const read = view.firstSeen.at(record);
    yield { record, entry, acked, read };
  }
}

const found = (view: View, { record, entry, acked, read }: Mismatch): Found => ({
  kind: null,
  blame: 'service-write',
  ...aboutRecord(view, record, [acked, read]),
  entries: [entry],
  tell: () => ({
    sentence: `${recordName(view, record)} was acknowledged at ${placeName(view, acked)} (${atLine(ackLine(view, entry))}); however it was read at ${placeName(view, read)} and never there.`,
    evidence: { acked: placeOf(view, acked), read: placeOf(view, read) },
    witness: inOrder(linesOfRecord(view, record)),
  }),
});
