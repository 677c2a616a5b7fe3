import { oncePer } from '../../lib/once-per.ts';
import { hashKeyOf, isInRange } from '../../model/hash-key.ts';
import { isOfSubject } from './items.ts';
import { placesAt } from './places.ts';
import { sentKey } from './routes.ts';
import { hasForeign } from './unidentified.ts';
import { acksAt, attemptsOf, isOk, isWorkload, readsAt, readsOf, type View } from './view.ts';
import { isDump } from './without-subjects.ts';

/** A user record and its place. `record` -1: it has no identity. */
export type Stray = { readonly record: number; readonly position: number };

/**
 * User records of aggregates that lie outside the hash range of their shard, and the aggregates that they are part of.
 */
export type Strays = {
  readonly strays: readonly Stray[];
  /** True if a place belongs to an aggregate that holds such a user record. */
  readonly isInStray: (position: number) => boolean;
};

export const straysOf = oncePer((view: View): Strays => readStrays(view));

export const hasAggregates = ({ tables, totals }: View): boolean =>
  totals.hasAggregates || tables.entrySub.size + tables.readSub.size > 0;

/** The first place of an aggregate. It identifies the aggregate. */
export const aggregateOf = (view: View, position: number): number =>
  placesAt(view, view.positions.shard.at(position), view.positions.number(position))[0];

const readStrays = (view: View): Strays => {
  const strays: Stray[] = [];
  const aggregates = new Set<number>();
  for (const one of hasAggregates(view) ? userRecords(view) : []) {
    if (!isAstray(view, one)) continue;
    strays.push(one);
    aggregates.add(aggregateOf(view, one.position));
  }
  return {
    strays,
    isInStray: (position) =>
      aggregates.size > 0 && view.positions.sub(position) >= 0 && aggregates.has(aggregateOf(view, position)),
  };
};

/** Each user record at each place that the service reported. */
function* userRecords(view: View): Generator<Stray> {
  const [isAlone, isAmongOthers] = [isDump(view.tables), hasForeign(view)];
  for (let position = 0; position < view.positions.count; position += 1) {
    if (view.positions.sub(position) < 0) continue;
    const records = new Set<number>();
    for (const entry of acksAt(view, position)) records.add(view.tables.entryRecord.at(entry));
    for (const read of readsAt(view, position))
      if (isAlone || !isOfSubject(view, read)) records.add(view.tables.readRecord.at(read));
    if (records.size > 1 || isAmongOthers) records.delete(-1);
    for (const record of records) if (record < 0 || isWorkload(view, record)) yield { record, position };
  }
}

const isAstray = (view: View, { record, position }: Stray): boolean => {
  const range = view.lineage.shards[view.positions.shard.at(position)]?.range;
  const hash = userHashAt(view, { record, position });
  return range !== undefined && hash !== undefined && !isInRange(hash, range);
};

/**
 * The hash key of the user record itself, not of its aggregate; as sent by the attempt that is stored there, since a
 * record of a flow may be sent again under another key. Undefined: unknown.
 */
export const userHashAt = (view: View, { record, position }: Stray): bigint | undefined => {
  const entry = storedBy(view, record, position);
  const explicit = entry === undefined ? undefined : view.tables.hashOf(entry);
  if (explicit !== undefined) return BigInt(explicit);
  const key = entry === undefined ? keyReadAt(view, record, position) : sentKey(view, entry);
  return key === undefined || key === '' ? undefined : hashKeyOf(key);
};

/** The attempt that was acknowledged there; where none was, the first that had the key that was read there. */
const storedBy = (view: View, record: number, position: number): number | undefined => {
  if (record < 0) return undefined;
  for (const entry of acksAt(view, position)) if (view.tables.entryRecord.at(entry) === record) return entry;
  const attempts = [...attemptsOf(view, record)];
  const key = keyReadAt(view, record, position);
  return attempts.find((entry) => sentKey(view, entry) === key) ?? (key === undefined ? attempts[0] : undefined);
};

const keyReadAt = (view: View, record: number, position: number): string | undefined => {
  for (const read of readsAt(view, position))
    if (view.tables.readRecord.at(read) === record)
      return view.tables.readKey.get(read) ?? (record < 0 ? undefined : view.tables.records.keyName(record));
  return undefined;
};

/** Acknowledged user records of which every copy lies in such an aggregate. */
export function* undeliverables(view: View): Generator<Stray> {
  const { strays, isInStray } = straysOf(view);
  if (strays.length === 0) return;
  for (let record = 0; record < view.tables.records.count; record += 1) {
    const acked = [...attemptsOf(view, record)]
      .filter((entry) => isOk(view, entry))
      .map((entry) => view.positions.ofEntry[entry] ?? -1);
    const [position] = acked;
    if (position === undefined || view.positions.sub(position) < 0 || !acked.every(isInStray)) continue;
    const read = [...readsOf(view, record)].filter((one) => !isOfSubject(view, one));
    if (read.every((one) => isInStray(view.positions.ofRead[one] ?? -1))) yield { record, position };
  }
}
