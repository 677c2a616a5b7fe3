import type { Check, Found } from '../check.ts';
import { pagesOf } from '../index/pages.ts';
import { blameOf } from '../index/presence.ts';
import type { View } from '../index/view.ts';
import { atLine, placeName, placeOf, readerName } from './phrases.ts';

/** B2: a page begins below the last record of the page before it in the same chain. */
export const nonmonotonicPoll: Check = {
  summary: 'the next page of an iterator starts below the end of the page before it',
  source:
    '"records that Kinesis Data Streams receives through a GetRecords call are strictly ordered by sequence number" (developer guide, producers with the SDK)',
  example: 'GetRecords answers 1, 2, 3; its NextShardIterator answers 2',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The reader used an older iterator again, after an error or an expiry.',
    'NextShardIterator of the engine points before the page (kinesis-mock#1186).',
  ],
  todo: [
    'Keep only the newest iterator of a shard.',
    'After an expiry ask AFTER_SEQUENCE_NUMBER of the last delivered record.',
  ],
  about: ['reading'],
  find: function* (view: View): Generator<Found> {
    for (const [id, chain] of view.tables.chains.entries()) {
      let last = -1;
      let lastPage = -1;
      for (const { page, reads } of pagesOf(view, chain)) {
        if (reads.length === 0) continue;
        const first = view.positions.ofRead[reads.start] ?? -1;
        if (last >= 0 && first < last) yield found(view, id, { page, lastPage, first, last });
        last = view.positions.ofRead[reads.start + reads.length - 1] ?? -1;
        lastPage = page;
      }
    }
  },
};

type Turn = { readonly page: number; readonly lastPage: number; readonly first: number; readonly last: number };

const found = (view: View, chain: number, { page, lastPage, first, last }: Turn): Found => {
  const reader = view.tables.chains[chain]?.reader ?? -1;
  const lines = [view.tables.pageLine.at(lastPage), view.tables.pageLine.at(page)];
  return {
    kind: null,
    blame: blameOf(view, reader),
    positions: [first],
    shards: [view.positions.shard.at(first)],
    chain,
    page,
    pages: [lastPage, page],
    tell: () => ({
      sentence: `Reader ${readerName(view, reader)}'s page on ${atLine(lines[0] ?? 0)} ended at ${placeName(view, last)}; however the next page of the same iterator (${atLine(lines[1] ?? 0)}) begins at ${placeName(view, first)}, which lies before it.`,
      evidence: { reader: readerName(view, reader), last: placeOf(view, last), first: placeOf(view, first) },
      witness: lines,
    }),
  };
};
