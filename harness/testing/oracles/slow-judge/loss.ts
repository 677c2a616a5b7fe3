import type { PageEvent } from '../../../model/event.ts';
import type { Raw } from './finding.ts';
import {
  type Attempt,
  askedAt,
  comparePlaces,
  groupBy,
  isClosed,
  type Place,
  partsOf,
  passagesOf,
  type View,
  workOf,
} from './view.ts';

/** Section C of the catalogue: what was acknowledged and is not there. */
type Acked = Attempt & { readonly place: Place };
const unread = (view: View): readonly (readonly [string, Acked, readonly Acked[]])[] =>
  [...groupBy(workOf(view), ({ id }) => id)].flatMap(([id, attempts]) => {
    const acked = attempts.filter((a): a is Acked => a.place !== undefined);
    const [first] = acked;
    return first !== undefined && !view.reads.some((r) => r.id === id) ? [[id, first, acked] as const] : [];
  });

/**
 * Rule 7: a final reader began where nothing of the run lies before, its chains join, and it read above the place or
 * reached the end of a closed shard.
 */
const isProved = (view: View, place: Place): boolean =>
  [...view.roles].some(([reader, role]) => {
    if (role !== 'final') return false;
    return passagesOf(view, reader, place.shard).some(
      ({ pages }) =>
        pages.some(({ from }) => isBeforeRun(view, place.shard, from)) &&
        !isTooLate(view, pages, place) &&
        passes(view, pages, place),
    );
  });

const isBeforeRun = (view: View, shard: string, from: PageEvent['from']): boolean => {
  if (from === undefined) return false;
  const firstPut = Math.floor(Math.min(...view.attempts.map(({ sent }) => sent)));
  const wall = Date.parse(view.head.startedAt ?? '') + firstPut / 1000 - (view.head.tolerances?.skewMs ?? 1000);
  const all = view.attempts.filter(({ place }) => place?.shard === shard);
  const isBelow = (seq: string | undefined): boolean =>
    seq !== undefined && all.every(({ place }) => (place?.seq ?? 0n) > BigInt(seq));
  return {
    TRIM_HORIZON: () => true,
    LATEST: () => from.t !== undefined && from.t <= firstPut,
    AT_TIMESTAMP: () => from.at !== undefined && from.at <= wall,
    AT_SEQUENCE_NUMBER: () => isBelow(from.seq),
    AFTER_SEQUENCE_NUMBER: () => isBelow(from.seq),
    UNKNOWN: () => false,
  }[from.type]();
};

const passes = (view: View, pages: readonly PageEvent[], place: Place): boolean =>
  view.reads.some((r) => pages.includes(r.page) && comparePlaces(r.place, place) > 0) ||
  (pages.some(({ more }) => more === false) && isClosed(view, place.shard));

/** True if its retention was over when the first of these pages was asked for. */
const isTooLate = (view: View, pages: readonly PageEvent[], place: Place): boolean => {
  const [first] = pages;
  const retention = (view.head.stream?.retentionHours ?? 24) * 3.6e9;
  return (
    first !== undefined &&
    view.attempts.some((a) => a.place?.name === place.name && Math.floor(a.answered) + retention <= askedAt(first))
  );
};
const isExpired = (view: View, place: Place): boolean => {
  const own = view.pages.filter(({ shard }) => shard === place.shard);
  const readers = [...new Set(own.map(({ reader }) => reader))];
  const passages = readers.flatMap((reader) => passagesOf(view, reader, place.shard));
  return passages.length > 0 && passages.every(({ pages }) => isTooLate(view, pages, place));
};

/**
 * Acknowledged and read by nobody: lost if that is proved of every place, expired if it could no longer be read,
 * otherwise unseen.
 */
export const lost = (view: View): readonly Raw[] =>
  unread(view).map(([id, { place }, acked]) => {
    const about = { ids: [id], places: acked.map((a) => a.place.name), shards: [place.shard] };
    if (!acked.every((a) => isProved(view, a.place))) {
      const isOver = acked.some((a) => isExpired(view, a.place));
      return { anomaly: isOver ? 'expired-unread' : 'unseen', isAllowed: true, ...about };
    }
    const [producer, key, n] = partsOf(id);
    const seen = view.reads
      .flatMap((r) => (r.id === undefined ? [] : [partsOf(r.id)]))
      .filter(([p, k]) => p === producer && k === key)
      .map(([, , m]) => m);
    const kind = n < Math.min(...seen) ? 'prefix' : n > Math.max(...seen) ? 'postfix' : 'middle';
    return { anomaly: 'lost-write', kind, ...about };
  });

/** The outcome was unknown, and the record was read. */
export const recovered = (view: View): readonly Raw[] =>
  [...groupBy(workOf(view), ({ id }) => id)]
    .filter(
      ([id, attempts]) =>
        attempts.every(({ outcome }) => outcome !== 'ok') &&
        attempts.some(({ outcome }) => outcome === 'info') &&
        view.reads.some((r) => r.id === id),
    )
    .map(([id]) => ({ anomaly: 'recovered', isAllowed: true, ids: [id] }));

/** Rule 6: neither acknowledged nor read, at or below the largest n put or read of a key that has others. */
export const counterGap = (view: View): readonly Raw[] =>
  gapsOfFlows(view).filter(({ kind }) => kind === 'info' || areGapsProved(view));

/** False if the history was cut short during the load, because missing records may have been sent later. */
const areGapsProved = (view: View): boolean => !view.hasPuts || view.end === 'completed' || view.isLoadOver;

const gapsOfFlows = (view: View): readonly Raw[] => {
  const work = workOf(view);
  // Additions, `identity`: absent, dense from 0 per producer and key; present without `counter`, sparse.
  const { identity } = view.head;
  const isDense = identity === undefined || identity.counter === 'dense';
  const first = identity?.first ?? 0;
  // A record that was never put is a phantom. Its number says nothing about the numbers below it.
  const isPut = (id: string): boolean => !view.hasPuts || work.some((a) => a.id === id);
  const read = view.reads.flatMap(({ id, place }) =>
    id === undefined || isSentinel(view, id, place.name) ? [] : [id],
  );
  const all = [...new Set([...work.map(({ id }) => id), ...read])].map(partsOf);
  return [...groupBy(all, ([producer, key]) => JSON.stringify([producer, key])).values()].flatMap((records) => {
    const [producer, key] = records[0] ?? ['', ''];
    const ids = (n: number) => JSON.stringify([producer, key, n]);
    const isThere = (n: number) => read.includes(ids(n)) || work.some((a) => a.id === ids(n) && a.outcome === 'ok');
    const numbers = records.map(([, , n]) => n).filter((n) => isPut(ids(n)));
    const [top, lowest] = [Math.max(-1, ...numbers), Math.min(...numbers)];
    const from = view.hasPuts || isReadFromStart(view, ids(lowest)) ? first : lowest;
    const isCounted = isDense && identity?.scope !== 'producer';
    if (!records.some(([, , n]) => isThere(n))) return [];
    const isPutHere = (n: number): boolean => numbers.includes(n);
    // Numbers that are times are too many to count up to.
    const asked = isCounted ? Array.from({ length: top + 1 }, (_, n) => n) : [...numbers].sort((a, b) => a - b);
    return asked
      .filter((n) => (n >= from || isPutHere(n)) && !isThere(n))
      .flatMap((n): readonly Raw[] => {
        const attempts = work.filter(({ id }) => id === ids(n));
        if (attempts.length === 0)
          return isCounted ? [{ anomaly: 'counter-gap', kind: 'never-sent', ids: [ids(n)] }] : [];
        return attempts.at(-1)?.outcome === 'fail'
          ? [{ anomaly: 'counter-gap', kind: 'gave-up', ids: [ids(n)] }]
          : [{ anomaly: 'counter-gap', kind: 'info', isAllowed: true, ids: [ids(n)] }];
      });
  });
};
/**
 * `scope` producer: one counter over all keys of a producer, so that a number is missing when none of its keys has it.
 */
export const producerGap = (view: View): readonly Raw[] => {
  const { identity } = view.head;
  if (identity?.scope !== 'producer' || identity.counter !== 'dense' || !areGapsProved(view)) return [];
  const work = workOf(view);
  const isKnown = (id: string): boolean => !view.hasPuts || work.some((a) => a.id === id);
  const read = view.reads.flatMap(({ id, place }) =>
    id === undefined || isSentinel(view, id, place.name) ? [] : [id],
  );
  const all = [...new Set([...work.map(({ id }) => id), ...read])];
  return [...groupBy(all.map(partsOf), ([producer]) => producer).values()].flatMap((own) => {
    const known = own.filter(([p, k, n]) => isKnown(JSON.stringify([p, k, n])));
    const isThere = ([p, k, n]: readonly [string, string, number]): boolean =>
      read.includes(JSON.stringify([p, k, n])) ||
      work.some((a) => a.id === JSON.stringify([p, k, n]) && a.outcome === 'ok');
    if (!own.some(isThere) || known.length === 0) return [];
    const numbers = known.map(([, , n]) => n);
    const seen = new Set(own.map(([, , n]) => n));
    const [lowest = ['', '', 0]] = [...known].sort((a, b) => a[2] - b[2]);
    const from = view.hasPuts || isReadFromStart(view, JSON.stringify(lowest)) ? (identity.first ?? 0) : lowest[2];
    return Array.from({ length: Math.max(...numbers) + 1 }, (_, n) => n)
      .filter((n) => n >= from && !seen.has(n))
      .map((n): Raw => ({ anomaly: 'counter-gap', kind: 'never-sent', ids: [JSON.stringify([lowest[0], '', n])] }));
  });
};

/** False if no reader read the shard from its beginning: such a dump says nothing of the numbers before its first. */
const isReadFromStart = (view: View, id: string): boolean => {
  const [place] = view.reads.filter((r) => r.id === id).map((r) => r.place);
  if (place === undefined) return false;
  const readers = [...new Set(view.pages.map(({ reader }) => reader))];
  return readers
    .flatMap((reader) => passagesOf(view, reader, place.shard))
    .some(
      ({ pages }) =>
        pages.some(({ from }) => from?.type === 'TRIM_HORIZON') &&
        view.reads.some((r) => pages.includes(r.page) && comparePlaces(r.place, place) >= 0),
    );
};
const isSentinel = (view: View, id: string, name: string): boolean =>
  view.attempts.some((a) => a.put.role === 'sentinel' && (a.id === id || a.place?.name === name));
