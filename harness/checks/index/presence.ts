import { oncePer } from '../../lib/once-per.ts';
import type { Blame } from '../../model/verdict.ts';
import { isKnownBefore } from './clocks.ts';
import { retentionHours, unreadRecords } from './finality.ts';
import type { Chain } from './tables.ts';
import { unidentifiedOf } from './unidentified.ts';
import { attemptsOf, chainOfRead, isOk, knownAt, readsAt, readsOf, recordsAt, roleOf, type View } from './view.ts';

/** Who is to blame for a wrong delivery. Of a consumer under test, it is only known what its application saw. */
export const blameOf = (view: View, reader: number): Blame =>
  roleOf(view, reader) === 'subject' ? 'consumer' : 'service-read';

/**
 * True if the reader shows what the client of a consumer fetched: several workers, and their starts, in one reader.
 * Contract, `of`.
 */
export const isClientOf = ({ tables }: View, reader: number): boolean =>
  tables.readerSays.get(reader)?.of !== undefined;

/**
 * True if the record at a place was put in this run, or may have been. A foreign record or a phantom is judged for its
 * order only: nobody owes it to a reader. Contract, 9.
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

/** True if a page owes the record: it was known, and not older than the retention, when the page was requested. */
export const isOwedAt = (view: View, position: number, askedT: number, reader: number): boolean =>
  isKnownBefore(view, position, askedT, reader) &&
  isRetainedAt(view, knownAt(view, position), askedT) &&
  isOfRun(view, position);

export const isRetainedAt = (view: View, knownT: number, askedT: number): boolean =>
  knownT + retentionHours(view) * 3_600_000_000 > askedT;

/** When the page was requested by which a chain went past a place, or ended. Infinity: none did. */
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

/** True if the run ended within the retention of the place. Then pages need not be looked at. */
export const isRetainedThroughout = (view: View, position: number): boolean => {
  const { pageT } = view.tables;
  return isRetainedAt(view, knownAt(view, position), pageT.at(pageT.length - 1));
};

/**
 * True if a chain owed the record, whenever it became known: it is of this run, and was retained when the chain went
 * past its place.
 */
export const isOwedBy = (view: View, position: number, chain: Chain): boolean =>
  isOfRun(view, position) &&
  (isRetainedThroughout(view, position) || isRetainedAt(view, knownAt(view, position), passedT(view, chain, position)));

export const isReadOutside = (view: View, position: number, chain: number): boolean => {
  for (const read of readsAt(view, position)) if (chainOfRead(view, read) !== chain) return true;
  return false;
};

/**
 * True if the chain read the place. What a chain read is collected once: many may read a place, and a chain may read
 * many places.
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

/** True if the record was read at a place that was acknowledged to it. */
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
 * True if the place was not read, and its record was read at another one: nothing was skipped, the acknowledgement was
 * wrong. False if that place was acknowledged to the record, too: then both had to be read.
 */
export const isReadElsewhere = (view: View, position: number): boolean =>
  view.positions.readHead.at(position) < 0 &&
  recordsAt(view, position).every((record) => view.recordReadHead.at(record) >= 0 && !isReadWhereAcked(view, record));

/** True if a place surely does not hold its record. That is another finding, and no iterator owes the record. */
export const isGone = (view: View, position: number): boolean =>
  isReadElsewhere(view, position) || isLost(view, position);

const isLost = (view: View, position: number): boolean => lostPlaces(view).has(position);

const lostPlaces = oncePer(
  (view: View): ReadonlySet<number> =>
    new Set(unreadRecords(view).flatMap(({ proof, positions }) => (proof === 'lost' ? [...positions] : []))),
);
