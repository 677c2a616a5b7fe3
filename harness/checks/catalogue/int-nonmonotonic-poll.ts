import type { Check, Found } from '../check.ts';
import { pageReads } from '../index/pages.ts';
import { blameOf } from '../index/presence.ts';
import type { View } from '../index/view.ts';
import { atLine, placeName, placeOf, readerName } from './phrases.ts';

/** B1: two neighbours of one page, the later one not above the earlier one. */
export const intNonmonotonicPoll: Check = {
  summary: 'one page delivers records out of sequence-number order',
  source:
    '"records that Kinesis Data Streams receives through a GetRecords call are strictly ordered by sequence number" (developer guide, producers with the SDK)',
  example: 'one GetRecords answer holds 1, 3, 2',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The engine compares numbers as text, or keeps records in the order in which threads stored them.',
    'A recorder merged two pages.',
  ],
  todo: [
    'Check that the page of the finding is one answer of GetRecords.',
    'Report it: the order inside a page is promised.',
  ],
  about: ['reading'],
  find: function* (view: View): Generator<Found> {
    for (const { page, chain, reads } of pageReads(view)) {
      for (let index = 1; index < reads.length; index += 1) {
        const before = view.positions.ofRead[reads.start + index - 1] ?? -1;
        const after = view.positions.ofRead[reads.start + index] ?? -1;
        if (after > before) continue;
        const { reader, shard } = chain;
        const line = view.tables.pageLine.at(page);
        yield {
          kind: null,
          blame: blameOf(view, reader),
          positions: [after],
          shards: [shard],
          page,
          pages: [page],
          chain: view.tables.pageChain.at(page),
          tell: () => ({
            sentence: `Reader ${readerName(view, reader)} got ${placeName(view, before)} and right behind it, in the same page (${atLine(line)}), ${placeName(view, after)}: a page is promised in strictly ascending order.`,
            evidence: { reader: readerName(view, reader), before: placeOf(view, before), after: placeOf(view, after) },
            witness: [line],
          }),
        };
      }
    }
  },
};
