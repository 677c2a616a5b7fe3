import type { Owes, PageEvent, SubjectEvent } from '../../../model/event.ts';
import { hashKeyOf, isInRange, parseHashRange } from '../../../model/hash-key.ts';
import { distinct } from './finding.ts';
import {
  type Attempt,
  chainOf,
  comparePlaces,
  isAncestor,
  isFromStart,
  type Place,
  placeOf,
  type Read,
  shardsOf,
  type View,
} from './view.ts';

/** One application under test: all readers of a group, with all deliveries and reports, in line order. */
export type Group = {
  readonly name: string;
  readonly readers: readonly string[];
  /** What its members declare to owe. */
  readonly owes: readonly Owes[];
  readonly isComplete: boolean;
  readonly deliveries: readonly Read[];
  readonly said: readonly SubjectEvent[];
  /** Records of final readers that it must handle, each once, at its first owed place. */
  readonly owed: readonly Read[];
  /** Records that it may not skip by design; all owed ones if it declares nothing. */
  readonly wanted: readonly Read[];
  /** Owed records between its deliveries. */
  readonly between: readonly Read[];
};

export const isMark = (view: View, { id, place }: Pick<Read, 'id' | 'place'>): boolean =>
  view.attempts.some(
    (a) => a.put.role === 'sentinel' && ((id !== undefined && a.id === id) || a.place?.name === place.name),
  );

export const isFinal = (view: View, reader: string): boolean => view.roles.get(reader) === 'final';

export const groupsOf = (view: View): readonly Group[] => {
  const subjects = view.readers.filter(({ role }) => role === 'subject');
  return distinct(subjects.map(({ group, reader }) => group ?? reader)).map((name) => {
    const members = subjects.filter(({ group, reader }) => (group ?? reader) === name);
    const readers = members.map(({ reader }) => reader);
    const said = view.said.filter(({ reader }) => readers.includes(reader));
    const group = {
      name,
      readers,
      owes: members.flatMap(({ owes }) => owes ?? []),
      isComplete: said.some(({ event }) => event === 'complete'),
      deliveries: view.reads
        .filter((read) => readers.includes(read.reader) && !isMark(view, read))
        .map((read) => ({ ...read, id: read.id ?? idAt(view, read) })),
      said: said.filter(({ event }) => event !== 'complete'),
    };
    const isFiltering = members.some(({ filter }) => filter === true);
    const isKcl = members.some(({ aggregates }) => aggregates === 'kcl');
    const kept = stored(view)
      .filter((read) => !isForeign(view, read))
      .filter((read) => !isHadBefore(view, readers, read) || group.deliveries.some((given) => isSame(given, read)))
      .filter((read) => !isKcl || !isDroppedByKcl(view, read.place))
      .filter((read) => !isFiltering || group.deliveries.some((given) => isSame(given, read)));
    const all = kept.filter((read) => isOwed(view, group, read));
    const owed = all.filter((read, index) => all.findIndex((other) => isSame(other, read)) === index);
    const between = owed.filter((read) => isBetween(group, read));
    return { ...group, owed, wanted: group.owes.length === 0 ? kept : owed, between };
  });
};

/** The identity of a read. Without one of its own, that of the record at its place, unless the digests differ. */
export const idAt = (view: View, { place, record }: Read): string | undefined => {
  const known = [
    ...view.attempts.map((a) => ({ id: a.id, name: a.place?.name, digest: a.entry.digest })),
    ...view.reads
      .filter(({ reader }) => view.roles.get(reader) !== 'subject')
      .map((read) => ({ id: read.id, name: read.place.name, digest: read.record.digest })),
  ];
  const isIt = (digest: string | undefined): boolean =>
    digest === undefined || record.digest === undefined || digest === record.digest;
  return known.find(({ id, name, digest }) => id !== undefined && name === place.name && isIt(digest))?.id;
};

/** Compares identities; without them, places and digests. */
export const isSame = (a: Read, b: Read): boolean => {
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id;
  const [one, other] = [a.record.digest, b.record.digest];
  return a.place.name === b.place.name && (one === undefined || other === undefined || one === other);
};

/** The places that final readers have, each once, parents first, ascending in each shard. */
export const stored = (view: View): readonly Read[] => {
  const reads = view.reads.filter((read) => isFinal(view, read.reader) && !isMark(view, read));
  const places = reads.filter((read, index) => reads.findIndex((r) => r.place.name === read.place.name) === index);
  return [...places].sort((a, b) => {
    if (a.place.shard === b.place.shard) return comparePlaces(a.place, b.place);
    return isAncestor(view, b.place.shard, a.place.shard) ? 1 : -1;
  });
};

type Unowed = Omit<Group, 'owed' | 'between' | 'wanted'>;

/** True for a foreign record on a shared stream. Nobody owes it. Contract, 9. */
export const isForeign = (view: View, read: Read): boolean =>
  view.head.stream?.shared === true &&
  // Otherwise it is unknown which records are of the run: rule 21.
  (view.hasPuts || view.hasIdentity) &&
  (read.id ?? idAt(view, read)) === undefined;

/** True for user records of an aggregate that a chain resumed inside, if no earlier chain went over them. */
const isHadBefore = (view: View, readers: readonly string[], { place }: Read): boolean => {
  const own = view.pages.filter(({ reader, shard }) => readers.includes(reader) && shard === place.shard);
  return own.some(
    ({ from, t }) =>
      from?.sub !== undefined &&
      BigInt(from.seq ?? -1) === place.seq &&
      place.sub <= from.sub &&
      !own.some((page) => page.t < t && wentOver(view, page, place)),
  );
};

/**
 * True if a page covers a place: from its start (or its first record if the iterator names no place) to its highest
 * record.
 */
const wentOver = (view: View, page: PageEvent, place: Place): boolean => {
  const given = view.reads.filter(({ chain }) => chain === chainOf(page)).map((read) => read.place);
  if (!given.some((other) => comparePlaces(other, place) >= 0)) return false;
  if (page.from?.type === 'TRIM_HORIZON') return true;
  if (page.from?.seq !== undefined) return isFromStart(page.from, place);
  return given.slice(0, 1).some((first) => comparePlaces(first, place) <= 0);
};

/** Rule 15. */
const isOwed = (view: View, group: Unowed, read: Read): boolean =>
  group.owes.length === 0 ? isBetween(group, read) : group.owes.some((owes) => isOwedBy(view, group, read, owes));

/** True if a declaration covers a record. If that is unknown, records between the deliveries count. */
export const isOwedBy = (view: View, group: Unowed, read: Read, owes: Owes): boolean => {
  const { shards = 'all', from = 'TRIM_HORIZON', until } = owes;
  const isItsShard =
    shards === 'all' || shards.some((shard) => shard === read.place.shard || isAncestor(view, shard, read.place.shard));
  if (!isItsShard || (until === 'acked' && !isAckedInLoad(view, read))) return false;
  if (from === 'TRIM_HORIZON') return true;
  const { arrival } = read.record;
  if (from !== 'LATEST') return arrival === undefined ? isBetween(group, read) : arrival >= from.at;
  const start = latestStart(view, group, read.place.shard);
  const skew = (view.head.tolerances?.clockSkewMs ?? 0) * 1000;
  const isSurely = start !== undefined && (skew === 0 || Math.abs(sentOf(view, read) - start) > skew);
  return isSurely ? sentOf(view, read) > start : isBetween(group, read);
};

const isAckedInLoad = (view: View, { place }: Read): boolean =>
  view.attempts.some((a) => a.place?.name === place.name && a.answered <= view.loadOver);

/**
 * When a reader at LATEST began: the shard's earliest start, otherwise what its first page says. A descendant of a
 * shard that it began is owed completely. A shard that it never read is owed from when the application first began,
 * and completely if it never began: not reading is no excuse.
 */
const latestStart = (view: View, { said, deliveries, readers }: Unowed, shard: string): number | undefined => {
  const starts = said.filter(({ event }) => event === 'start');
  const isBegun = (other: string | undefined): boolean => other !== undefined && isAncestor(view, other, shard);
  if (starts.some((one) => isBegun(one.shard)) || deliveries.some(({ place }) => isBegun(place.shard)))
    return Number.NEGATIVE_INFINITY;
  const pages = view.pages.filter(({ reader }) => readers.includes(reader));
  const begun = (other: string): number | undefined => {
    const first = pages.find((page) => page.shard === other);
    return starts.find((one) => one.shard === other)?.t ?? first?.from?.t;
  };
  const touched = distinct([...starts.map((one) => one.shard ?? ''), ...pages.map((page) => page.shard)]);
  const all = touched.flatMap((other) => begun(other) ?? []);
  if (touched.length === 0) return Number.NEGATIVE_INFINITY;
  if (touched.includes(shard)) return begun(shard);
  return all.length === 0 ? undefined : Math.min(...all);
};

/** When a record was sent; before everything if it was never sent here. */
const sentOf = (view: View, { id, place }: Read): number => {
  const here = view.attempts.filter((a) => a.place?.name === place.name);
  const attempts = here.length > 0 ? here : view.attempts.filter((a) => id !== undefined && a.id === id);
  return attempts.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...attempts.map(({ sent }) => sent));
};

/**
 * True from the shard's first delivery to its last. Without `owes` only these records are owed; with it, these are
 * owed for certain.
 */
const isBetween = ({ deliveries }: Unowed, read: Read): boolean => {
  const places = deliveries.filter(({ place }) => place.shard === read.place.shard).map(({ place }) => place);
  if (!places.some((place) => comparePlaces(place, read.place) >= 0)) return false;
  return places.some((place) => comparePlaces(place, read.place) <= 0);
};

/** The last place of a sequence number: of a whole aggregate if no sub-sequence number is given. */
export const lastOf = (shard: string, seq: string, sub: number | undefined): Place =>
  placeOf(shard, seq, sub ?? Number.MAX_SAFE_INTEGER);

/** True for a user record outside the range of its shard. An explicit hash key takes precedence over its key. */
export const isStray = (view: View, read: Read): boolean => {
  if (read.record.sub === undefined || read.record.key === undefined) return false;
  const sent = view.attempts.find(({ id, entry }) => id === read.id && entry.hash !== undefined)?.entry.hash;
  return isOutside(view, read.place.shard, sent === undefined ? hashKeyOf(read.record.key) : BigInt(sent));
};

/** The same for one that was acknowledged there. */
export const isStrayAttempt = (view: View, { place, entry: { part, hash, key } }: Attempt): boolean =>
  place !== undefined &&
  part !== undefined &&
  isOutside(view, place.shard, hash === undefined ? hashKeyOf(key) : BigInt(hash));

const isOutside = (view: View, shard: string, hash: bigint): boolean => {
  const range = shardsOf(view).get(shard)?.range;
  if (range === undefined) return false;
  const [low, high] = parseHashRange(range);
  return low <= high && !isInRange(hash, [low, high]);
};

/** True if the KCL drops an aggregate, because one of its user records is outside the shard's range. */
export const isDroppedByKcl = (view: View, { shard, seq }: Place): boolean =>
  view.reads.some((read) => read.place.shard === shard && read.place.seq === seq && isStray(view, read)) ||
  view.attempts.some((one) => one.place?.shard === shard && one.place.seq === seq && isStrayAttempt(view, one));

/** True if an event is about a record, at any of its known places. */
export const isAboutRecord = (view: View, event: SubjectEvent, read: Read): boolean => {
  const copies = [
    ...view.reads.map(({ id, place }) => ({ id, place })),
    ...view.attempts.map(({ id, place }) => ({ id, place })),
  ];
  const places = copies.flatMap(({ id, place }) => (id === read.id && id !== undefined ? (place ?? []) : []));
  return [read.place, ...places].some((place) => isAbout(event, place));
};

/** True if an event is about a place. */
export const isAbout = (event: SubjectEvent, { shard, seq, sub }: Place): boolean =>
  event.shard === shard &&
  event.seq !== undefined &&
  BigInt(event.seq) === seq &&
  (event.sub === undefined || event.sub === sub);
