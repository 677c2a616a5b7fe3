import { hashKeyOf, isInRange } from '../../model/hash-key.ts';
import { acksAt, attemptsOf, isSentinel, readsAt, type View } from './view.ts';

/**
 * Where a Kinesis record belongs: by its ExplicitHashKey, else by MD5 of its partition key. A user record belongs
 * where its aggregate does.
 */
export type Route = { readonly key: string; readonly hash: string | undefined };

export const routeOf = (view: View, entry: number): Route => {
  const part = view.tables.entryPart.get(entry);
  const carrier = part === undefined ? undefined : view.tables.opParts.get(view.tables.entryOp.at(entry))?.[part];
  if (carrier !== undefined) return { key: carrier.key, hash: carrier.hash };
  return { key: sentKey(view, entry), hash: view.tables.hashOf(entry) };
};

/** The partition key that a record was sent with; empty where it had none. */
export const sentKey = ({ tables }: View, entry: number): string =>
  tables.records.keys.name(tables.records.flowKey.at(tables.entryFlow.at(entry)));

/** False if the stream distributes records by itself (AUTO): then no record can be in the wrong shard. */
export const doKeysLead = (view: View): boolean => view.tables.head?.stream?.distribution !== 'AUTO';

/**
 * Returns a test whether a route leads to a shard, with one MD5 per key. Undefined: the range or the key is unknown.
 */
export const routing = (view: View): ((route: Route, shard: number) => boolean | undefined) => {
  const hashes = new Map<string, bigint>();
  const answers = new Map<string, boolean>();
  const hashOf = ({ key, hash }: Route): bigint => {
    if (hash !== undefined) return BigInt(hash);
    const known = hashes.get(key);
    if (known !== undefined) return known;
    const made = hashKeyOf(key);
    hashes.set(key, made);
    return made;
  };
  return (route, shard) => {
    const range = view.lineage.shards[shard]?.range;
    if (range === undefined || (route.key === '' && route.hash === undefined)) return undefined;
    const name = `${shard} ${route.hash ?? ''} ${route.key}`;
    const known = answers.get(name);
    if (known !== undefined) return known;
    const made = isInRange(hashOf(route), range);
    answers.set(name, made);
    return made;
  };
};

export type Placement = { readonly record: number; readonly entry: number; readonly position: number };

/**
 * Every place of a record whose put is known, with the put that got it: the acknowledged one there, else each that may
 * have landed.
 */
export function* placements(view: View): Generator<Placement> {
  for (let position = 0; position < view.positions.count; position += 1) {
    let isAcked = false;
    for (const entry of acksAt(view, position)) {
      isAcked = true;
      if (!isSentinel(view, entry)) yield { record: view.tables.entryRecord.at(entry), entry, position };
    }
    if (isAcked) continue;
    let before = -1;
    for (const read of readsAt(view, position)) {
      const record = view.tables.readRecord.at(read);
      if (record < 0 || record === before) continue;
      before = record;
      for (const entry of attemptsOf(view, record)) {
        if (!isSentinel(view, entry)) yield { record, entry, position };
      }
    }
  }
}
