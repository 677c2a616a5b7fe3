import type { PageEvent } from '../../../model/event.ts';
import { distinct, pairs, type Raw } from './finding.ts';
import { lost } from './loss.ts';
import { idAt, isForeign } from './subject-group.ts';
import {
  askedAt,
  chainOf,
  closedAt,
  comparePlaces,
  consumption,
  covers,
  groupBy,
  isClosed,
  isFromStart,
  leavesOut,
  type Place,
  passagesOf,
  type Read,
  resumedAt,
  type View,
} from './view.ts';

/** Section B of the catalogue: what readers were told. */
const chains = (view: View) => groupBy(view.pages, chainOf);
const readsOf = (view: View, chain: string): readonly Read[] => view.reads.filter((r) => r.chain === chain);
const pagesOf = (view: View, reads: readonly Read[]) => distinct(reads.map(({ page }) => view.pages.indexOf(page)));
/** For two reads that do not ascend: their pages, and the chain that went back. */
const turned = (view: View, reads: readonly Read[]) => ({
  pages: pagesOf(view, reads),
  turns: distinct(reads.map(({ chain }) => chain)),
});
const about = (reads: readonly Read[]) => ({
  ids: reads.map(({ id }) => id),
  places: reads.map(({ place }) => place.name),
  chains: distinct(reads.map(({ chain }) => chain)),
  shards: distinct(reads.map(({ place }) => place.shard)),
});

/** Neighbours in one page that do not ascend. */
export const intNonmonotonicPoll = (view: View): readonly Raw[] =>
  view.pages.flatMap((page) => {
    const own = view.reads.filter((r) => r.page === page);
    return own.flatMap((b, index) => {
      const a = own[index - 1];
      return a !== undefined && comparePlaces(b.place, a.place) <= 0
        ? [{ anomaly: 'int-nonmonotonic-poll' as const, ...about([b]), ...turned(view, [a, b]) }]
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
        ? [{ anomaly: 'nonmonotonic-poll' as const, ...about([a, b]), ...turned(view, [a, b]) }]
        : [];
    });
  });

/** One place delivered again: in a chain, or in another chain of the same reader. */
export const reDelivery = (view: View): readonly Raw[] =>
  [...groupBy(view.reads, ({ reader, place }) => JSON.stringify([reader, place.name])).values()].flatMap((reads) =>
    reads.slice(1).flatMap((again, index): readonly Raw[] => {
      const isInChain = reads.slice(0, index + 1).some(({ chain }) => chain === again.chain);
      // Additions, `of`: a consumer's client may fetch a place again in another chain.
      const isFetch = view.readers.some(({ reader, of }) => reader === again.reader && of !== undefined);
      return isFetch && !isInChain ? [] : [{ anomaly: 're-delivery', isAllowed: !isInChain, ...about(reads) }];
    }),
  );

type Known = { readonly place: Place; readonly id: string | undefined; readonly at: number };
const known = (view: View): readonly Known[] => [
  ...view.reads.map(({ place, id, page }) => ({ place, id, at: page.t })),
  ...view.attempts.flatMap(({ place, id, answered }) => (place === undefined ? [] : [{ place, id, at: answered }])),
];

/** True if the place holds a record of this run, or may. Nobody owes foreign records and phantoms. */
const isOfRun = (view: View, name: string): boolean =>
  view.attempts.some((a) => a.place?.name === name) ||
  view.reads.some(
    ({ id, place }) =>
      place.name === name && id !== undefined && (!view.hasPuts || view.attempts.some((a) => a.id === id)),
  );
const firstKnown = (view: View, name: string): number =>
  Math.min(...known(view).flatMap(({ place, at }) => (place.name === name ? [at] : [])));
const isRetained = (view: View, name: string, asked: number): boolean =>
  Math.floor(firstKnown(view, name)) + (view.head.stream?.retentionHours ?? 24) * 3.6e9 > asked;
const isOwed = (view: View, one: Known, asked: number): boolean =>
  one.at < asked && isRetained(view, one.place.name, asked) && isOfRun(view, one.place.name);

/**
 * True if the place is known only from an acknowledgement, nobody read there, and its record was read only at places
 * that were not acknowledged to it. Then the acknowledgement was wrong, and nothing was skipped.
 */
const isElsewhere = (view: View, { place, id }: Known): boolean => {
  const reads = view.reads.filter((r) => r.id === id);
  const isAcked = ({ place: { name } }: Read) => view.attempts.some((a) => a.id === id && a.place?.name === name);
  return !view.reads.some((r) => r.place.name === place.name) && reads.length > 0 && !reads.some(isAcked);
};

/**
 * A place between two that were delivered one after the other, and that was known before the later page was asked for.
 * A chain that begins where its reader stopped continues the earlier one.
 */
export const pollSkip = (view: View): readonly Raw[] => {
  const skips = [...chains(view)].flatMap(([chain, pages]) => {
    if (leavesOut(view, pages[0]?.reader)) return [];
    const reads = readsOf(view, chain);
    return reads.flatMap((b, index) => {
      const low = reads[index - 1]?.place ?? resumedAt(view, pages[0]);
      if (low === undefined) return [];
      const before = new Set(reads.slice(0, index).map(({ place }) => place.name));
      const later = new Set(reads.slice(index).map(({ place }) => place.name));
      return known(view)
        .filter(
          (one) =>
            one.place.shard === b.place.shard &&
            isOwed(view, one, b.asked) &&
            comparePlaces(low, one.place) < 0 &&
            comparePlaces(one.place, b.place) < 0 &&
            !before.has(one.place.name) &&
            !isElsewhere(view, one),
        )
        .map((one) => ({ ...one, reader: b.reader, chain, b, isLate: later.has(one.place.name) }));
    });
  });
  return [
    ...groupBy(skips, (one) => JSON.stringify([one.reader, one.place.name, one.isLate && one.chain])).values(),
  ].map((same) => ({
    anomaly: 'poll-skip',
    ids: same.map(({ id }) => id),
    places: same.map(({ place }) => place.name),
    chains: distinct(same.map(({ chain }) => chain)),
    shards: distinct(same.map(({ place }) => place.shard)),
    pages: pagesOf(
      view,
      same.map((one) => one.b),
    ).slice(0, 1),
    turns: distinct(same.flatMap(({ isLate, chain }) => (isLate ? [chain] : []))),
  }));
};
/** What each kind of iterator must and must not deliver. */
export const resumableBroken = (view: View): readonly Raw[] =>
  [...chains(view)].flatMap(([chain, pages]): readonly Raw[] => {
    const from = pages[0]?.from;
    const reads = readsOf(view, chain);
    const [first] = reads;
    if (from === undefined || first === undefined) return [];
    const { shard } = first.place;
    const seq = BigInt(from.seq ?? 0);
    const delivered = new Set(reads.map(({ place }) => place.name));
    const isBelow = ({ place }: Known) => place.shard === shard && comparePlaces(place, first.place) < 0;
    const owed = known(view).filter(
      (one) => !leavesOut(view, first.reader) && isBelow(one) && isOwed(view, one, first.asked),
    );
    const missed = owed.filter(({ place }) => !delivered.has(place.name));
    const isRead = ({ place }: Known) => view.reads.some((r) => r.place.name === place.name && r.chain !== chain);
    const isThere = (one: Known) => isRead(one) || !(isElsewhere(view, one) || isLost(view, one));
    const ackedAt = (name: string) => view.attempts.filter((a) => a.place?.name === name);
    const arrivalOf = (name: string) =>
      view.reads.find((r) => r.place.name === name && r.record.arrival !== undefined)?.record.arrival;
    const at = from.at ?? 0;
    // Records before the start, and the gaps after them, are one wrong start. LATEST and AT_TIMESTAMP name no record,
    // so the first record may be the wrong one.
    const namesNone = from.type === 'LATEST' || from.type === 'AT_TIMESTAMP';
    const isBefore = (r: Read) => (namesNone ? r === first : !isFromStart(from, r.place));
    const ordered = reads.findIndex((r) => !isBefore(r));
    const wrong = ordered < 0 ? reads : reads.slice(0, ordered);
    const behind = known(view).filter((one) =>
      wrong.some((r, index) => {
        const next = reads[index + 1];
        return (
          next !== undefined &&
          one.place.shard === shard &&
          isOwed(view, one, next.asked) &&
          comparePlaces(r.place, one.place) < 0 &&
          comparePlaces(one.place, next.place) < 0
        );
      }),
    );
    const broken = {
      TRIM_HORIZON: () => missed.some(isRead),
      AT_SEQUENCE_NUMBER: () =>
        first.place.seq < seq ||
        owed.some(
          (one) => one.place.seq === seq && isFromStart(from, one.place) && first.place.seq !== seq && isThere(one),
        ),
      AFTER_SEQUENCE_NUMBER: () =>
        reads.some(({ place }) => !isFromStart(from, place)) ||
        (resumedAt(view, pages[0]) === undefined && missed.some((one) => isFromStart(from, one.place) && isRead(one))),
      LATEST: () =>
        reads.some(({ place }) => ackedAt(place.name).some((a) => a.answered < (from.t0 ?? 0))) ||
        missed.some(
          (one) =>
            isThere(one) &&
            ackedAt(one.place.name).some((a) => Math.floor(a.sent) > (from.t ?? Number.POSITIVE_INFINITY)),
        ),
      AT_TIMESTAMP: () =>
        (first.record.arrival ?? at) + (isWholeSeconds(view) ? 999 : 0) < at ||
        missed.some(
          (one) => isRead(one) && (arrivalOf(one.place.name) ?? at - 1) >= at + (isWholeSeconds(view) ? 1000 : 0),
        ),
      UNKNOWN: () => false,
    }[from.type]();
    return broken
      ? [
          {
            anomaly: 'resumable-broken',
            chains: [chain],
            shards: [shard],
            places: [first.place.name, ...[...missed, ...behind].map(({ place }) => place.name)],
            ids: [first.id, ...missed.map(({ id }) => id)],
          },
        ]
      : [];
  });
const isLost = (view: View, { id }: Known): boolean =>
  lost(view).some(({ anomaly, ids }) => anomaly === 'lost-write' && ids?.includes(id) === true);

/** Additions, `group`: readers of one group are one application. */
const isOneApplication = (view: View, one: string, other: string): boolean => {
  const groupOf = (name: string) => view.readers.findLast(({ reader }) => reader === name)?.group;
  return one === other || (groupOf(one) !== undefined && groupOf(one) === groupOf(other));
};

/** A record that one reader has, and another reader whose coverage holds the place has not. */
export const lostInView = (view: View): readonly Raw[] =>
  distinct(view.pages.map(({ reader }) => reader)).flatMap((reader) =>
    [
      ...groupBy(
        view.reads.filter((r) => !isOneApplication(view, r.reader, reader)),
        ({ place }) => place.name,
      ).values(),
    ].flatMap(([read]) => {
      if (read === undefined || !covers(view, reader, read.place) || !isOfRun(view, read.place.name)) return [];
      const behind = view.reads.filter(
        (r) => r.reader === reader && r.place.shard === read.place.shard && comparePlaces(r.place, read.place) > 0,
      );
      const end = view.pages.filter(
        (page) => page.reader === reader && page.shard === read.place.shard && page.more === false,
      );
      const asked = Math.min(...behind.map((r) => r.asked), ...end.map(askedAt));
      if (!isRetained(view, read.place.name, asked)) return [];
      const isThere = view.reads.some(
        (r) => isOneApplication(view, r.reader, reader) && r.place.name === read.place.name,
      );
      const own = view.reads
        .filter((r) => r.reader === reader && r.place.shard === read.place.shard)
        .map(({ chain }) => chain);
      return isThere ? [] : [{ anomaly: 'lost-in-view' as const, ...about([read]), chains: distinct(own) }];
    }),
  );

/** One pass was given something there that the other one was not. */
const hasOther = (one: readonly Read[], other: readonly Read[]): boolean =>
  one.some((a) => other.every((b) => a.id !== b.id || areDifferent(a.record.digest, b.record.digest)));
const areDifferent = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other;

/**
 * Different content at one place; or two passes of one reader over a place, of which one was not given what the other
 * was.
 */
export const readerDivergence = (view: View): readonly Raw[] => {
  const differing = [...groupBy(view.reads, ({ place }) => place.name).values()].filter((reads) =>
    pairs([...groupBy(reads, ({ chain }) => chain).values()]).some(
      ([one, other]) => hasOther(one, other) || hasOther(other, one),
    ),
  );
  const passes = pairs([...chains(view)]).flatMap(([[one, [a]], [other, [b]]]) => {
    if (a === undefined || b === undefined || a.reader !== b.reader || a.shard !== b.shard) return [];
    if (leavesOut(view, a.reader)) return [];
    return [
      [one, other],
      [other, one],
    ].flatMap(([has = '', misses = '']) =>
      readsOf(view, has).filter(
        (r) =>
          readsOf(view, misses).some((m) => comparePlaces(m.place, r.place) < 0) &&
          readsOf(view, misses).some((m) => comparePlaces(m.place, r.place) > 0) &&
          !readsOf(view, misses).some((m) => m.place.name === r.place.name) &&
          isOwedBy(view, misses, r.place),
      ),
    );
  });
  return [
    ...differing.map(about),
    ...distinct(passes.map(({ place }) => place.name)).map((name) =>
      about(view.reads.filter((r) => r.place.name === name)),
    ),
  ].map((raw) => ({ anomaly: 'reader-divergence', ...raw }));
};
/**
 * True if the record is of this run, and was retained when the chain was asked for places above it, or for its end.
 */
const isOwedBy = (view: View, chain: string, place: Place): boolean => {
  const behind = view.pages.filter(
    (page) =>
      chainOf(page) === chain &&
      (page.more === false || view.reads.some((r) => r.page === page && comparePlaces(r.place, place) > 0)),
  );
  return isOfRun(view, place.name) && isRetained(view, place.name, Math.min(...behind.map(askedAt)));
};
const chainCovers = (view: View, chain: string, place: Place): boolean => {
  const pages = view.pages.filter((page) => chainOf(page) === chain);
  const places = readsOf(view, chain).map((r) => r.place);
  const above = pages[0]?.from?.type === 'TRIM_HORIZON' || places.some((p) => comparePlaces(p, place) <= 0);
  const below = pages.some(({ more }) => more === false) || places.some((p) => comparePlaces(p, place) >= 0);
  return above && below;
};

/** True if a place surely lies ahead of an iterator that has delivered nothing so far. */
const isAheadOfStart = (view: View, [first]: readonly PageEvent[], place: Place): boolean => {
  const from = first?.from;
  if (from === undefined) return false;
  const arrivals = view.reads.filter(
    (r) =>
      r.place.shard === place.shard && (r.record.arrival ?? -1) >= (from.at ?? 0) + (isWholeSeconds(view) ? 1000 : 0),
  );
  return {
    TRIM_HORIZON: () => true,
    AT_SEQUENCE_NUMBER: () => isFromStart(from, place),
    AFTER_SEQUENCE_NUMBER: () => isFromStart(from, place),
    LATEST: () =>
      from.t !== undefined &&
      view.attempts.some((a) => a.place?.name === place.name && Math.floor(a.sent) > (from.t ?? 0)),
    AT_TIMESTAMP: () => from.at !== undefined && arrivals.some((r) => comparePlaces(r.place, place) <= 0),
    UNKNOWN: () => false,
  }[from.type]();
};

/** True if the engine tells no arrival but in whole seconds. */
const isWholeSeconds = ({ reads }: View): boolean => {
  const times = reads.flatMap(({ record: { arrival } }) => (arrival === undefined ? [] : [arrival]));
  return times.length >= 10 && times.every((time) => time % 1000 === 0);
};

/** True if no times are known. Claims that need times are then not judged. */
const isTimeless = ({ head }: View): boolean => head.clock === 'none';

/**
 * Rule 20: a page reports that nothing is behind, although a record that was acknowledged well before lies ahead and
 * was not delivered in the chain. One finding for each record.
 */
export const bookmarkBroken = (view: View): readonly Raw[] => {
  if (isTimeless(view)) return [];
  const settle = (view.head.tolerances?.settleMs ?? 5000) * 1000;
  return [...chains(view)].flatMap(([chain, pages]) => {
    const all = readsOf(view, chain);
    const acked = view.attempts.flatMap(({ place, answered, id }) =>
      place?.shard === pages[0]?.shard && place !== undefined ? [{ place, id, at: answered }] : [],
    );
    const late = pages
      .filter(({ behind }) => behind === 0)
      .flatMap((page) => {
        const until = all.filter((r) => r.page.t <= page.t);
        const cursor = until.at(-1)?.place;
        const isGiven = ({ place }: Known, reads: readonly Read[]) => reads.some((r) => r.place.name === place.name);
        return acked.filter(
          (one) =>
            one.at + settle < askedAt(page) &&
            !isGiven(one, until) &&
            (cursor === undefined || comparePlaces(one.place, cursor) > 0) &&
            (isGiven(one, all) ||
              (!leavesOut(view, page.reader) &&
                (cursor !== undefined || isAheadOfStart(view, pages, one.place)) &&
                isRetained(view, one.place.name, askedAt(page)) &&
                !isElsewhere(view, one))),
        );
      });
    return [...groupBy(late, ({ place }) => place.name).values()].map((same) => ({
      anomaly: 'bookmark-broken' as const,
      isAllowed: true,
      ids: same.map(({ id }) => id),
      places: same.map(({ place }) => place.name),
    }));
  });
};

/**
 * True if the shard is open in the last listing, and no reshard of it, or of the whole stream, was in progress or done
 * since.
 */
const isListedOpen = (view: View, shard: string): boolean => {
  const last = view.topologies.filter(({ shards }) => shards.some((s) => s.shard === shard)).at(-1);
  if (last?.shards.find((s) => s.shard === shard)?.seq[1] !== null) return false;
  const begun = view.reshards.filter(
    (r) => r.phase === 'invoke' && (r.action === 'UpdateShardCount' || (r.shards ?? []).includes(shard)),
  );
  return begun.every(({ id }) =>
    view.reshards.some((r) => r.id === id && (r.phase === 'fail' || (r.phase === 'ok' && r.t < last.t))),
  );
};

/** True if the shard is open in a listing after its end was reported, and no reshard was closing it then. */
const isListedOpenSince = (view: View, shard: string, told: number): boolean =>
  view.topologies.some(
    ({ t, status, shards }) =>
      t > told &&
      (status ?? 'ACTIVE') === 'ACTIVE' &&
      shards.some((s) => s.shard === shard && s.seq[1] === null) &&
      !view.reshards.some(
        (r) =>
          r.phase === 'invoke' &&
          r.t < t &&
          (r.action === 'UpdateShardCount' || (r.shards ?? []).includes(shard)) &&
          !view.reshards.some(
            (o) =>
              o.id === r.id && (o.phase === 'fail' || (o.phase === 'ok' && o.t < t && r.action === 'UpdateShardCount')),
          ),
      ),
  );

const isDone = (view: View, id: number): boolean => view.reshards.some((r) => r.id === id && r.phase === 'ok');

/**
 * True if no reshard that may have closed the shard was called before its end was reported, and later a record was
 * stored there before it was listed closed, or a reshard of it was called and done.
 */
const wasOpen = (view: View, shard: string, told: number): boolean => {
  const calls = view.reshards.filter(
    (r) => r.phase === 'invoke' && (r.action === 'UpdateShardCount' || (r.shards ?? []).includes(shard)),
  );
  const isClosing = ({ id, t }: { id: number; t: number }) =>
    t < told && !view.reshards.some((r) => r.id === id && r.phase === 'fail');
  if (calls.some(isClosing)) return false;
  return (
    view.attempts.some((a) => a.place?.shard === shard && a.sent > told && a.sent < closedAt(view, shard)) ||
    calls.some(({ id, t, action }) => t > told && action !== 'UpdateShardCount' && isDone(view, id))
  );
};

/** Rule 19: the end was reported while a record above was read by somebody, or while the shard was open. */
export const prematureShardEnd = (view: View): readonly Raw[] =>
  [...chains(view)].flatMap(([chain, pages]): readonly Raw[] => {
    const last = pages.find(({ more }) => more === false);
    if (last === undefined) return [];
    const reads = readsOf(view, chain);
    const delivered = new Set(reads.map(({ place }) => place.name));
    const top = [...reads].sort((a, b) => comparePlaces(a.place, b.place)).at(-1)?.place;
    const above = known(view).filter(
      ({ place }) =>
        !leavesOut(view, last.reader) &&
        place.shard === last.shard &&
        view.reads.some((r) => r.place.name === place.name) &&
        !delivered.has(place.name) &&
        isRetained(view, place.name, askedAt(last)) &&
        (top === undefined ? isAheadOfStart(view, pages, place) : comparePlaces(place, top) > 0),
    );
    const isOpen =
      isListedOpen(view, last.shard) ||
      isListedOpenSince(view, last.shard, last.t) ||
      wasOpen(view, last.shard, last.t);
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

/**
 * A later chain of the reader reached the tip or the end without a record of its coverage that an earlier one
 * delivered.
 */
export const nonmonotonicSession = (view: View): readonly Raw[] =>
  [...chains(view)].flatMap(([later, pages], index, all): readonly Raw[] => {
    const [b] = pages;
    if (b === undefined || leavesOut(view, b.reader)) return [];
    if (!pages.some(({ behind, more }) => behind === 0 || more === false)) return [];
    const earlier = all.slice(0, index).filter(([, [a]]) => a?.reader === b.reader && a.shard === b.shard);
    const own = readsOf(view, later).map(({ place }) => place.name);
    const lost = earlier
      .flatMap(([chain]) => readsOf(view, chain))
      .filter(
        (r) => chainCovers(view, later, r.place) && !own.includes(r.place.name) && isOwedBy(view, later, r.place),
      );
    return lost.length > 0 ? [{ anomaly: 'nonmonotonic-session', isAllowed: true, ...about(lost) }] : [];
  });

const isMark = (view: View, id: string | undefined): boolean =>
  view.attempts.some((a) => a.id === id && a.put.role === 'sentinel');

/** For subjects: the first delivery of a key's record in a child came before that of one in a covered parent. */
export const childBeforeParent = (view: View): readonly Raw[] =>
  givenByKey(view).flatMap((reads): readonly Raw[] => {
    const wrong = pairs(reads).filter(
      ([a, b]) => a.place.shard !== b.place.shard && (consumption(view, a.place, b.place) ?? 0) > 0,
    );
    return wrong.length > 0 ? [{ anomaly: 'child-before-parent', ...about(wrong.flat()) }] : [];
  });

/** First deliveries of each subject, by flow: what must be in order is the partition key if no flow is named. */
const givenByKey = (view: View): readonly (readonly View['reads'][number][])[] =>
  [
    ...groupBy(
      view.reads
        .filter(
          ({ reader, id, record }) =>
            view.roles.get(reader) === 'subject' && flowNamed(record) !== undefined && !isMark(view, id),
        )
        .map((read) => ({ ...read, id: read.id ?? idAt(view, read) }))
        // Foreign records are judged only for the order of places.
        .filter((read) => !isForeign(view, read)),
      ({ reader, record }) => JSON.stringify([reader, flowNamed(record)]),
    ).values(),
  ].map((all) => all.filter((r, index) => all.findIndex((o) => o.place.name === r.place.name) === index));

const flowNamed = ({ flow, key }: Read['record']): string | undefined => flow ?? key;

/** The shard is closed and completely read, and its pages still promise more for longer than the settling time. */
export const stuckShardEnd = (view: View): readonly Raw[] =>
  [...(isTimeless(view) ? [] : chains(view))].flatMap(([chain, pages]) => {
    const shard = pages[0]?.shard ?? '';
    const last = pages.filter(({ error }) => error === undefined).at(-1);
    const settle = (view.head.tolerances?.settleMs ?? 5000) * 1000;
    if (leavesOut(view, last?.reader)) return [];
    if (last?.more !== true || pages.some(({ more }) => more === false) || !isClosed(view, shard)) return [];
    const highest = (reads: readonly Read[]): Read | undefined =>
      reads.reduce<Read | undefined>(
        (a, b) => (a === undefined || comparePlaces(b.place, a.place) > 0 ? b : a),
        undefined,
      );
    // Includes the chains that it continues.
    const joined = passagesOf(view, pages[0]?.reader ?? '', shard).find((passage) => passage.chains.includes(chain));
    const before = joined?.chains.slice(0, joined.chains.indexOf(chain) + 1) ?? [chain];
    const top = highest(before.flatMap((one) => readsOf(view, one)));
    const reached = readsOf(view, chain).find((read) => read.place.name === top?.place.name);
    const all = known(view).filter(({ place }) => place.shard === shard);
    const isAll = all.every(({ place }) => top !== undefined && comparePlaces(place, top.place) <= 0);
    const closed = Math.min(
      ...view.topologies
        .filter(({ shards }) => shards.some((s) => s.shard === shard && s.seq[1] !== null))
        .map(({ t }) => t),
    );
    return isAll && Math.floor(last.t) - Math.floor(Math.max(reached?.page.t ?? pages[0]?.t ?? 0, closed)) > settle
      ? [{ anomaly: 'stuck-shard-end' as const, isAllowed: true, chains: [chain], shards: [shard] }]
      : [];
  });
