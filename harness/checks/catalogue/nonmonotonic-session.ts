import { pushTo } from '../../lib/push-to.ts';
import type { Check, Found } from '../check.ts';
import { isFiltering } from '../index/filtering.ts';
import { Marks } from '../index/marks.ts';
import { deliveryColumns } from '../index/pages.ts';
import { isClientOf, isOwedBy } from '../index/presence.ts';
import type { Chain } from '../index/tables.ts';
import type { View } from '../index/view.ts';
import { aboutReading } from './about.ts';
import { inOrder, lineOfRead, placeName, placeOf, readerName } from './phrases.ts';

/**
 * B9: a later chain of a reader caught up, or ended, without a record of its own coverage that an earlier chain had
 * delivered. Contract, 12.
 */
export const nonmonotonicSession: Check = {
  summary: 'a restarted reader no longer receives records that it received before',
  source: 'monotonic reads; AWS promises only that reads are eventually consistent',
  example:
    'the first iterator delivers 1, 2, 3; the second one, from the beginning too, delivers 1, 3 and has caught up',
  expect: 'allow',
  streaming: 'settled',
  causes: ['The second iterator was served by a replica that is behind.', 'Records expired between the two passes.'],
  todo: [
    'Read on until the record is there: reads are eventually consistent.',
    'Keep a checkpoint, and do not begin again from the beginning.',
  ],
  about: ['reading'],
  find: function* (view: View): Generator<Found> {
    const groups = new Map<string, number[]>();
    view.tables.chains.forEach((chain, id) => {
      if (isClientOf(view, chain.reader) || isFiltering(view.tables, chain.reader)) return;
      const name = `${chain.reader} ${chain.shard}`;
      pushTo(groups, name, id);
    });
    for (const chains of groups.values()) if (chains.length > 1) yield* sessionOf(view, chains);
  },
};

function* sessionOf(view: View, chains: readonly number[]): Generator<Found> {
  const shard = view.tables.chains[chains[0] ?? -1]?.shard ?? -1;
  const first = view.positions.first.at(shard);
  // Places that an earlier chain delivered, and that no later one was found to have left out.
  const before = new Marks(view.positions.size.at(shard));
  const said = new Set<number>();
  for (const id of chains) {
    const chain = view.tables.chains[id];
    if (chain === undefined) continue;
    const mine = new Set(deliveryColumns(view, chain).positions);
    const [from, to] = isCaughtUp(view, chain) ? coveredBy(view, chain, mine) : [0, -1];
    for (let at = before.next(from - first); at >= 0 && first + at <= to; at = before.next(at + 1)) {
      if (mine.has(first + at) || !isOwedBy(view, first + at, chain)) continue;
      said.add(first + at);
      before.clear(at);
      yield found(view, id, first + at);
    }
    for (const position of mine) if (!said.has(position)) before.mark(position - first);
  }
}

const isCaughtUp = (view: View, chain: Chain): boolean =>
  chain.pages.some((page) => view.tables.pageBehind.at(page) === 0 || view.tables.pageMore.at(page) === 2);

/** First and last place of a chain's own coverage. */
const coveredBy = (view: View, chain: Chain, mine: ReadonlySet<number>): readonly [number, number] => {
  const first = view.positions.first.at(chain.shard);
  let [low, high] = [Number.POSITIVE_INFINITY, -1];
  for (const position of mine) {
    low = Math.min(low, position);
    high = Math.max(high, position);
  }
  const isFromTrim = chain.from.type === 'TRIM_HORIZON';
  if (high < 0 && !isFromTrim) return [0, -1];
  const isEnded = chain.pages.some((page) => view.tables.pageMore.at(page) === 2);
  return [isFromTrim ? first : low, isEnded ? first + view.positions.size.at(chain.shard) - 1 : high];
};

const found = (view: View, id: number, position: number): Found => {
  const chain = view.tables.chains[id];
  const reader = chain?.reader ?? -1;
  return {
    ...aboutReading(view, reader, position),
    chain: id,
    tell: () => ({
      sentence: `Reader ${readerName(view, reader)} received ${placeName(view, position)}; however a later iterator of it went through that place, caught up, and did not receive it again.`,
      evidence: { reader: readerName(view, reader), ...placeOf(view, position) },
      witness: inOrder([
        ...lineOfRead(view, position, reader),
        ...(chain?.pages ?? []).slice(-2).map((page) => view.tables.pageLine.at(page)),
      ]),
    }),
  };
};
