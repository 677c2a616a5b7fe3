import { ancestorsAmong } from './kinship.ts';
import { placesAt } from './places.ts';
import { straysOf } from './strays.ts';
import { type Group, type Subjects } from './subjects.ts';
import { acksAt, attemptsOf, comesBefore, type View } from './view.ts';

/** What an application has to handle: S of contract, rule 16, with what it gave up. */
export type Owed = {
  /** By item: its first owed place. */
  readonly places: ReadonlyMap<number, number>;
  /** Shards that it owes. */
  readonly area: ReadonlySet<number>;
  /**
   * Records of the run that the final reader has, and of which nobody can say whether they are owed: by shard, how
   * many.
   */
  readonly open: ReadonlyMap<number, number>;
  /** Is a place owed, as far as it depends on where the application began? Where nothing is said of that: yes. */
  readonly isBehindStart: (position: number, arrival: number) => boolean;
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
  const area = areaOf(subjects, group);
  const isBehindStart = startOf(subjects, group);
  const had = hadBefore(subjects, group);
  const { isInStray } = straysOf(view);
  const places = new Map<number, number>();
  const others = new Map<number, number>();
  for (const read of finals) {
    const item = items.ofRead(read);
    const position = view.positions.ofRead[read] ?? -1;
    const shard = view.positions.shard.at(position);
    if (!area.has(shard) || items.isMarker(item) || isForeign(subjects, item)) continue;
    if (had.has(position) && !group.first.has(item)) continue;
    if (group.isKcl && isInStray(position)) continue;
    if (group.isFiltering && !group.first.has(item)) continue;
    const isOwed =
      group.owes === undefined
        ? isWithin(group, shard, position)
        : isBehindStart(position, view.tables.readArrival.at(read));
    if (!isOwed) {
      others.set(item, shard);
      continue;
    }
    const place = places.get(item);
    if (place === undefined || comesBefore(view, position, place)) places.set(item, position);
  }
  return { places, area, isBehindStart, open: group.owes === undefined ? openOf(group, others, places) : new Map() };
};

const openOf = (
  { first, discards }: Group,
  others: ReadonlyMap<number, number>,
  places: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> => {
  const discarded = new Set(discards.map(({ item }) => item));
  const open = new Map<number, number>();
  for (const [item, shard] of others)
    if (!first.has(item) && !places.has(item) && !discarded.has(item)) open.set(shard, (open.get(shard) ?? 0) + 1);
  return open;
};

const isWithin = ({ stretches }: Group, shard: number, position: number): boolean => {
  const stretch = stretches.get(shard);
  return stretch !== undefined && stretch.low <= position && position <= stretch.high;
};

/** Of others on a shared stream: counted, judged for position order only. Contract, 9. */
const isForeign = ({ view, items }: Subjects, item: number): boolean =>
  view.isShared && view.hasPuts && items.recordOf(item) < 0;

const areaOf = ({ view }: Subjects, { owes }: Group): ReadonlySet<number> => {
  const named = owes?.shards ?? 'all';
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

/** Resumed inside an aggregate: what it already had of it. Contract, `from.sub`. */
const hadBefore = ({ view }: Subjects, group: Group): ReadonlySet<number> => {
  const had = new Set<number>();
  for (const { reader, shard, seq, sub } of resumedInside(view)) {
    if (!group.members.has(reader)) continue;
    view.tables.sequence.read(seq);
    const [first, end] = placesAt(view, shard, view.tables.sequences.pushParts(view.tables.sequence));
    for (let position = first; position < end; position += 1)
      if (view.positions.sub(position) <= sub) had.add(position);
  }
  return had;
};

type Resumed = { readonly reader: number; readonly shard: number; readonly seq: string; readonly sub: number };
const resumed = new WeakMap<View, readonly Resumed[]>();

/** Chains that began inside an aggregate: few, looked for once, however many groups ask. */
const resumedInside = (view: View): readonly Resumed[] => {
  const before = resumed.get(view);
  if (before !== undefined) return before;
  const made = view.tables.chains.flatMap(({ reader, shard, from: { seq, sub } }) =>
    seq === undefined || sub === undefined ? [] : [{ reader, shard, seq, sub }],
  );
  resumed.set(view, made);
  return made;
};

/** Where the application began in each shard: by the arrival, or by the time of the put. */
const startOf = (subjects: Subjects, group: Group): ((position: number, arrival: number) => boolean) => {
  const from = group.owes?.from ?? 'TRIM_HORIZON';
  if (from === 'TRIM_HORIZON') return () => true;
  if (from !== 'LATEST') return (_, arrival) => arrival >= from.at;
  const began = begunAt(subjects, group);
  return (position) => sentAt(subjects, position) > began(subjects.view.positions.shard.at(position));
};

/**
 * LATEST: when a shard was begun, its earliest start, else the iterator of its first page. What descends from a shard
 * that was begun is owed whole; one that nobody began is owed from when the application first began any. One that
 * never began at all owes everything: reading nothing is no excuse.
 */
const begunAt = ({ view }: Subjects, group: Group): ((shard: number) => number) => {
  const starts = new Map<number, number>();
  const iterators = new Map<number, number>();
  for (const { shard, t } of group.starts) starts.set(shard, Math.min(t, starts.get(shard) ?? t));
  for (const page of group.pages) {
    const chain = view.tables.chains[view.tables.pageChain.at(page)];
    if (chain === undefined || iterators.has(chain.shard)) continue;
    iterators.set(chain.shard, chain.from.t ?? Number.POSITIVE_INFINITY);
  }
  const begun = new Map([...iterators, ...starts]);
  const earliest = begun.size === 0 ? Number.NEGATIVE_INFINITY : Math.min(...begun.values());
  return (shard) => {
    for (const _ of ancestorsAmong(view.lineage, shard, (other) => begun.has(other))) return Number.NEGATIVE_INFINITY;
    return begun.get(shard) ?? earliest;
  };
};

/** When the attempt that is stored there was sent; where no answer tells, the first of its record. */
const sentAt = ({ view, items }: Subjects, position: number): number => {
  for (const entry of acksAt(view, position)) return view.tables.opT.at(view.tables.entryOp.at(entry));
  const record = items.recordOf(items.knownAt(position));
  for (const entry of record < 0 ? [] : attemptsOf(view, record))
    return view.tables.opT.at(view.tables.entryOp.at(entry));
  return Number.NaN;
};
