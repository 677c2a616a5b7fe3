import type { Check, Found } from '../check.ts';
import { attemptsOf, isOk, isOpen, isWorkload, type View } from '../index/view.ts';
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
} from './phrases.ts';

/** C5: a record was stored, though no put of it was acknowledged. */
export const recovered: Check = {
  summary: 'a record whose puts all had an unknown outcome was stored after all',
  source:
    'after a timeout "the record … may have been delivered" (developer guide, handling duplicate records: producer retries)',
  example: 'the put of #3 times out and is not sent again; a reader delivers #3',
  expect: 'report',
  streaming: 'set-aside',
  causes: ['The call timed out at the client and was stored all the same.'],
  todo: ['Nothing is wrong. Know that a timeout says nothing about the outcome.'],
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  find: function* (view: View): Generator<Found> {
    for (const record of view.odd.records) {
      if (view.recordReadHead.at(record) < 0 || view.attemptHead.at(record) < 0 || !isWorkload(view, record)) continue;
      const attempts = [...attemptsOf(view, record)];
      if (attempts.some((entry) => isOk(view, entry)) || !attempts.some((entry) => isOpen(view, entry))) continue;
      const position = view.firstSeen.at(record);
      yield {
        kind: null,
        blame: null,
        ...aboutRecord(view, record, [position]),
        tell: () => ({
          sentence: `No put of ${recordName(view, record)} was acknowledged, and at least one had an unknown outcome${quoteOf(failuresOf(view, record))}; it was stored, at ${placeName(view, position)}.`,
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
