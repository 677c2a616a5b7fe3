import type { Blame } from '../../model/verdict.ts';
import { isKnownBefore } from './clocks.ts';
import { retentionHours, unreadRecords } from './finality.ts';
import type { Chain } from './tables.ts';
import { unidentifiedOf } from './unidentified.ts';
import { attemptsOf, chainOfRead, isOk, knownAt, readsAt, readsOf, recordsAt, roleOf, type View } from './view.ts';

/** Whose fault a wrong delivery is: of a consumer under test only what its application saw is known. */
export const blameOf = (view: View, reader: number): Blame =>
  roleOf(view, reader) === 'subject' ? 'consumer' : 'service-read';

/**
 * It shows what the client of a consumer fetched: several workers, and what they do at their start, in one reader.
 * Contract, `of`.
 */
export const isClientOf = ({ tables }: View, reader: number): boolean =>
  tables.readerSays.get(reader)?.of !== undefined;

/**
 * Its record was put in this run, or is one that may have been. What is foreign or a phantom is judged for its order
 * only: nobody owes it to a reader. Contract, 9.
 */
export const isOfRun = (view: View, position: number): boolean => {
  if (view.positions.ackHead.at(position) >= 0) return true;
  // A dump without any identity: whatever was read was there. Contract, rule 21.
  if (!view.hasPuts && unidentifiedOf(view).all > 0) return view.positions.readHead.at(position) >= 0;
  for (const read of readsAt(view, position)) {
    const record = view.tables.readRecord.at(read);
    if (record >= 0 && (!view.hasPuts || view.attemptHead.at(record) >= 0)) return true;
  }
  return false;
};

/** When the first acknowledgement of a place came; Infinity when none did. */
export const firstAckT = ({ tables, positions }: View, position: number): number => {
  let first = Number.POSITIVE_INFINITY;
  for (let entry = positions.ackHead.at(position); entry >= 0; entry = positions.ackNext[entry] ?? -1)
    first = Math.min(first, tables.opAckT.at(tables.entryOp.at(entry)));
  return first;
};

/** Known, and not longer than the retention, when its reader asked for a page: that page owes it. */
export const isOwedAt = (view: View, position: number, askedT: number, reader: number): boolean =>
  isKnownBefore(view, position, askedT, reader) &&
  isRetainedAt(view, knownAt(view, position), askedT) &&
  isOfRun(view, position);

export const isRetainedAt = (view: View, knownT: number, askedT: number): boolean =>
  knownT + retentionHours(view) * 3_600_000_000 > askedT;

/** When a chain was asked for what it was given behind a place, or for its end: what went through that place. */
const passedT = ({ tables, positions }: View, { pages }: Chain, position: number): number => {
  let asked = Number.POSITIVE_INFINITY;
  for (const page of pages) {
    const first = tables.pageFirst.at(page);
    let isPast = tables.pageMore.at(page) === 2;
    for (let read = first; read < first + tables.pageCount.at(page) && !isPast; read += 1)
      isPast = (positions.ofRead[read] ?? -1) > position;
    if (isPast) asked = Math.min(asked, tables.pageT0.at(page));
  }
  return asked;
};

/** In a run that is shorter than the retention: no page needs to be asked. */
export const isRetainedThroughout = (view: View, position: number): boolean => {
  const { pageT } = view.tables;
  return isRetainedAt(view, knownAt(view, position), pageT.at(pageT.length - 1));
};

/**
 * Of this run, and still retained when a chain went through its place: the chain owed it, whenever it became known.
 */
export const isOwedBy = (view: View, position: number, chain: Chain): boolean =>
  isOfRun(view, position) &&
  (isRetainedThroughout(view, position) || isRetainedAt(view, knownAt(view, position), passedT(view, chain, position)));

export const isReadOutside = (view: View, position: number, chain: number): boolean => {
  for (const read of readsAt(view, position)) if (chainOfRead(view, read) !== chain) return true;
  return false;
};

/**
 * Neither a place that many read nor a chain that read many is gone through for each question: what a chain was given
 * is laid out when it is first asked for.
 */
export const isReadInside = (view: View, position: number, chain: number): boolean => {
  if (view.positions.readHead.at(position) < 0) return false;
  const ofView = given.get(view) ?? new Map<number, ReadonlySet<number>>();
  given.set(view, ofView);
  const known = ofView.get(chain) ?? givenTo(view, chain);
  ofView.set(chain, known);
  return known.has(position);
};

const given = new WeakMap<View, Map<number, ReadonlySet<number>>>();

const givenTo = ({ tables, positions }: View, chain: number): ReadonlySet<number> => {
  const places = new Set<number>();
  for (const page of tables.chains[chain]?.pages ?? []) {
    const first = tables.pageFirst.at(page);
    for (let read = first; read < first + tables.pageCount.at(page); read += 1)
      places.add(positions.ofRead[read] ?? -1);
  }
  return places;
};

const lost = new WeakMap<View, ReadonlySet<number>>();

/** Somebody read it at a place that was acknowledged to it. */
export const isReadWhereAcked = (view: View, record: number): boolean => {
  for (const read of readsOf(view, record)) {
    const position = view.positions.ofRead[read] ?? -1;
    for (const entry of attemptsOf(view, record)) {
      if (isOk(view, entry) && view.positions.ofEntry[entry] === position) return true;
    }
  }
  return false;
};

/**
 * Nobody read the place, and its record was read at another one: nothing was skipped or left out, the
 * acknowledgement was wrong. Not where it was read at another place that was acknowledged to it as well: then each of
 * the two was to be read.
 */
export const isReadElsewhere = (view: View, position: number): boolean =>
  view.positions.readHead.at(position) < 0 &&
  recordsAt(view, position).every((record) => view.recordReadHead.at(record) >= 0 && !isReadWhereAcked(view, record));

/** Its record is surely not there: it is another finding, and no iterator owes it. */
export const isGone = (view: View, position: number): boolean =>
  isReadElsewhere(view, position) || isLost(view, position);

const isLost = (view: View, position: number): boolean => {
  const known =
    lost.get(view) ??
    new Set(unreadRecords(view).flatMap(({ proof, positions }) => (proof === 'lost' ? [...positions] : [])));
  lost.set(view, known);
  return known.has(position);
};
