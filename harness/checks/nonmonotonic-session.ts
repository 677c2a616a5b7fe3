import { pushTo } from '../lib/push-to.ts';
import type { Check, Found } from './check.ts';
import { deliveryColumns } from './view/pages.ts';
import { blameOf } from './view/presence.ts';
import type { Chain } from './view/tables.ts';
import { recordsAt, type View } from './view/view.ts';
import { inOrder, lineOfRead, placeName, placeOf, readerName } from './words.ts';

/** B9: a later chain of a reader caught up, or ended, without a record of its own coverage that an earlier chain had delivered. Contract, 12. */
export const nonmonotonicSession: Check = {
  summary: 'a reader that starts again is no longer given what it was given before',
  source: 'monotonic reads; AWS promises only that reads are eventually consistent',
  example:
    'the first iterator delivers 1, 2, 3; the second one, from the beginning too, delivers 1, 3 and has caught up',
  expect: 'allow',
  find: function* (view: View): Generator<Found> {
    const groups = new Map<string, number[]>();
    view.tables.chains.forEach((chain, id) => {
      const name = `${chain.reader} ${chain.shard}`;
      pushTo(groups, name, id);
    });
    for (const chains of groups.values()) if (chains.length > 1) yield* sessionOf(view, chains);
  },
};

function* sessionOf(view: View, chains: readonly number[]): Generator<Found> {
  const before = new Set<number>();
  const said = new Set<number>();
  for (const id of chains) {
    const chain = view.tables.chains[id];
    if (chain === undefined) continue;
    const { positions } = deliveryColumns(view, chain);
    const mine = new Set(positions);
    if (before.size > 0 && isCaughtUp(view, chain)) {
      for (const position of missing(view, chain, before, mine)) {
        if (said.has(position)) continue;
        said.add(position);
        yield found(view, id, position);
      }
    }
    for (const position of mine) before.add(position);
  }
}

const isCaughtUp = (view: View, chain: Chain): boolean =>
  chain.pages.some((page) => view.tables.pageBehind.at(page) === 0 || view.tables.pageMore.at(page) === 2);

function* missing(view: View, chain: Chain, before: ReadonlySet<number>, mine: ReadonlySet<number>): Generator<number> {
  const isEnded = chain.pages.some((page) => view.tables.pageMore.at(page) === 2);
  const isFromTrim = chain.from.type === 'TRIM_HORIZON';
  let low = Number.POSITIVE_INFINITY;
  let high = -1;
  for (const position of mine) {
    low = Math.min(low, position);
    high = Math.max(high, position);
  }
  for (const position of before) {
    const isCovered = (isFromTrim || position >= low) && (isEnded || position <= high);
    if (isCovered && !mine.has(position)) yield position;
  }
}

const found = (view: View, id: number, position: number): Found => {
  const chain = view.tables.chains[id];
  const reader = chain?.reader ?? -1;
  return {
    kind: null,
    blame: blameOf(view, reader),
    positions: [position],
    records: recordsAt(view, position),
    shards: [view.positions.shard.at(position)],
    chain: id,
    tell: () => ({
      sentence: `Reader ${readerName(view, reader)} was given ${placeName(view, position)}; however a later iterator of it went through that place, caught up, and was not given it again.`,
      evidence: { reader: readerName(view, reader), ...placeOf(view, position) },
      witness: inOrder([
        ...lineOfRead(view, position, reader),
        ...(chain?.pages ?? []).slice(-2).map((page) => view.tables.pageLine.at(page)),
      ]),
    }),
  };
};
