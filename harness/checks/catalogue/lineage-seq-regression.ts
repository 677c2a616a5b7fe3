import { compareSequence } from '../../model/sequence-number.ts';
import { type Check, type Found, keptMax, keptOf } from '../check.ts';
import { noReshard } from '../index/families.ts';
import { keyPlacesOf } from '../index/key-places.ts';
import { nearestAbove } from '../index/kinship.ts';
import type { View } from '../index/view.ts';
import { inOrder, lineOfRead, linesOfAck, placeName, placeOf, quoted, shardName, shortSeq } from './phrases.ts';

/**
 * F4: the numbers of a key do not rise from a parent shard to its child. Judged on records; what shards declare is the
 * kind `declared`. Contract, 10.
 */
export const lineageSeqRegression: Check = {
  summary: 'a sequence number of a key in a parent shard is not below those in the child',
  source:
    '"Sequence numbers for the same partition key generally increase over time" (developer guide, key concepts); amazon-kinesis-client#112 relies on it across a reshard',
  example: 'key a ends at 50 in the parent and begins at 40 in the child',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The engine counts each shard from its own start.',
    'It declares an ending number for closed shards that is no number of theirs (kind declared).',
  ],
  todo: [
    'Order by lineage first, then by number: never by number alone across shards.',
    'Name it as a known deviation of the target, if it is declared only.',
  ],
  about: ['keys'],
  notApplicable: noReshard,
  find: function* (view: View): Generator<Found> {
    yield* declared(view);
    const room = { left: keptMax };
    for (const key of keyPlacesOf(view).wide) yield* ofKey(view, key, room);
  },
};

function* declared(view: View): Generator<Found> {
  for (const [child, shard] of view.lineage.shards.entries()) {
    for (const parent of shard.parents) {
      const above = view.lineage.shards[parent];
      if (above?.ending === undefined || shard.starting === undefined || above.nonsense !== undefined) continue;
      if (compareSequence(shard.starting, above.ending) <= 0) yield declaredPair(view, parent, child);
    }
  }
}

const declaredPair = (view: View, parent: number, child: number): Found => ({
  kind: 'declared',
  blame: 'service-write',
  shards: [parent, child],
  tell: () => {
    const [above, below] = [view.lineage.shards[parent], view.lineage.shards[child]];
    return {
      sentence: `${shardName(view, child)} declares that it starts at ${shortSeq(below?.starting ?? '')}; however its parent ${shardName(view, parent)} declares that it ends at ${shortSeq(above?.ending ?? '')}, which is not below.`,
      evidence: {
        parent: shardName(view, parent),
        child: shardName(view, child),
        parentStart: above?.starting ?? null,
        parentEnd: above?.ending ?? null,
        childStart: below?.starting ?? null,
        childStartEqualsParentStart: below?.starting === above?.starting,
      },
      witness: inOrder([below?.line ?? 0, above?.closedLine ?? 0]),
    };
  },
});

/** The nearest ancestors of a shard that hold the key, without those above another one of them. */
const nearestHolders = ({ lineage }: View, child: number, holders: ReadonlyMap<number, number>): readonly number[] => {
  const nearest = nearestAbove(lineage, child, (shard) => holders.has(shard));
  return nearest.filter((one) => !nearest.some((other) => lineage.isAncestor(one, other)));
};

/**
 * Compares each shard with the nearest ancestors that hold the key: one regression is one finding, however many shards
 * are further up.
 */
function* ofKey(view: View, key: number, room: { left: number }): Generator<Found> {
  const { shard, low, high, ofKey: rowsOf } = keyPlacesOf(view);
  const rows = new Map(rowsOf(key).map((row) => [shard.at(row), row]));
  for (const [child, row] of rows) {
    const above = nearestHolders(view, child, rows).map((parent) => high.at(rows.get(parent) ?? -1));
    const notBelow = above.filter((place) => compare(view, place, low.at(row)) >= 0);
    yield* keptOf(room, notBelow, (place) => found(view, key, place, low.at(row)));
  }
}

const compare = ({ tables, positions }: View, one: number, other: number): number =>
  tables.sequences.compare(positions.number(one), positions.number(other));

const found = (view: View, key: number, above: number, below: number): Found => ({
  kind: null,
  blame: 'service-write',
  key,
  positions: [above, below],
  shards: [view.positions.shard.at(above), view.positions.shard.at(below)],
  tell: () => {
    const name = view.tables.records.keys.name(key);
    return {
      sentence: `Key ${quoted(name)} has a record at ${placeName(view, above)}; however it has one at ${placeName(view, below)}, a shard that descends from that one, and the number is not above.`,
      evidence: { key: name, parent: placeOf(view, above), child: placeOf(view, below) },
      witness: inOrder(
        [above, below].flatMap((position) => [...linesOfAck(view, position), ...lineOfRead(view, position)]),
      ),
    };
  },
});
