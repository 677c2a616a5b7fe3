import type { PageEvent } from '../../model/event.ts';
import type { Raw } from './finding.ts';
import {
  type Attempt,
  chainOf,
  comparePlaces,
  goesOn,
  groupBy,
  isClosed,
  type Place,
  partsOf,
  type View,
  workOf,
} from './view.ts';

/** Section C of the catalogue: what was acknowledged and is not there. */
const unread = (view: View): readonly (readonly [string, Attempt & { place: Place }])[] =>
  [...groupBy(workOf(view), ({ id }) => id)].flatMap(([id, attempts]) => {
    const acked = attempts.find((a): a is Attempt & { place: Place } => a.place !== undefined);
    return acked !== undefined && !view.reads.some((r) => r.id === id) ? [[id, acked] as const] : [];
  });

/** Rule 7: a final reader began the shard at its beginning, its chains join, and it read above the place or reached the end of a closed shard. */
const isProved = (view: View, place: Place): boolean =>
  [...view.roles].some(([reader, role]) => {
    if (role !== 'final') return false;
    const pages = view.pages.filter((page) => page.reader === reader && page.shard === place.shard);
    const runs = [...groupBy(pages, chainOf).values()];
    let top: Place | undefined;
    let isJoined = false;
    for (const run of runs) {
      const from = run[0]?.from;
      if (from?.type === 'TRIM_HORIZON') isJoined = true;
      else if (from?.type === 'AFTER_SEQUENCE_NUMBER' && firstPut(view, place.shard, from.seq)) isJoined = true;
      else if (
        !(from?.type === 'AFTER_SEQUENCE_NUMBER' && top !== undefined && goesOn(view, top, BigInt(from.seq ?? 0)))
      )
        isJoined = false;
      if (!isJoined) continue;
      if (passes(view, run, place)) return true;
      for (const read of view.reads) if (run.includes(read.page)) top = read.place;
    }
    return false;
  });
const firstPut = (view: View, shard: string, seq: string | undefined): boolean => {
  const all = view.attempts.filter(({ place }) => place?.shard === shard);
  const isKnown = view.reads.some((r) => r.place.shard === shard && r.place.seq === BigInt(seq ?? 0));
  return !isKnown && all.length > 0 && all.every(({ place }) => (place?.seq ?? 0n) > BigInt(seq ?? 0));
};
const passes = (view: View, run: readonly PageEvent[], place: Place): boolean =>
  view.reads.some((r) => run.includes(r.page) && comparePlaces(r.place, place) > 0) ||
  (run.some(({ more }) => more === false) && isClosed(view, place.shard));

/** Acknowledged and read by nobody: lost where it is proved, expired where it could no longer be had, else unseen. */
export const lost = (view: View): readonly Raw[] =>
  unread(view).map(([id, { place, answered }]) => {
    const about = { ids: [id], places: [place.name], shards: [place.shard] };
    const hours = view.head.stream?.retentionHours ?? 24;
    const first = view.pages.find(
      ({ reader, shard }) =>
        shard === place.shard && (view.roles.get(reader) === 'final' || ![...view.roles.values()].includes('final')),
    );
    if (first !== undefined && answered + hours * 3.6e9 <= first.t)
      return { anomaly: 'expired-unread', isAllowed: true, ...about };
    if (!isProved(view, place)) return { anomaly: 'unseen', isAllowed: true, ...about };
    const [producer, key, n] = partsOf(id);
    const seen = view.reads
      .flatMap((r) => (r.id === undefined ? [] : [partsOf(r.id)]))
      .filter(([p, k]) => p === producer && k === key)
      .map(([, , m]) => m);
    const kind =
      seen.length === 0 ? 'whole' : n < Math.min(...seen) ? 'prefix' : n > Math.max(...seen) ? 'postfix' : 'middle';
    return { anomaly: 'lost-write', kind, ...about };
  });

/** Outcome unknown, and it is there. */
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
export const counterGap = (view: View): readonly Raw[] => {
  const work = workOf(view);
  const read = view.reads.flatMap(({ id, place }) =>
    id === undefined || isSentinel(view, id, place.name) ? [] : [id],
  );
  const all = [...new Set([...work.map(({ id }) => id), ...read])].map(partsOf);
  return [...groupBy(all, ([producer, key]) => JSON.stringify([producer, key])).values()].flatMap((records) => {
    const [producer, key] = records[0] ?? ['', ''];
    const ids = (n: number) => JSON.stringify([producer, key, n]);
    const isThere = (n: number) => read.includes(ids(n)) || work.some((a) => a.id === ids(n) && a.outcome === 'ok');
    const top = Math.max(...records.map(([, , n]) => n));
    if (!records.some(([, , n]) => isThere(n))) return [];
    return Array.from({ length: top + 1 }, (_, n) => n)
      .filter((n) => !isThere(n))
      .map((n): Raw => {
        const attempts = work.filter(({ id }) => id === ids(n));
        if (attempts.length === 0) return { anomaly: 'counter-gap', kind: 'never-sent', ids: [ids(n)] };
        if (attempts.at(-1)?.outcome === 'fail' && attempts.every(({ outcome }) => outcome === 'fail'))
          return { anomaly: 'counter-gap', kind: 'gave-up', ids: [ids(n)] };
        return attempts.at(-1)?.outcome === 'fail'
          ? { anomaly: 'counter-gap', kind: 'gave-up', ids: [ids(n)] }
          : { anomaly: 'counter-gap', kind: 'info', isAllowed: true, ids: [ids(n)] };
      });
  });
};
const isSentinel = (view: View, id: string, name: string): boolean =>
  view.attempts.some((a) => a.put.role === 'sentinel' && (a.id === id || a.place?.name === name));
