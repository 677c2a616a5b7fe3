import type { Check, Found } from '../check.ts';
import { unreadRecords } from '../index/finality.ts';
import { ackLine, type View } from '../index/view.ts';
import { aboutRecord } from './about.ts';
import { whereUnread } from './not-read.ts';
import { atLine, firstAcked, inOrder, linesOfRecord, placeName, placeOf, recordName } from './phrases.ts';

/**
 * C3: acknowledged and not read, without proof that it is gone. It is reported, never a violation: readers may not
 * have read far enough.
 */
export const unseen: Check = {
  summary: 'an acknowledged record was not read, and no reader provably went past it',
  source: 'no promise is broken: reading stopped too early to know whether the record is lost',
  example: '#3 is acknowledged at 30; the readers stop at 20',
  expect: 'report',
  streaming: 'set-aside',
  causes: [
    'Reading ended before it came to the record.',
    'The run was interrupted.',
    'No sentinel was written, so nobody can say that the reader went past.',
  ],
  todo: [
    'Let the final reader run on, or raise budget.drainMs.',
    'Use a stream that the tool may write its sentinels to (--seal).',
  ],
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  find: function* (view: View): Generator<Found> {
    for (const { record, positions, proof } of unreadRecords(view)) {
      if (proof !== 'unseen') continue;
      const position = positions[0] ?? -1;
      yield {
        kind: null,
        blame: null,
        ...aboutRecord(view, record, positions),
        shards: [view.positions.shard.at(position)],
        tell: () => ({
          sentence: `${recordName(view, record)} was acknowledged at ${placeName(view, position)} (${atLine(ackLine(view, firstAcked(view, record)))}) and was not read; ${whereWords(view, record)}no final reader has provably gone past it, so it may be lost or only unread.`,
          evidence: placeOf(view, position),
          witness: inOrder(linesOfRecord(view, record)),
        }),
      };
    }
  },
};

const whereWords = (view: View, record: number): string => {
  const { where, by } = whereUnread(view, record);
  if (where === 'passed') return `${by} was given a later record of that shard, and `;
  if (where === 'never') return 'nobody was given anything of that shard, and ';
  if (where === 'head') return 'reading of that shard began behind it, and ';
  return where === 'tail' ? 'reading of that shard ended before it, and ' : '';
};
