import { type Check, type Found, keptMax, keptOf } from './check.ts';
import { aboveOf } from './view/kinship.ts';
import { pageReads } from './view/pages.ts';
import { isWorkload, readLine, roleOf, type View } from './view/view.ts';
import { atLine, inOrder, placeName, placeOf, quoted, readerName } from './words.ts';

/** F5: a consumer under test was given a record of a key from a child shard before one from a parent. By first delivery, in the order of lines. Contract, 12. */
export const childBeforeParent: Check = {
  summary: 'a consumer handles a key in a child shard before it is done with the parent',
  source:
    '"always continue to read data from the parent shards until it is exhausted" (developer guide, after resharding)',
  example: 'the application is given a#5 from the child, then a#4 from the parent',
  expect: 'forbid',
  about: ['keys'],
  notApplicable: (view) =>
    [...view.tables.roles.values()].includes('subject') ? undefined : 'no consumer under test (role subject) read',
  find: function* (view: View): Generator<Found> {
    const room = { left: keptMax };
    for (const deliveries of firstDeliveries(view)) yield* ofReader(view, deliveries, room);
  },
};

type Delivery = { readonly position: number; readonly read: number };

function* ofReader(
  view: View,
  [reader, deliveries]: readonly [number, readonly Delivery[]],
  room: { left: number },
): Generator<Found> {
  const keys = new Map<number, Map<number, Delivery[]>>();
  for (const delivery of deliveries) {
    const record = view.tables.readRecord.at(delivery.read);
    if (record < 0 || !isWorkload(view, record)) continue;
    const key = view.tables.records.flowKey.at(view.tables.records.flow.at(record));
    const shards = keys.get(key) ?? new Map<number, Delivery[]>();
    keys.set(key, shards);
    const shard = view.positions.shard.at(delivery.position);
    const list = shards.get(shard);
    if (list === undefined) shards.set(shard, [delivery]);
    else list.push(delivery);
  }
  for (const [key, shards] of keys) {
    if (shards.size < 2) continue;
    // What it was given it covers: the last record of the parent is the one that counts.
    const lates = new Map([...shards].map(([shard, above]) => [shard, above.at(-1)]));
    const { best } = aboveOf(
      view.lineage,
      (shard) => lates.get(shard),
      (one, other) => one.read > other.read,
    );
    for (const [child, [early]] of shards) {
      if (early === undefined || (best(child)?.read ?? -1) < early.read) continue;
      const later: Delivery[] = [];
      for (const [parent, late] of lates)
        if (late !== undefined && early.read < late.read && view.lineage.isAncestor(parent, child)) later.push(late);
      yield* keptOf(room, later, (late) => found(view, reader, key, [early, late]));
    }
  }
}

/** Per consumer under test, the first delivery of each place, in the order in which it got them. */
const firstDeliveries = (view: View): ReadonlyMap<number, readonly Delivery[]> => {
  const firsts = new Map<number, Map<number, number>>();
  for (const { chain, reads } of pageReads(view)) {
    if (roleOf(view, chain.reader) !== 'subject') continue;
    const mine = firsts.get(chain.reader) ?? new Map<number, number>();
    firsts.set(chain.reader, mine);
    for (let read = reads.start; read < reads.start + reads.length; read += 1) {
      const position = view.positions.ofRead[read] ?? -1;
      if (read < (mine.get(position) ?? Number.POSITIVE_INFINITY)) mine.set(position, read);
    }
  }
  const inOrder = (mine: ReadonlyMap<number, number>): readonly Delivery[] =>
    [...mine].map(([position, read]) => ({ position, read })).sort((a, b) => a.read - b.read);
  return new Map([...firsts].map(([reader, mine]) => [reader, inOrder(mine)]));
};

const found = (view: View, reader: number, key: number, [early, late]: readonly [Delivery, Delivery]): Found => ({
  kind: null,
  blame: roleOf(view, reader) === 'subject' ? 'consumer' : 'service-read',
  key,
  records: [view.tables.readRecord.at(early.read), view.tables.readRecord.at(late.read)],
  positions: [early.position, late.position],
  shards: [view.positions.shard.at(late.position), view.positions.shard.at(early.position)],
  tell: () => ({
    sentence: `Consumer ${readerName(view, reader)} was given key ${quoted(view.tables.records.keys.name(key))} at ${placeName(view, early.position)} (${atLine(readLine(view, early.read))}); however ${placeName(view, late.position)}, of a shard that this one descends from, came later (${atLine(readLine(view, late.read))}).`,
    evidence: {
      reader: readerName(view, reader),
      child: placeOf(view, early.position),
      parent: placeOf(view, late.position),
    },
    witness: inOrder([readLine(view, early.read), readLine(view, late.read)]),
  }),
});
