import type { Check, Found } from './check.ts';
import { isWorkload, readerOfRead, readLine, readsAt, type View } from './view/view.ts';
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
    for (const [reader, role] of view.tables.roles) if (role === 'subject') yield* ofReader(view, reader);
  },
};

type Delivery = { readonly position: number; readonly read: number };

function* ofReader(view: View, reader: number): Generator<Found> {
  const keys = new Map<number, Map<number, Delivery[]>>();
  for (const delivery of firstDeliveries(view, reader)) {
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
    for (const [child, below] of shards) {
      for (const [parent, above] of shards) {
        const pair = view.lineage.isAncestor(parent, child) ? crossed(above, below) : undefined;
        if (pair !== undefined) yield found(view, reader, key, pair);
      }
    }
  }
}

/** The first delivery of each place, in the order in which the reader got them. */
const firstDeliveries = (view: View, reader: number): readonly Delivery[] => {
  const deliveries: Delivery[] = [];
  for (let position = 0; position < view.positions.count; position += 1) {
    let first = -1;
    for (const read of readsAt(view, position)) {
      if (readerOfRead(view, read) === reader && (first < 0 || read < first)) first = read;
    }
    if (first >= 0) deliveries.push({ position, read: first });
  }
  return deliveries.sort((a, b) => a.read - b.read);
};

/** The last record of the parent that it was given, when one of the child came before it. */
const crossed = (above: readonly Delivery[], below: readonly Delivery[]): readonly [Delivery, Delivery] | undefined => {
  const [early] = below;
  const late = above.at(-1);
  return early !== undefined && late !== undefined && early.read < late.read ? [early, late] : undefined;
};

const found = (view: View, reader: number, key: number, [early, late]: readonly [Delivery, Delivery]): Found => ({
  kind: null,
  blame: 'consumer',
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
