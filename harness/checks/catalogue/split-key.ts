import { canonicalSequence } from '../../model/sequence-number.ts';
import type { Check, Found } from '../check.ts';
import { routedPlacesOf } from '../index/key-places.ts';
import { doKeysLead } from '../index/routes.ts';
import { isSentinel, type View } from '../index/view.ts';
import { inOrder, lineOfRead, linesOfAck, placeName, placeOf, quoted } from './phrases.ts';

/**
 * E2: one key in two shards that lineage does not relate and that were open at the same time. Keys sent with different
 * ExplicitHashKeys are left out: their sender spread them.
 */
export const splitKey: Check = {
  summary: 'records of one key are in two shards that were open at the same time',
  source: '"All data records with the same partition key map to the same shard" (SDK, PutRecord)',
  example: 'records of key a lie in both children of one split',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'An ExplicitHashKey differs from call to call.',
    'The engine keeps a closed shard open beside its children.',
  ],
  todo: [
    'Use the partition key alone, or one ExplicitHashKey for each key.',
    'Look at the map: the two shards should not be open at the same time.',
  ],
  about: ['keys'],
  find: function* (view: View): Generator<Found> {
    if (!doKeysLead(view)) return;
    const { wide, ofKey, shard, low } = routedPlacesOf(view);
    if (wide.length === 0) return;
    const differing = keysOfDifferingHash(view);
    for (const key of wide) {
      if (differing.has(key)) continue;
      const places = new Map(ofKey(key).map((row) => [shard.at(row), low.at(row)]));
      const pair = unrelatedPair(view, [...places.keys()]);
      if (pair !== undefined) yield found(view, key, [places.get(pair[0]) ?? -1, places.get(pair[1]) ?? -1]);
    }
  },
};

const keysOfDifferingHash = (view: View): ReadonlySet<number> => {
  const hashes = new Map<number, string>();
  const differing = new Set<number>();
  if (view.tables.entryHash.size === 0) return differing;
  for (let entry = 0; entry < view.tables.entryOp.length; entry += 1) {
    if (isSentinel(view, entry)) continue;
    const key = view.tables.records.flowKey.at(view.tables.entryFlow.at(entry));
    const hash = canonicalSequence(view.tables.hashOf(entry) ?? '');
    if ((hashes.get(key) ?? hash) !== hash) differing.add(key);
    hashes.set(key, hash);
  }
  return differing;
};

/**
 * Takes shards in the order in which they were opened, and compares each with those open then: few, unless parents
 * stay open.
 */
const unrelatedPair = ({ lineage }: View, shards: readonly number[]): readonly [number, number] | undefined => {
  const [listedT, closedT] = [
    (shard: number): number => lineage.shards[shard]?.listedT ?? 0,
    (shard: number): number => lineage.shards[shard]?.closedT ?? 0,
  ];
  const listed = shards.filter((shard) => lineage.shards[shard]?.isListed === true);
  let open: number[] = [];
  for (const shard of listed.sort((a, b) => listedT(a) - listedT(b) || a - b)) {
    open = open.filter((other) => closedT(other) > listedT(shard));
    const other = open.find((candidate) => listedT(candidate) < closedT(shard) && !lineage.isRelated(candidate, shard));
    if (other !== undefined) return [other, shard];
    open.push(shard);
  }
  return undefined;
};

/** Without puts it is unknown whether an ExplicitHashKey was sent, so there is no blame. */
const found = (view: View, key: number, [one, other]: readonly [number, number]): Found => ({
  kind: null,
  blame: view.hasPuts ? 'service-write' : null,
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
