import type { Check, Found } from '../check.ts';
import { outcome } from '../index/tables.ts';
import { attemptsOf, isWorkload, type View } from '../index/view.ts';
import { aboutRecord } from './about.ts';
import {
  failureFields,
  failuresOf,
  inOrder,
  linesOfRecord,
  placeName,
  placeOf,
  quoteOf,
  recordName,
  several,
} from './phrases.ts';

/** A7, G1a: read, though every put of it definitely failed. */
export const abortedRead: Check = {
  summary: 'a record is read although every put of it was refused',
  source:
    'an entry with an ErrorCode "was not successfully added to the stream" (SDK, PutRecords: "unsuccessfully processed records")',
  example: '#3 is answered ProvisionedThroughputExceededException and not sent again; a reader delivers it',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The engine stored an entry and answered with an error for it.',
    'A proxy or a fault answered in the place of the service.',
  ],
  todo: [
    'Treat this error as an unknown outcome on this engine.',
    'Report it with the request id and the error of the answer.',
  ],
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  find: function* (view: View): Generator<Found> {
    for (const record of view.odd.records) {
      if (view.recordReadHead.at(record) < 0 || view.attemptHead.at(record) < 0 || !isWorkload(view, record)) continue;
      const attempts = [...attemptsOf(view, record)];
      if (attempts.some((entry) => view.tables.entryStatus.at(entry) !== outcome.fail)) continue;
      const position = view.firstSeen.at(record);
      yield {
        kind: null,
        blame: 'service-write',
        ...aboutRecord(view, record, [position]),
        tell: () => ({
          sentence: `${several(attempts.length, 'put')} of ${recordName(view, record)} definitely failed${quoteOf(failuresOf(view, record))}, and there was no other; however it was read at ${placeName(view, position)}.`,
          evidence: {
            ...placeOf(view, position),
            attempts: attempts.length,
            ...failureFields(failuresOf(view, record)),
          },
          witness: inOrder(linesOfRecord(view, record)),
        }),
      };
    }
  },
};
