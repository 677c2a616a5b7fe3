import type { Owes } from '../../model/event.ts';
import { begunAt, isSentBehind } from './begun.ts';
import { hadBefore } from './had-before.ts';
import { straysOf } from './strays.ts';
import { type Group, type Subjects } from './subjects.ts';
import { comesBefore } from './view.ts';

/** What an application has to handle: S of contract, rule 16, with what it gave up. */
export type Owed = {
  /** By item: its first owed place. */
  readonly places: ReadonlyMap<number, number>;
  /** Shards that it owes. */
  readonly area: ReadonlySet<number>;
  /** Shards that it owes by name, and that the history does not know. */
  readonly unlisted: readonly string[];
  /** Items that it owes as soon as they were acknowledged (`until: "acked"`). */
  readonly atOnce: ReadonlySet<number>;
  /**
   * Records of the run that the final reader has, and of which it is unknown whether they are owed: by shard, how
   * many.
   */
  readonly open: ReadonlyMap<number, number>;
  /**
   * True if a place is owed by its shard and by where the application began, or if nothing is said of these.
   * Undefined: unknown.
   */
  readonly isOwed: (position: number, arrival: number) => boolean | undefined;
};

const known = new WeakMap<Group, Owed>();

export const owedOf = (subjects: Subjects, group: Group): Owed => {
  const before = known.get(group);
  if (before !== undefined) return before;
  const made = readOwed(subjects, group);
  known.set(group, made);
  return made;
};

const readOwed = (subjects: Subjects, group: Group): Owed => {
  const { view, items, finals } = subjects;
  const debts = (group.owes.length === 0 ? [{}] : group.owes).map((owes) => debtOf(subjects, group, owes));
  const isOwed = anyOf(debts);
  const isOwedAtOnce = anyOf(debts.filter(({ owes }) => owes.until === 'acked'));
  const had = hadBefore(view, group);
  const { isInStray } = straysOf(view);
  const places = new Map<number, number>();
  const others = new Map<number, number>();
  const atOnce = new Set<number>();
  for (const read of finals) {
    const item = items.ofRead(read);
    const position = view.positions.ofRead[read] ?? -1;
    const shard = view.positions.shard.at(position);
    if (items.isMarker(item) || items.isForeign(item)) continue;
    if (had.has(position) && !group.deliveries.has(item)) continue;
    if (group.isKcl && isInStray(position)) continue;
    if (group.isFiltering && !group.deliveries.has(item)) continue;
    const arrival = view.tables.readArrival.at(read);
    const said = isOwed(position, arrival);
    if (said === false) continue;
    // Without a declaration, only what is between its first and its last delivery is owed.
    if ((group.owes.length === 0 || said === undefined) && !isWithin(group, shard, position)) {
      others.set(item, shard);
      continue;
    }
    const place = places.get(item);
    if (place === undefined || comesBefore(view, position, place)) places.set(item, position);
    if (isOwedAtOnce(position, arrival) === true) atOnce.add(item);
  }
  const unlisted = debts.flatMap((debt) => debt.unlisted);
  return { places, area: unionOf(debts), unlisted, atOnce, isOwed, open: openOf(group, others, places) };
};

/** What one member says that the group owes. */
type Debt = {
  readonly owes: Owes;
  readonly area: ReadonlySet<number>;
  readonly unlisted: readonly string[];
  readonly isOwed: Owed['isOwed'];
};

const debtOf = (subjects: Subjects, group: Group, owes: Owes): Debt => {
  const { tables, positions } = subjects.view;
  const area = areaOf(subjects, owes);
  const isBehindStart = startOf(subjects, group, owes);
  const named = owes.shards === undefined || owes.shards === 'all' ? [] : owes.shards;
  return {
    owes,
    area,
    unlisted: named.filter((name) => tables.shards.find(name) < 0),
    isOwed: (position, arrival) => area.has(positions.shard.at(position)) && isBehindStart(position, arrival),
  };
};

/** A place is owed if one debt says so. If none does, one that cannot tell leaves it open (undefined). */
const anyOf =
  (debts: readonly Debt[]): Owed['isOwed'] =>
  (position, arrival) => {
    const said = debts.map(({ isOwed }) => isOwed(position, arrival));
    return said.includes(true) ? true : said.includes(undefined) ? undefined : false;
  };

const unionOf = (debts: readonly Debt[]): ReadonlySet<number> => new Set(debts.flatMap(({ area }) => [...area]));

const openOf = (
  { deliveries, discards }: Group,
  others: ReadonlyMap<number, number>,
  places: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> => {
  const discarded = new Set(discards.map(({ item }) => item));
  const open = new Map<number, number>();
  for (const [item, shard] of others)
    if (!deliveries.has(item) && !places.has(item) && !discarded.has(item)) open.set(shard, (open.get(shard) ?? 0) + 1);
  return open;
};

const isWithin = ({ stretches }: Group, shard: number, position: number): boolean => {
  const stretch = stretches.get(shard);
  return stretch !== undefined && stretch.low <= position && position <= stretch.high;
};

const areaOf = ({ view }: Subjects, owes: Owes): ReadonlySet<number> => {
  const named = owes.shards ?? 'all';
  const { lineage } = view;
  const isReal = (shard: number): boolean => lineage.shards[shard]?.isListed === true || lineage.children.length > 0;
  if (named === 'all') return new Set(lineage.shards.map((_, shard) => shard).filter(isReal));
  const open = named.map((name) => view.tables.shards.find(name)).filter((shard) => shard >= 0);
  const area = new Set(open);
  for (let shard = open.pop(); shard !== undefined; shard = open.pop()) {
    for (const child of lineage.children[shard] ?? []) {
      if (area.has(child)) continue;
      area.add(child);
      open.push(child);
    }
  }
  return area;
};

/** Returns a test whether a place is behind where the application began: by its arrival, or by when it was put. */
const startOf = (subjects: Subjects, group: Group, owes: Owes): Owed['isOwed'] => {
  const from = owes.from ?? 'TRIM_HORIZON';
  if (from === 'TRIM_HORIZON') return () => true;
  if (from !== 'LATEST') return (_, arrival) => (Number.isNaN(arrival) ? undefined : arrival >= from.at);
  const began = begunAt(subjects, group);
  return (position) => isSentBehind(subjects, position, began(subjects.view.positions.shard.at(position)));
};
