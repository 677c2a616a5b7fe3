import type { Check, Found } from '../check.ts';
import { ackLine, putLine, type View } from '../index/view.ts';
import { withoutPlaces } from '../index/without-places.ts';
import { type Mismatch, mismatches } from './ack-mismatch.ts';
import { atLine, inOrder, lineOfRead, linesOfEntry, placeOf, recordName } from './phrases.ts';

/**
 * A10: the places that one PutRecords acknowledged are the places at which its records were read, but assigned to the
 * wrong records.
 */
export const responseMisalignment: Check = {
  summary: 'the results of a PutRecords are in another order than its entries',
  source:
    '"Each record in the response array directly correlates with a record in the request array using natural ordering" (SDK, PutRecords)',
  example: '#0 and #1 of one call are acknowledged at 10 and 20, and read at 20 and 10',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The engine sorts or groups the entries of a call by shard, and answers in that order (kinesis-mock#151).',
    'A client library sorts the results.',
  ],
  todo: [
    'Do not match results to records by their index on this engine: a retry would send the wrong records.',
    'Send single PutRecord calls until it is mended.',
  ],
  notApplicable: (view) => (view.hasPuts ? withoutPlaces(view) : 'puts were not recorded'),
  find: function* (view: View): Generator<Found> {
    const calls = new Map<number, Mismatch[]>();
    for (const mismatch of mismatches(view)) {
      const op = view.tables.entryOp.at(mismatch.entry);
      const list = calls.get(op);
      if (list === undefined) calls.set(op, [mismatch]);
      else list.push(mismatch);
    }
    for (const list of calls.values()) {
      const acked = new Set(list.map(({ acked }) => acked));
      const permuted = list.filter(({ read }) => acked.has(read));
      if (list.length > 1 && permuted.length === list.length) yield found(view, list);
    }
  },
};

const found = (view: View, list: readonly Mismatch[]): Found => ({
  kind: null,
  blame: 'service-write',
  records: list.map(({ record }) => record),
  entries: list.map(({ entry }) => entry),
  positions: list.map(({ acked }) => acked),
  shards: [...new Set(list.map(({ acked }) => view.positions.shard.at(acked)))],
  tell: () => {
    const [first] = list;
    const entry = first?.entry ?? -1;
    return {
      sentence: `The PutRecords of ${atLine(putLine(view, entry))} was answered (${atLine(ackLine(view, entry))}) with the places of its own records, but for ${list.length} of them those of another entry: ${recordName(view, first?.record ?? -1)} among them.`,
      evidence: {
        entries: list.slice(0, 8).map(({ record, acked, read }) => ({
          record: recordName(view, record),
          acked: placeOf(view, acked),
          read: placeOf(view, read),
        })),
      },
      witness: inOrder([
        ...linesOfEntry(view, entry),
        ...list.slice(0, 4).flatMap(({ read }) => lineOfRead(view, read)),
      ]),
    };
  },
});
