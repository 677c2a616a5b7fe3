import type { Check, Found } from './check.ts';
import { placements } from './view/routes.ts';
import type { View } from './view/view.ts';
import { inOrder, lineOfRead, linesOfAck, placeName, placeOf, quoted } from './words.ts';

/** E2: one key in two shards that lineage does not relate and that were open at the same time. Keys sent with differing ExplicitHashKeys are their sender's business. */
export const splitKey: Check = {
  summary: 'one key lies in two shards that were open at the same time',
  source: '"All data records with the same partition key map to the same shard" (SDK, PutRecord)',
  example: 'records of key a lie in both children of one split',
  expect: 'forbid',
  about: ['keys'],
  notApplicable: (view) => (view.hasPuts ? undefined : 'puts were not recorded'),
  find: function* (view: View): Generator<Found> {
    if (!view.hasPuts) return;
    const keys = new Map<number, Map<number, number>>();
    const hashes = new Map<number, string>();
    const differing = new Set<number>();
    for (const { record, entry, position } of placements(view)) {
      const key = view.tables.records.flowKey.at(view.tables.records.flow.at(record));
      const hash = view.tables.entryPart.has(entry) ? 'carried' : (view.tables.entryHash.get(entry) ?? '');
      if (hash === 'carried' || (hashes.get(key) ?? hash) !== hash) differing.add(key);
      hashes.set(key, hash);
      const shards = keys.get(key) ?? new Map<number, number>();
      keys.set(key, shards);
      const shard = view.positions.shard.at(position);
      if (!shards.has(shard)) shards.set(shard, position);
    }
    for (const [key, shards] of keys) {
      if (differing.has(key) || shards.size < 2) continue;
      const pair = unrelatedPair(view, [...shards.keys()]);
      if (pair !== undefined) yield found(view, key, pair.map((shard) => shards.get(shard) ?? -1) as [number, number]);
    }
  },
};

const unrelatedPair = (view: View, shards: readonly number[]): readonly [number, number] | undefined => {
  for (const [index, one] of shards.entries()) {
    for (const other of shards.slice(index + 1)) {
      if (!view.lineage.isRelated(one, other) && wereOpenTogether(view, one, other)) return [one, other];
    }
  }
  return undefined;
};

const wereOpenTogether = (view: View, one: number, other: number): boolean => {
  const [a, b] = [view.lineage.shards[one], view.lineage.shards[other]];
  if (a === undefined || b === undefined || !a.isListed || !b.isListed) return false;
  return a.listedT < b.closedT && b.listedT < a.closedT;
};

const found = (view: View, key: number, [one, other]: readonly [number, number]): Found => ({
  kind: null,
  blame: 'service-write',
  key,
  positions: [one, other],
  shards: [view.positions.shard.at(one), view.positions.shard.at(other)],
  tell: () => {
    const name = view.tables.records.keys.name(key);
    return {
      sentence: `Key ${quoted(name)} has records at ${placeName(view, one)} and at ${placeName(view, other)}; both shards were open at the same time, and neither descends from the other.`,
      evidence: { key: name, places: [placeOf(view, one), placeOf(view, other)] },
      witness: inOrder(
        [one, other].flatMap((position) => [...linesOfAck(view, position), ...lineOfRead(view, position)]),
      ),
    };
  },
});
