import type { Check, Found } from './check.ts';
import type { Segment } from './view/coverage.ts';
import { knownAt, roleOf, type View } from './view/view.ts';
import { atLine, inOrder, lineOfRead, linesOfAck, placeName, placeOf, readerName, shardName } from './words.ts';

/** B8: no next iterator, though the shard is open, or holds records above the last one delivered. */
export const prematureShardEnd: Check = {
  summary: 'a shard is said to be at its end while it is open, or holds more',
  source:
    '"If the shard has been closed, the shard iterator can\'t return more data and GetRecords returns null in NextShardIterator" (SDK, GetRecords)',
  example: 'NextShardIterator is null behind 20; 30 is acknowledged in the same shard',
  expect: 'forbid',
  find: function* (view: View): Generator<Found> {
    for (const segment of view.segments) {
      if (!segment.isEnded) continue;
      const shard = view.lineage.shards[segment.shard];
      const isOpen = shard?.isListed === true && !shard.isClosedAtEnd && !mayBeClosedSince(view, segment.shard);
      const unread = firstUnread(view, segment);
      if (isOpen || unread >= 0) yield found(view, segment, unread);
    }
  },
};

/** A reshard that may have closed it was called and did not fail, and nothing was listed since: the run died first. Then open in the last list proves nothing. */
const mayBeClosedSince = (view: View, shard: number): boolean => {
  const listed = view.tables.snapshots.at(-1)?.line ?? 0;
  const name = shardName(view, shard);
  return [...view.tables.reshards.values()].some(
    ({ line, result, action, shards }) =>
      line > listed && result !== 'fail' && (action === 'UpdateShardCount' || shards.includes(name)),
  );
};

/** The lowest place above all that the segment delivered, known to hold a record. */
const firstUnread = (view: View, segment: Segment): number => {
  const first = view.positions.first.at(segment.shard);
  const last = first + view.positions.size.at(segment.shard) - 1;
  const next = segment.high < 0 ? (segment.isFromTrim ? first : last + 1) : segment.high + 1;
  for (let position = next; position <= last; position += 1) {
    if (Number.isFinite(knownAt(view, position))) return position;
  }
  return -1;
};

const found = (view: View, segment: Segment, unread: number): Found => ({
  kind: null,
  blame: roleOf(view, segment.reader) === 'subject' ? 'consumer' : 'service-read',
  shards: [segment.shard],
  positions: unread < 0 ? [] : [unread],
  page: segment.endPage,
  tell: () => {
    const line = view.tables.pageLine.at(segment.endPage);
    const reader = readerName(view, segment.reader);
    const what =
      unread < 0
        ? `the last topology says that the shard is open`
        : `${placeName(view, unread)} lies above all that it was given`;
    return {
      sentence: `Reader ${reader} was told on ${atLine(line)} that ${shardName(view, segment.shard)} is at its end; however ${what}.`,
      evidence: {
        reader,
        shard: shardName(view, segment.shard),
        ...(unread < 0 ? { open: true } : { unread: placeOf(view, unread) }),
      },
      witness: inOrder([
        ...(unread < 0 ? topologyLines(view) : [...linesOfAck(view, unread), ...lineOfRead(view, unread)]),
        line,
      ]),
    };
  },
});

const topologyLines = (view: View): readonly number[] => {
  const last = view.tables.snapshots.at(-1);
  return last === undefined ? [] : [last.line];
};
