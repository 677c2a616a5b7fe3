import { oncePer } from '../../lib/once-per.ts';
import { pushTo } from '../../lib/push-to.ts';
import type { Check, Found } from '../check.ts';
import { isSurelyAfter, type Moment, sentAt } from '../index/clocks.ts';
import { isOpenShard } from '../index/families.ts';
import { isFiltering } from '../index/filtering.ts';
import { deliveryColumns } from '../index/pages.ts';
import { blameOf, isRetainedAt } from '../index/presence.ts';
import { isImported } from '../index/sending-order.ts';
import { startOf } from '../index/start-of.ts';
import type { Chain, Reshard, Snapshot } from '../index/tables.ts';
import { isOk, knownAt, putLine, type View } from '../index/view.ts';
import {
  atLine,
  inOrder,
  lineOfRead,
  linesOfAck,
  linesOfEntry,
  placeName,
  placeOf,
  readerName,
  shardName,
} from './phrases.ts';
import { closedSince } from './write-to-closed.ts';

/**
 * B8: no next iterator, though the shard was open, or has a record above the last one delivered that somebody read. A
 * record that nobody ever read is `lost-write`. Contract, 19.
 */
export const prematureShardEnd: Check = {
  summary: 'a shard is reported as ended although it is open or has more records',
  source:
    '"If the shard has been closed, the shard iterator can\'t return more data and GetRecords returns null in NextShardIterator" (SDK, GetRecords)',
  example: 'NextShardIterator is null behind 20; 30 is acknowledged in the same shard',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The engine ends iterators of a shard as soon as a reshard begins.',
    'A page of the parent was lost while its shard was closing (kinesis-mock#413).',
  ],
  todo: [
    'Read the shard again from its last record after the reshard.',
    'Compare the end with the last number that was acknowledged there.',
  ],
  find: function* (view: View): Generator<Found> {
    for (const chain of view.tables.chains) {
      const page = chain.pages.find((one) => view.tables.pageMore.at(one) === 2);
      if (page === undefined) continue;
      const unread = firstUnread(view, chain, page);
      const open = unread >= 0 ? undefined : openSince(view, chain.shard, toldAt(view, page));
      if (unread >= 0 || open !== undefined) yield found(view, { chain, page, unread, open });
    }
  },
};

/** What shows that the shard was open when its end was reported, or later. */
type Open = {
  readonly says: string;
  readonly lines: readonly number[];
  readonly evidence: Readonly<Record<string, unknown>>;
};

const toldAt = ({ tables }: View, page: number): Moment => ({
  line: tables.pageLine.at(page),
  t: tables.pageT.at(page),
});

const openSince = (view: View, shard: number, told: Moment): Open | undefined => {
  const list = listedOpen(view, shard, told);
  if (list !== undefined)
    return {
      says: `the topology on ${atLine(list.line)} says that the shard is open`,
      lines: [list.line],
      evidence: { open: true },
    };
  if (closing(view, shard).some(({ line }) => line < told.line)) return undefined;
  return tookRecord(view, shard, told) ?? closedLater(view, shard, told);
};

/** A put that was sent after the end was reported was acknowledged in the shard, before that was shown closed. */
const tookRecord = (view: View, shard: number, told: Moment): Open | undefined => {
  const entry = lastTaken(view).get(shard);
  if (entry === undefined || isImported(view) || !isSurelyAfter(view, sentAt(view, entry), told)) return undefined;
  const place = view.positions.ofEntry[entry] ?? -1;
  return {
    says: `${placeName(view, place)} was acknowledged to a put that was sent later (${atLine(putLine(view, entry))})`,
    lines: linesOfEntry(view, entry),
    evidence: { acknowledged: placeOf(view, place) },
  };
};

/** By shard: the last put that was acknowledged there, of those that were sent before it was shown closed. */
const lastTaken = oncePer((view: View): ReadonlyMap<number, number> => {
  const closed = closedSince(view);
  const made = new Map<number, number>();
  for (let entry = 0; entry < view.tables.entryOp.length; entry += 1) {
    const shard = view.tables.entryShard.at(entry);
    if (isOk(view, entry) && putLine(view, entry) < (closed.get(shard)?.line ?? Number.POSITIVE_INFINITY))
      made.set(shard, entry);
  }
  return made;
});

/** The shard was split or merged by a call that was made after its end was reported. */
const closedLater = (view: View, shard: number, told: Moment): Open | undefined => {
  const reshard = closing(view, shard).find(
    (one) =>
      isSurelyAfter(view, one, told) &&
      one.line < one.doneLine &&
      one.result === 'ok' &&
      one.action !== 'UpdateShardCount',
  );
  if (reshard === undefined) return undefined;
  const { action, line, doneLine, id } = reshard;
  return {
    says: `${action} was called for it only later (${atLine(line)}), and was done`,
    lines: [line, doneLine],
    evidence: { reshard: id },
  };
};

/**
 * The list that shows the shard open: the last one, or one that was made after the end was reported. A closed shard
 * never opens again.
 */
const listedOpen = (view: View, shard: number, told: Moment): Snapshot | undefined => {
  const { snapshots } = view.tables;
  const known = view.lineage.shards[shard];
  if (known?.isListed === true && !known.isClosedAtEnd && !mayBeClosedSince(view, shard)) return snapshots.at(-1);
  const name = shardName(view, shard);
  return snapshots.find(
    ({ line, event }) =>
      isSurelyAfter(view, { line, t: event.t }, told) &&
      (event.status ?? 'ACTIVE') === 'ACTIVE' &&
      event.shards.some((one) => one.shard === name && isOpenShard(one)) &&
      !mayBeClosedBefore(view, shard, line),
  );
};

/**
 * True if a reshard that may have closed the shard was called after the last list, and did not fail: the run died
 * before the next list. Then the last list proves nothing.
 */
const mayBeClosedSince = (view: View, shard: number): boolean => {
  const listed = view.tables.snapshots.at(-1)?.line ?? 0;
  return closing(view, shard).some(({ line }) => line > listed);
};

/**
 * The same for an earlier list: a reader may already see a reshard that was called before the list. A finished
 * UpdateShardCount does not close the shards that it made.
 */
const mayBeClosedBefore = (view: View, shard: number, listed: number): boolean =>
  closing(view, shard).some(
    ({ line, doneLine, result, action }) =>
      line < listed && !(action === 'UpdateShardCount' && result === 'ok' && doneLine < listed),
  );

type Closing = { readonly byShard: ReadonlyMap<string, readonly Reshard[]>; readonly ofAny: readonly Reshard[] };
/** The reshards that may have closed a shard, in the order of their calls. UpdateShardCount names none. */
const closing = (view: View, shard: number): readonly Reshard[] => {
  const { byShard, ofAny } = closingOf(view);
  const own = byShard.get(shardName(view, shard)) ?? [];
  return ofAny.length === 0 ? own : [...own, ...ofAny].sort((a, b) => a.line - b.line);
};

const closingOf = oncePer((view: View): Closing => {
  const byShard = new Map<string, Reshard[]>();
  const all = [...view.tables.reshards.values()].filter(({ result }) => result !== 'fail');
  for (const reshard of all) {
    if (reshard.action === 'UpdateShardCount') continue;
    for (const shard of new Set(reshard.shards)) pushTo(byShard, shard, reshard);
  }
  return { byShard, ofAny: all.filter(({ action }) => action === 'UpdateShardCount') };
});

/**
 * Returns the lowest place that was read, is above all that the chain delivered (or its start), and was owed by its
 * last page or filled later. -1: none.
 */
const firstUnread = (view: View, chain: Chain, page: number): number => {
  if (isFiltering(view.tables, chain.reader)) return -1;
  const last = view.positions.first.at(chain.shard) + view.positions.size.at(chain.shard) - 1;
  let high = -1;
  for (const position of deliveryColumns(view, chain).positions) high = Math.max(high, position);
  const start = high >= 0 ? { from: high + 1 } : startOf(view, chain);
  if (start === undefined) return -1;
  for (let position = start.from; position <= last; position += 1) {
    if (view.positions.readHead.at(position) < 0 || start.owes?.(position) === false) continue;
    if (isRetainedAt(view, knownAt(view, position), view.tables.pageT0.at(page))) return position;
  }
  return -1;
};

type Told = {
  readonly chain: Chain;
  readonly page: number;
  readonly unread: number;
  readonly open: Open | undefined;
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
    const what = open?.says ?? `${placeName(view, unread)} lies above all that it received`;
    return {
      sentence: `Reader ${reader} was told on ${atLine(line)} that ${shardName(view, chain.shard)} is at its end; however ${what}.`,
      evidence: {
        reader,
        shard: shardName(view, chain.shard),
        ...(open?.evidence ?? { unread: placeOf(view, unread) }),
      },
      witness: inOrder([...(open?.lines ?? [...linesOfAck(view, unread), ...lineOfRead(view, unread)]), line]),
    };
  },
});
