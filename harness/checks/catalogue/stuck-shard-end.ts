import type { Check, Found } from '../check.ts';
import { clockSkewOf, isTimeless, unknownWithoutClock } from '../index/clocks.ts';
import { deliveryColumns } from '../index/pages.ts';
import { blameOf } from '../index/presence.ts';
import { settleOf } from '../index/settle-of.ts';
import type { Chain } from '../index/tables.ts';
import type { View } from '../index/view.ts';
import { atLine, inOrder, millisecondWords, readerName, shardName } from './phrases.ts';

/** B8: a closed shard, all of it delivered, and still a next iterator after the settle time. */
export const stuckShardEnd: Check = {
  summary: 'a closed shard was read to its last record, but its iterators never end',
  source:
    '"If the shard has been closed … GetRecords returns null in NextShardIterator" (SDK, GetRecords); nothing says how soon',
  example: 'a split closes the shard; seconds after its last record there are still next iterators',
  expect: 'allow',
  streaming: 'settled',
  causes: [
    'The engine never ends the iterators of a closed, empty shard (spring-integration-aws#177).',
    'The end comes late: nothing says how soon it must.',
  ],
  todo: [
    'Call ListShards in the consumer, and stop at the ending sequence number of the shard.',
    'Raise tolerances.settleMs if the end only comes late.',
  ],
  notApplicable: (view) =>
    isTimeless(view) && !hasNext(view) ? 'no page says that a next iterator came with it' : undefined,
  unknown: (view) => unknownWithoutClock(view),
  find: function* (view: View): Generator<Found> {
    if (isTimeless(view)) return;
    for (const segment of view.segments) {
      if (view.lineage.shards[segment.shard]?.isClosedAtEnd !== true) continue;
      // The last place that these iterators have read, one after the other.
      let high = -1;
      for (const id of segment.chains) {
        const chain = view.tables.chains[id];
        if (chain === undefined) continue;
        for (const position of deliveryColumns(view, chain).positions) high = Math.max(high, position);
        const stuck = stuckOf(view, chain, high);
        if (stuck !== undefined) yield found(view, chain, stuck);
      }
    }
  },
};

const hasNext = ({ tables: { pageMore } }: View): boolean => {
  for (let page = 0; page < pageMore.length; page += 1) if (pageMore.at(page) === 1) return true;
  return false;
};

type Stuck = { readonly reached: number; readonly page: number; readonly waited: number };

/**
 * An iterator that has nothing left to read of a closed shard, got no end of the shard, and was used for longer than
 * the settle time.
 */
const stuckOf = (view: View, { shard, pages }: Chain, high: number): Stuck | undefined => {
  const { pageFailed, pageMore, pageT } = view.tables;
  // A failed page says nothing about the end of the shard.
  const page = pages.findLast((one) => pageFailed.at(one) === 0);
  const size = view.positions.size.at(shard);
  const last = view.positions.first.at(shard) + size - 1;
  const isEnded = pages.some((one) => pageMore.at(one) === 2);
  if (page === undefined || isEnded || pageMore.at(page) !== 1 || (size > 0 && high < last)) return undefined;
  const reached = pages.find((candidate) => delivers(view, candidate, last)) ?? pages[0] ?? page;
  const since = Math.max(view.lineage.shards[shard]?.closedT ?? 0, pageT.at(reached));
  const waited = pageT.at(page) - since;
  return waited > settleOf(view.tables.head) + clockSkewOf(view.tables.head) ? { reached, page, waited } : undefined;
};

const found = (view: View, { shard, reader }: Chain, { reached, page, waited }: Stuck): Found => ({
  kind: null,
  blame: blameOf(view, reader),
  shards: [shard],
  page,
  tell: () => ({
    sentence: `${shardName(view, shard)} is closed and reader ${readerName(view, reader)} had read its last record; however ${millisecondWords(waited / 1000)} later (${atLine(view.tables.pageLine.at(page))}) there still was a next iterator.`,
    evidence: {
      reader: readerName(view, reader),
      shard: shardName(view, shard),
      waitedMs: Math.round(waited / 1000),
    },
    witness: inOrder([
      view.lineage.shards[shard]?.closedLine ?? 0,
      view.tables.pageLine.at(reached),
      view.tables.pageLine.at(page),
    ]),
  }),
});

const delivers = (view: View, page: number, position: number): boolean => {
  const first = view.tables.pageFirst.at(page);
  for (let read = first; read < first + view.tables.pageCount.at(page); read += 1) {
    if (view.positions.ofRead[read] === position) return true;
  }
  return false;
};
