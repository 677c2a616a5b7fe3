import type { Check, Found } from './check.ts';
import { pagesOf } from './view/pages.ts';
import { blameOf, firstAckT } from './view/presence.ts';
import { settleOf } from './view/settle.ts';
import { recordsAt, type View } from './view/view.ts';
import { atLine, inOrder, linesOfAck, placeName, placeOf, readerName } from './words.ts';

/** B7: "nothing behind" was said, though a record that had been acknowledged for longer than the settle time was still to come in the same chain. */
export const bookmarkBroken: Check = {
  summary: 'a reader is told that it has caught up, and is given an older record later',
  source:
    '"MillisBehindLatest … a value of zero indicates that record processing is caught up" (SDK, GetRecordsOutput); reads are eventually consistent',
  example: 'acknowledged at 1 s; at 9 s a page says behind 0; at 10 s the record comes',
  expect: 'allow',
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  find: function* (view: View): Generator<Found> {
    const settle = settleOf(view.tables.head);
    for (const [id, chain] of view.tables.chains.entries()) {
      let caughtUp = -1;
      for (const { page, reads } of pagesOf(view, chain)) {
        const caughtUpT0 = caughtUp < 0 ? Number.NEGATIVE_INFINITY : view.tables.pageT0.at(caughtUp);
        for (let read = reads.start; caughtUp >= 0 && read < reads.start + reads.length; read += 1) {
          const position = view.positions.ofRead[read] ?? -1;
          if (firstAckT(view, position) + settle >= caughtUpT0) continue;
          yield found(view, { id, reader: chain.reader, position, caughtUp, page });
        }
        if (view.tables.pageBehind.at(page) === 0) caughtUp = page;
      }
    }
  },
};

type Late = {
  readonly id: number;
  readonly reader: number;
  readonly position: number;
  readonly caughtUp: number;
  readonly page: number;
};

const found = (view: View, { id, reader, position, caughtUp, page }: Late): Found => ({
  kind: null,
  blame: blameOf(view, reader),
  positions: [position],
  records: recordsAt(view, position),
  shards: [view.positions.shard.at(position)],
  chain: id,
  page,
  tell: () => {
    const [early, late] = [view.tables.pageLine.at(caughtUp), view.tables.pageLine.at(page)];
    return {
      sentence: `Reader ${readerName(view, reader)} was told on ${atLine(early)} that nothing is behind it; however ${placeName(view, position)}, acknowledged long before, was delivered on ${atLine(late)}.`,
      evidence: { reader: readerName(view, reader), ...placeOf(view, position) },
      witness: inOrder([...linesOfAck(view, position), early, late]),
    };
  },
});
