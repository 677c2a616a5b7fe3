import type { Check, Found } from './check.ts';
import { blameOf } from './view/presence.ts';
import { settleOf } from './view/settle.ts';
import type { View } from './view/view.ts';
import { atLine, readerName, shardName } from './words.ts';

/** B8: a closed shard, all of it delivered, and still a next iterator after the settle time. */
export const stuckShardEnd: Check = {
  summary: 'a closed shard that was read to its last record never ends',
  source:
    '"If the shard has been closed … GetRecords returns null in NextShardIterator" (SDK, GetRecords); nothing says how soon',
  example: 'a split closes the shard; seconds after its last record the iterators still go on',
  expect: 'allow',
  find: function* (view: View): Generator<Found> {
    const settle = settleOf(view.tables.head);
    for (const segment of view.segments) {
      const shard = view.lineage.shards[segment.shard];
      const pages = view.tables.chains[segment.chains.at(-1) ?? -1]?.pages ?? [];
      // An iterator that ended in an error told nothing with it.
      const page = pages.findLast((one) => view.tables.pageFailed.at(one) === 0);
      if (segment.isEnded || shard?.isClosedAtEnd !== true || page === undefined) continue;
      const last = view.positions.first.at(segment.shard) + view.positions.size.at(segment.shard) - 1;
      if (view.tables.pageMore.at(page) !== 1 || segment.high < last) continue;
      const reached = pages.find((candidate) => delivers(view, candidate, last)) ?? pages[0] ?? page;
      const since = Math.max(shard.closedT, view.tables.pageT.at(reached));
      const waited = view.tables.pageT.at(page) - since;
      if (waited <= settle) continue;
      yield {
        kind: null,
        blame: blameOf(view, segment.reader),
        shards: [segment.shard],
        page,
        tell: () => ({
          sentence: `${shardName(view, segment.shard)} is closed and reader ${readerName(view, segment.reader)} had read its last record; however ${Math.round(waited / 1000)} ms later (${atLine(view.tables.pageLine.at(page))}) there still was a next iterator.`,
          evidence: {
            reader: readerName(view, segment.reader),
            shard: shardName(view, segment.shard),
            waitedMs: Math.round(waited / 1000),
          },
          witness: [shard.closedLine, view.tables.pageLine.at(reached), view.tables.pageLine.at(page)].filter(
            (line) => line > 0,
          ),
        }),
      };
    }
  },
};

const delivers = (view: View, page: number, position: number): boolean => {
  const first = view.tables.pageFirst.at(page);
  for (let read = first; read < first + view.tables.pageCount.at(page); read += 1) {
    if (view.positions.ofRead[read] === position) return true;
  }
  return false;
};
