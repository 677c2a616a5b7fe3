import { hashKeyOf } from '../../model/hash-key.ts';
import type { Check, Found } from '../check.ts';
import { routedPlacesOf } from '../index/key-places.ts';
import { doKeysLead, type Placement, placements, routeOf, routing } from '../index/routes.ts';
import type { View } from '../index/view.ts';
import { aboutRecord } from './about.ts';
import { inOrder, lineOfRead, linesOfEntry, placeName, placeOf, quoted, recordName } from './phrases.ts';

/** E1: in a shard whose range of hash keys does not hold the record's. */
export const mispartitioned: Check = {
  summary: 'a record is in a shard whose hash range does not contain its key',
  source:
    '"an MD5 hash function is used to map partition keys to 128-bit integer values and to map associated data records to shards using the hash key ranges of the shards" (SDK, PutRecord)',
  example: 'MD5 of key a is below 2^127, the record lies in the upper of two shards',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The engine routes by another hash than MD5, or by the text in another encoding than UTF-8.',
    'A reshard moved the range while the put was under way.',
  ],
  todo: [
    'Compute MD5 of the key and compare it with the range of the shard: both stand in the sentence.',
    'Try the key in plain ASCII.',
  ],
  about: ['keys'],
  notApplicable: (view) =>
    !view.hasPuts
      ? 'puts were not recorded'
      : view.tables.snapshots.length === 0
        ? 'no topology was recorded'
        : undefined,
  find: function* (view: View): Generator<Found> {
    if (!view.hasPuts || !doKeysLead(view)) return;
    const leads = routing(view);
    if (isEveryKeyFit(view, leads)) return;
    let astray: Placement | undefined;
    let isFit = false;
    // One place at a time: a record is astray if none of the puts that may have stored it leads there.
    for (const placement of placements(view)) {
      if (astray !== undefined && astray.position !== placement.position) {
        if (!isFit) yield found(view, astray);
        astray = undefined;
        isFit = false;
      }
      const answer = leads(routeOf(view, placement.entry), view.positions.shard.at(placement.position));
      if (answer !== false) isFit = true;
      astray = placement;
    }
    if (astray !== undefined && !isFit) yield found(view, astray);
  },
};

/**
 * Fast path: without ExplicitHashKeys and aggregates, each key is looked at once per shard. Every place is looked at
 * only if a key is astray.
 */
const isEveryKeyFit = (view: View, leads: ReturnType<typeof routing>): boolean => {
  if (view.tables.entryHash.size + view.tables.entryPart.size > 0) return false;
  const { key, shard } = routedPlacesOf(view);
  for (let row = 0; row < key.length; row += 1) {
    if (leads({ key: view.tables.records.keys.name(key.at(row)), hash: undefined }, shard.at(row)) === false)
      return false;
  }
  return true;
};

const found = (view: View, { record, entry, position }: Placement): Found => {
  const shard = view.positions.shard.at(position);
  return {
    kind: null,
    blame: 'service-write',
    ...aboutRecord(view, record, [position]),
    key: view.tables.records.flowKey.at(view.tables.entryFlow.at(entry)),
    tell: () => {
      const { key, hash } = routeOf(view, entry);
      const range = view.lineage.shards[shard]?.range;
      const value = hash === undefined ? hashKeyOf(key) : BigInt(hash);
      return {
        sentence: `${recordName(view, record)} lies at ${placeName(view, position)}; however ${hash === undefined ? `MD5 of ${quoted(key)}` : 'its ExplicitHashKey'} is ${value}, and that shard holds ${range?.[0]} to ${range?.[1]}.`,
        evidence: { ...placeOf(view, position), hashKey: String(value), range: range?.map(String) ?? null },
        witness: inOrder([
          ...linesOfEntry(view, entry),
          ...lineOfRead(view, position),
          view.lineage.shards[shard]?.line ?? 0,
        ]),
      };
    },
  };
};
