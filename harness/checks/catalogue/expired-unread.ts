import type { Check, Found } from '../check.ts';
import { isTimeless, unknownWithoutClock } from '../index/clocks.ts';
import { retentionHours, unreadRecords } from '../index/finality.ts';
import { ackLine, type View } from '../index/view.ts';
import { aboutRecord } from './about.ts';
import { atLine, firstAcked, inOrder, linesOfRecord, placeName, placeOf, recordName } from './phrases.ts';

/** C7: its retention was over before the first page of its shard was requested. Contract, 11. */
export const expiredUnread: Check = {
  summary: 'a record expired before anyone read it',
  source:
    '"data records are accessible for the retention period: 24 hours by default" (developer guide, changing the data retention period)',
  example: 'acknowledged with a retention of 24 hours; the first page of its shard is asked a day and a minute later',
  expect: 'report',
  streaming: 'settled',
  causes: ['The readers began later than the retention of the stream allows.'],
  todo: ['Raise the retention, or begin reading earlier.'],
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  unknown: (view) => unknownWithoutClock(view),
  find: function* (view: View): Generator<Found> {
    if (isTimeless(view)) return;
    for (const { record, positions, proof } of unreadRecords(view)) {
      if (proof !== 'expired') continue;
      const position = positions[0] ?? -1;
      const hours = retentionHours(view);
      yield {
        kind: null,
        blame: null,
        ...aboutRecord(view, record, positions),
        shards: [view.positions.shard.at(position)],
        tell: () => ({
          sentence: `${recordName(view, record)} was acknowledged at ${placeName(view, position)} (${atLine(ackLine(view, firstAcked(view, record)))}); the first page of that shard was asked when its ${hours} hours of retention were over.`,
          evidence: { ...placeOf(view, position), retentionHours: hours },
          witness: inOrder(linesOfRecord(view, record)),
        }),
      };
    }
  },
};
