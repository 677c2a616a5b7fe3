import { distinct, pairs, type Raw } from './finding.ts';
import {
  chainOf,
  comparePlaces,
  consumption,
  covers,
  groupBy,
  isClosed,
  type Place,
  type Read,
  type View,
} from './view.ts';

/** Section B of the catalogue: what readers were told. */
const chains = (view: View) => groupBy(view.pages, chainOf);
const readsOf = (view: View, chain: string): readonly Read[] => view.reads.filter((r) => r.chain === chain);
const about = (reads: readonly Read[]) => ({
  ids: reads.map(({ id }) => id),
  places: reads.map(({ place }) => place.name),
  chains: distinct(reads.map(({ chain }) => chain)),
  shards: distinct(reads.map(({ place }) => place.shard)),
});

/** Neighbours of one page that do not rise. */
export const intNonmonotonicPoll = (view: View): readonly Raw[] =>
  view.pages.flatMap((page) => {
    const own = view.reads.filter((r) => r.page === page);
    return own.flatMap((b, index) => {
      const a = own[index - 1];
      return a !== undefined && comparePlaces(b.place, a.place) < 0
        ? [{ anomaly: 'int-nonmonotonic-poll' as const, ...about([a, b]) }]
        : [];
    });
  });

/** A page that begins below where the page before it in the chain ended. */
export const nonmonotonicPoll = (view: View): readonly Raw[] =>
  [...chains(view).keys()].flatMap((chain) => {
    const reads = readsOf(view, chain);
    return reads.flatMap((b, index) => {
      const a = reads[index - 1];
      return a !== undefined && a.page !== b.page && comparePlaces(b.place, a.place) < 0
        ? [{ anomaly: 'nonmonotonic-poll' as const, ...about([a, b]) }]
        : [];
    });
  });

/** One position twice: inside a chain, or across two chains of one reader. */
export const reDelivery = (view: View): readonly Raw[] =>
  [...groupBy(view.reads, ({ reader, place }) => JSON.stringify([reader, place.name])).values()].flatMap(
    (reads): readonly Raw[] => {
      if (reads.length < 2) return [];
      const isInChain = distinct(reads.map(({ chain }) => chain)).length < reads.length;
      return [{ anomaly: 're-delivery', isAllowed: !isInChain, ...about(reads) }];
    },
  );

type Known = { readonly place: Place; readonly id: string | undefined; readonly at: number };
const known = (view: View): readonly Known[] => [
  ...view.reads.map(({ place, id, page }) => ({ place, id, at: page.t })),
  ...view.attempts.flatMap(({ place, id, answered }) => (place === undefined ? [] : [{ place, id, at: answered }])),
];

/** A position between two that were delivered one after the other, and known before the later page was asked. */
export const pollSkip = (view: View): readonly Raw[] =>
  [...chains(view).keys()].flatMap((chain) => {
    const reads = readsOf(view, chain);
    return reads.flatMap((b, index) => {
      const a = reads[index - 1];
      if (a === undefined) return [];
      const missed = known(view).filter(
        ({ place, at }) =>
          place.shard === a.place.shard &&
          at < b.asked &&
          comparePlaces(a.place, place) < 0 &&
          comparePlaces(place, b.place) < 0,
      );
      return distinct(missed.map(({ place }) => place.name)).map((name) => ({
        anomaly: 'poll-skip' as const,
        ids: missed.filter(({ place }) => place.name === name).map(({ id }) => id),
        places: [name],
        chains: [chain],
        shards: [a.place.shard],
      }));
    });
  });

/** What each kind of iterator must and must not deliver first. */
export const resumableBroken = (view: View): readonly Raw[] =>
  [...chains(view)].flatMap(([chain, pages]): readonly Raw[] => {
    const from = pages[0]?.from;
    const reads = readsOf(view, chain);
    const [first] = reads;
    if (from === undefined || first === undefined) return [];
    const shard = first.place.shard;
    const asked = from.t0 ?? pages[0]?.t0 ?? 0;
    const answered = from.t ?? pages[0]?.t ?? 0;
    const delivered = new Set(reads.map(({ place }) => place.name));
    const before = known(view).filter(
      ({ place }) => place.shard === shard && !delivered.has(place.name) && comparePlaces(place, first.place) < 0,
    );
    const broken = {
      TRIM_HORIZON: () => before.some(({ at }) => at < asked),
      AT_SEQUENCE_NUMBER: () =>
        first.place.seq !== BigInt(from.seq ?? 0) &&
        (first.place.seq < BigInt(from.seq ?? 0) ||
          before.some(({ place, at }) => at < asked && place.seq >= BigInt(from.seq ?? 0))),
      AFTER_SEQUENCE_NUMBER: () =>
        reads.some(({ place }) => place.seq <= BigInt(from.seq ?? 0)) ||
        before.some(({ place, at }) => at < asked && place.seq > BigInt(from.seq ?? 0)),
      LATEST: () =>
        reads.some(({ place }) => view.attempts.some((a) => a.place?.name === place.name && a.answered < asked)) ||
        before.some(({ place }) =>
          view.attempts.some((a) => a.place?.name === place.name && Math.floor(a.sent) > answered),
        ),
      AT_TIMESTAMP: () => {
        const at = from.at ?? 0;
        const arrivalOf = (name: string) =>
          view.reads.find((r) => r.place.name === name && r.record.arrival !== undefined)?.record.arrival;
        return (
          (first.record.arrival ?? at) < at ||
          before.some(({ place, at: seen }) => seen < asked && (arrivalOf(place.name) ?? at - 1) >= at)
        );
      },
      UNKNOWN: () => false,
    }[from.type]();
    return broken
      ? [
          {
            anomaly: 'resumable-broken',
            chains: [chain],
            shards: [shard],
            places: [first.place.name, ...before.map(({ place }) => place.name)],
            ids: [first.id, ...before.map(({ id }) => id)],
          },
        ]
      : [];
  });

/** Of one shard, what one reader has and another, whose coverage holds the place, has not. */
const missing = (view: View) =>
  distinct(view.pages.map(({ reader }) => reader)).flatMap((reader) =>
    [
      ...groupBy(
        view.reads.filter((r) => r.reader !== reader),
        ({ place }) => place.name,
      ).values(),
    ].flatMap(([read]) =>
      read !== undefined &&
      covers(view, reader, read.place) &&
      !view.reads.some((r) => r.reader === reader && r.place.name === read.place.name)
        ? [{ reader, read }]
        : [],
    ),
  );
export const lostInView = (view: View): readonly Raw[] =>
  missing(view).map(({ read }) => ({ anomaly: 'lost-in-view', ...about([read]) }));

/** Two readers that cover a place and do not agree on what stands there. */
export const readerDivergence = (view: View): readonly Raw[] =>
  pairs([...groupBy(view.reads, ({ reader }) => reader).values()]).flatMap(([one, other]) =>
    distinct(one.map(({ place }) => place.shard)).flatMap((shard): readonly Raw[] => {
      const differ = one.filter(
        (a) =>
          a.place.shard === shard &&
          other.some((b) => b.place.name === a.place.name && (b.id !== a.id || b.record.digest !== a.record.digest)),
      );
      const readers = [one[0]?.reader, other[0]?.reader];
      const lost = missing(view)
        .filter(
          ({ reader, read }) => read.place.shard === shard && readers.includes(reader) && readers.includes(read.reader),
        )
        .map(({ read }) => read);
      const all = [...differ, ...lost];
      return all.length > 0 ? [{ anomaly: 'reader-divergence', ...about(all) }] : [];
    }),
  );

/** Said to be at the tip, yet a record acknowledged well before comes later in the chain. */
export const bookmarkBroken = (view: View): readonly Raw[] => {
  const settle = (view.head.tolerances?.settleMs ?? 5000) * 1000;
  return [...chains(view)].flatMap(([chain, pages]) =>
    pages.flatMap((page) => {
      if (page.behind !== 0) return [];
      const late = readsOf(view, chain).filter(
        (r) =>
          r.page.t > page.t &&
          view.attempts.some((a) => a.place?.name === r.place.name && a.answered + settle < (page.t0 ?? page.t)),
      );
      return late.length > 0 ? [{ anomaly: 'bookmark-broken' as const, isAllowed: true, ...about(late) }] : [];
    }),
  );
};

/** The end was told while a record lies above, or while the shard is open. */
export const prematureShardEnd = (view: View): readonly Raw[] =>
  [...chains(view)].flatMap(([chain, pages]): readonly Raw[] => {
    const last = pages.find(({ more }) => more === false);
    if (last === undefined) return [];
    const reads = readsOf(view, chain).filter((r) => r.page.t <= last.t);
    const delivered = new Set(reads.map(({ place }) => place.name));
    const top = reads.at(-1)?.place;
    const above = known(view).filter(
      ({ place }) =>
        place.shard === last.shard &&
        !delivered.has(place.name) &&
        (top === undefined ? pages[0]?.from?.type === 'TRIM_HORIZON' : comparePlaces(place, top) > 0),
    );
    const isOpen = view.topologies.some(
      ({ t, shards }) => t > last.t && shards.some((s) => s.shard === last.shard && s.seq[1] === null),
    );
    return above.length > 0 || isOpen
      ? [
          {
            anomaly: 'premature-shard-end',
            shards: [last.shard],
            chains: [chain],
            places: above.map(({ place }) => place.name),
            ids: above.map(({ id }) => id),
          },
        ]
      : [];
  });

/** A later chain of the reader reached the tip or the end without a record of its own coverage that an earlier one delivered. */
export const nonmonotonicSession = (view: View): readonly Raw[] =>
  pairs([...chains(view)]).flatMap(([[earlier, [a]], [later, pages]]) => {
    const [b] = pages;
    if (a === undefined || b === undefined || a.reader !== b.reader || a.shard !== b.shard) return [];
    const tip = pages.find(({ behind, more }) => behind === 0 || more === false);
    if (tip === undefined) return [];
    const own = readsOf(view, later);
    const start = own[0]?.place;
    const lost = readsOf(view, earlier).filter((r) => {
      const isIn =
        b.from?.type === 'TRIM_HORIZON' ||
        (b.from?.seq !== undefined
          ? r.place.seq > BigInt(b.from.seq)
          : start !== undefined && comparePlaces(start, r.place) <= 0);
      return isIn && r.page.t < (tip.t0 ?? tip.t) && !own.some((o) => o.place.name === r.place.name);
    });
    return lost.length > 0 ? [{ anomaly: 'nonmonotonic-session' as const, isAllowed: true, ...about(lost) }] : [];
  });

/** Subject readers: a key's record of a child delivered, by first delivery, before one of a parent that the reader covers. */
export const childBeforeParent = (view: View): readonly Raw[] =>
  [
    ...groupBy(
      view.reads.filter(({ reader }) => view.roles.get(reader) === 'subject'),
      ({ reader, record }) => JSON.stringify([reader, record.key]),
    ).values(),
  ].flatMap((all): readonly Raw[] => {
    const reads = all.filter((r, index) => all.findIndex((o) => o.place.name === r.place.name) === index);
    const wrong = pairs(reads).filter(
      ([a, b]) => a.place.shard !== b.place.shard && (consumption(view, a.place, b.place) ?? 0) > 0,
    );
    return wrong.length > 0 ? [{ anomaly: 'child-before-parent', ...about(wrong.flat()) }] : [];
  });

/** Closed, all of it read, and still pages that promise more, for longer than the settling time. */
export const stuckShardEnd = (view: View): readonly Raw[] =>
  [...chains(view)].flatMap(([chain, pages]) => {
    const shard = pages[0]?.shard ?? '';
    const last = pages.at(-1);
    const settle = (view.head.tolerances?.settleMs ?? 5000) * 1000;
    if (last?.more !== true || !isClosed(view, shard)) return [];
    const reads = readsOf(view, chain);
    const top = reads.at(-1);
    const isAll = known(view).every(
      ({ place }) => place.shard !== shard || (top !== undefined && comparePlaces(place, top.place) <= 0),
    );
    const closed = Math.min(
      ...view.topologies
        .filter(({ shards }) => shards.some((s) => s.shard === shard && s.seq[1] !== null))
        .map(({ t }) => t),
    );
    return isAll && last.t - Math.max(top?.page.t ?? 0, closed) > settle
      ? [{ anomaly: 'stuck-shard-end' as const, isAllowed: true, chains: [chain], shards: [shard] }]
      : [];
  });
