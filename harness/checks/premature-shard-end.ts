import type { Check, Found } from './check.ts';
import { dueAt } from './view/due.ts';
import { isOpenShard } from './view/families.ts';
import { deliveryColumns } from './view/pages.ts';
import { blameOf, isRetainedAt } from './view/presence.ts';
import type { Chain, Reshard, Snapshot } from './view/tables.ts';
import { knownAt, type View } from './view/view.ts';
import { atLine, inOrder, lineOfRead, linesOfAck, placeName, placeOf, readerName, shardName } from './words.ts';

/** B8: no next iterator, though the shard is open, or holds records above the last one delivered. */
export const prematureShardEnd: Check = {
  summary: 'a shard is said to be at its end while it is open, or holds more',
  source:
    '"If the shard has been closed, the shard iterator can\'t return more data and GetRecords returns null in NextShardIterator" (SDK, GetRecords)',
  example: 'NextShardIterator is null behind 20; 30 is acknowledged in the same shard',
  expect: 'forbid',
  find: function* (view: View): Generator<Found> {
    for (const chain of view.tables.chains) {
      const page = chain.pages.find((one) => view.tables.pageMore.at(one) === 2);
      if (page === undefined) continue;
      const unread = firstUnread(view, chain, page);
      const open = unread >= 0 ? undefined : listedOpen(view, chain.shard, view.tables.pageLine.at(page));
      if (unread >= 0 || open !== undefined) yield found(view, { chain, page, unread, open });
    }
  },
};

/** The list that shows it open: the last one, or one that was made after the end was told. A shard never opens again. */
const listedOpen = (view: View, shard: number, toldLine: number): Snapshot | undefined => {
  const { snapshots } = view.tables;
  const known = view.lineage.shards[shard];
  if (known?.isListed === true && !known.isClosedAtEnd && !mayBeClosedSince(view, shard)) return snapshots.at(-1);
  const name = shardName(view, shard);
  return snapshots.find(
    ({ line, event }) =>
      line > toldLine &&
      (event.status ?? 'ACTIVE') === 'ACTIVE' &&
      event.shards.some((one) => one.shard === name && isOpenShard(one)) &&
      !mayBeClosedBefore(view, shard, line),
  );
};

/** A reshard that may have closed it was called and did not fail, and nothing was listed since: the run died first. Then open in the last list proves nothing. */
const mayBeClosedSince = (view: View, shard: number): boolean => {
  const listed = view.tables.snapshots.at(-1)?.line ?? 0;
  return closing(view, shard).some(({ line }) => line > listed);
};

/** The same of an earlier list: what was called before it may be seen by a reader first. An UpdateShardCount that was done leaves the shards alone that it made. */
const mayBeClosedBefore = (view: View, shard: number, listed: number): boolean =>
  closing(view, shard).some(
    ({ line, doneLine, result, action }) =>
      line < listed && !(action === 'UpdateShardCount' && result === 'ok' && doneLine < listed),
  );

const closing = (view: View, shard: number): readonly Reshard[] => {
  const name = shardName(view, shard);
  return [...view.tables.reshards.values()].filter(
    ({ result, action, shards }) => result !== 'fail' && (action === 'UpdateShardCount' || shards.includes(name)),
  );
};

/** The lowest place above all that the chain delivered, or from where it began, that its last page owed or that was filled later. */
const firstUnread = (view: View, chain: Chain, page: number): number => {
  const last = view.positions.first.at(chain.shard) + view.positions.size.at(chain.shard) - 1;
  let high = -1;
  for (const position of deliveryColumns(view, chain).positions) high = Math.max(high, position);
  const next = high >= 0 ? high + 1 : (dueAt(view.positions, chain) ?? last + 1);
  for (let position = next; position <= last; position += 1) {
    if (isRetainedAt(view, knownAt(view, position), view.tables.pageT0.at(page))) return position;
  }
  return -1;
};

type Told = {
  readonly chain: Chain;
  readonly page: number;
  readonly unread: number;
  readonly open: Snapshot | undefined;
};

const found = (view: View, { chain, page, unread, open }: Told): Found => ({
  kind: null,
  blame: blameOf(view, chain.reader),
  shards: [chain.shard],
  positions: unread < 0 ? [] : [unread],
  page,
  tell: () => {
    const line = view.tables.pageLine.at(page);
    const reader = readerName(view, chain.reader);
    const what =
      unread < 0
        ? `the topology on ${atLine(open?.line ?? 0)} says that the shard is open`
        : `${placeName(view, unread)} lies above all that it was given`;
    return {
      sentence: `Reader ${reader} was told on ${atLine(line)} that ${shardName(view, chain.shard)} is at its end; however ${what}.`,
      evidence: {
        reader,
        shard: shardName(view, chain.shard),
        ...(unread < 0 ? { open: true } : { unread: placeOf(view, unread) }),
      },
      witness: inOrder([
        ...(unread < 0 ? [open?.line ?? 0] : [...linesOfAck(view, unread), ...lineOfRead(view, unread)]),
        line,
      ]),
    };
  },
});
