import type { SubjectEvent } from '../../../model/event.ts';
import { distinct, type Raw } from './finding.ts';
import {
  type Group,
  groupsOf,
  isAbout,
  isAboutRecord,
  isDroppedByKcl,
  isFinal,
  isForeign,
  isOwedBy,
  isSame,
  isStray,
  isStrayAttempt,
  lastOf,
} from './subject-group.ts';
import {
  askedAt,
  comparePlaces,
  consumption,
  covers,
  groupBy,
  type Place,
  partsOf,
  placeOf,
  type Read,
  type View,
  workOf,
} from './view.ts';

/** Rules 14 to 16 of the Additions, from their text. */
const about = (reads: readonly Read[], group?: Group): Pick<Raw, 'ids' | 'places' | 'shards' | 'group'> => ({
  ...(group === undefined ? {} : { group: group.name }),
  ids: reads.map(({ id }) => id),
  places: reads.map(({ place }) => place.name),
  shards: distinct(reads.map(({ place }) => place.shard)),
});
const flowOf = (id: string): string => JSON.stringify(partsOf(id).slice(0, 2));

const hasFinal = (view: View): boolean => view.readers.some(({ role }) => role === 'final');

/** A discard counts as delivered and done. */
const discards = (view: View, { said }: Group, read: Read, before = Number.POSITIVE_INFINITY): boolean =>
  said.some((one) => one.event === 'discard' && one.t < before && isAboutRecord(view, one, read));

const firstDelivery = ({ deliveries }: Group, read: Read): Read | undefined =>
  deliveries.find((given) => isSame(given, read));

/** Rule 15: with `owes`, missing records at the ends are unknown until the application is complete. */
const due = (view: View, group: Group): readonly Read[] => {
  const { owes, isComplete, owed, between } = group;
  if (owes.length === 0 || isComplete) return owed;
  const atOnce = owes.filter(({ until }) => until === 'acked');
  return owed.filter((read) => between.includes(read) || atOnce.some((one) => isOwedBy(view, group, read, one)));
};

export const subjectLoss = (view: View): readonly Raw[] =>
  !hasFinal(view)
    ? []
    : groupsOf(view).flatMap((group): readonly Raw[] => {
        const missing = due(view, group).filter(
          (read) => firstDelivery(group, read) === undefined && !discards(view, group, read),
        );
        const isNeverRead = ({ place }: Read): boolean =>
          !group.deliveries.some((given) => given.place.shard === place.shard) &&
          !group.said.some(({ event, shard }) => event === 'start' && shard === place.shard);
        const never = missing.filter(isNeverRead);
        return [
          ...(never.length > 0 ? [{ anomaly: 'subject-loss' as const, kind: 'shard', ...about(never, group) }] : []),
          ...missing
            .filter((read) => !isNeverRead(read))
            .map((read) => ({
              anomaly: 'subject-loss' as const,
              kind: lossKind(group, read),
              ...about([read], group),
            })),
        ];
      });

const lossKind = ({ deliveries }: Group, { place }: Read): string => {
  const own = deliveries.filter((given) => given.place.shard === place.shard).map((given) => given.place);
  if (!own.some((other) => comparePlaces(other, place) > 0)) return 'tail';
  return own.some((other) => comparePlaces(other, place) < 0) ? 'middle' : 'head';
};

type Met = {
  readonly id: string;
  readonly place: Place;
  readonly t: number;
  readonly index: number;
  readonly machine: string;
};

/** The machine of a worker, otherwise of a reader. Each worker of an application has its own. */
const machineOf = (reader: string, worker: string | undefined): string =>
  worker === undefined ? `reader ${reader}` : `worker ${worker}`;

const skewOf = ({ head }: View): number => (head.tolerances?.clockSkewMs ?? 0) * 1000;

/** Ids of records n that came after an m > n, although their place is not after that of m. One finding for each n. */
const outOfOrder = (view: View, met: readonly Met[]): readonly string[] =>
  distinct(
    met
      .filter((later) =>
        met.some((earlier) => {
          if (flowOf(earlier.id) !== flowOf(later.id) || partsOf(later.id)[2] >= partsOf(earlier.id)[2]) return false;
          const isLater = later.t > earlier.t || (later.t === earlier.t && later.index > earlier.index);
          const places = consumption(view, later.place, earlier.place);
          const isOne = skewOf(view) === 0 || later.machine === earlier.machine;
          const isSure = isOne || later.t - earlier.t > skewOf(view);
          return isLater && isSure && places !== undefined && places <= 0;
        }),
      )
      .map(({ id }) => id),
  );

/** The first delivery of each record. */
const firstMet = ({ deliveries }: Group): readonly Met[] =>
  [
    ...groupBy(
      deliveries.filter(({ id }) => id !== undefined),
      ({ id }) => id ?? '',
    ).values(),
  ].flatMap(([first]) =>
    first === undefined
      ? []
      : [
          {
            id: first.id ?? '',
            place: first.place,
            t: first.page.t,
            index: deliveries.indexOf(first),
            machine: machineOf(first.reader, first.page.worker),
          },
        ],
  );

export const subjectReorder = (view: View): readonly Raw[] =>
  groupsOf(view).flatMap((group) =>
    outOfOrder(view, firstMet(group)).map((id) => ({ anomaly: 'subject-reorder', ids: [id], group: group.name })),
  );

export const subjectDuplicate = (view: View): readonly Raw[] =>
  groupsOf(view).flatMap((group) =>
    group.deliveries.flatMap((given, index): readonly Raw[] => {
      if (isForeign(view, given)) return [];
      const before = group.deliveries.slice(0, index).filter((other) => isSame(other, given));
      if (before.length === 0) return [];
      const kind = duplicateKind(group, given, before);
      const isAllowed = kind === 'copy' || kind === 'resume';
      return [{ anomaly: 'subject-duplicate', kind, isAllowed, ...about([given], group) }];
    }),
  );

const duplicateKind = (group: Group, given: Read, before: readonly Read[]): string => {
  const here = before.filter(({ place }) => place.name === given.place.name);
  if (here.some(({ chain }) => chain === given.chain)) return 'same-chain';
  if (here.length === 0) return 'copy';
  return againKind(group, given.place, given.page.t);
};

/** The kind of a redelivery, by the last checkpoint of its shard before. */
const againKind = ({ said }: Group, place: Place, until: number): string => {
  const checkpoint = said.findLast(
    ({ event, shard, t }) => event === 'checkpoint' && shard === place.shard && t < until,
  );
  return checkpoint !== undefined && isAtOrAfter(checkpoint, place) ? 'checkpointed' : 'resume';
};

/** True if a checkpoint lies at or after a place. The end of a shard is after all of its places. */
const isAtOrAfter = ({ shard, seq, sub, at }: SubjectEvent, place: Place): boolean =>
  shard === place.shard &&
  (at === 'SHARD_END' || (seq !== undefined && comparePlaces(lastOf(shard, seq, sub), place) >= 0));

export const checkpointAhead = (view: View): readonly Raw[] =>
  !hasFinal(view)
    ? []
    : groupsOf(view).flatMap((group) => {
        const hasDones = group.said.some(({ event }) => event === 'done');
        // Events of another machine within the clock skew may have come before.
        const isBefore = (t: number, machine: string, { t: until, reader, worker }: SubjectEvent): boolean =>
          t < until + (machine === machineOf(reader, worker) ? 0 : skewOf(view));
        const isSettled = (read: Read, checkpoint: SubjectEvent): boolean =>
          group.said.some(
            (one) =>
              (one.event === 'discard' || (hasDones && one.event === 'done')) &&
              isBefore(one.t, machineOf(one.reader, one.worker), checkpoint) &&
              isAboutRecord(view, one, read),
          ) ||
          (!hasDones &&
            group.deliveries.some(
              (given) =>
                isBefore(given.page.t, machineOf(given.reader, given.page.worker), checkpoint) && isSame(given, read),
            ));
        return group.owed.flatMap((read): readonly Raw[] => {
          const passed = group.said.find(
            (one) => one.event === 'checkpoint' && isAtOrAfter(one, read.place) && !isSettled(read, one),
          );
          return passed === undefined
            ? []
            : [{ anomaly: 'checkpoint-ahead', ...about([read], group), ...afterLast(group, passed) }];
        });
      });

/** Rule 23: subject-loss explains it only if the checkpoint came after the shard's last delivery. */
const afterLast = ({ deliveries }: Group, { shard, t }: SubjectEvent): Pick<Raw, 'isAfterLast'> =>
  deliveries.some((given) => given.place.shard === shard && given.page.t > t) ? {} : { isAfterLast: true };

export const checkpointBack = (view: View): readonly Raw[] =>
  groupsOf(view).flatMap(({ said }) => {
    const all = said.filter(({ event }) => event === 'checkpoint');
    return all.flatMap((one, index): readonly Raw[] => {
      const isBack = all.slice(0, index).some((before) => before.shard === one.shard && liesBefore(one, before));
      return isBack ? [{ anomaly: 'checkpoint-back', isReported: true, shards: [one.shard ?? ''] }] : [];
    });
  });

const liesBefore = (one: SubjectEvent, other: SubjectEvent): boolean => {
  if (one.at === 'SHARD_END' || one.seq === undefined) return false;
  if (other.at === 'SHARD_END') return true;
  if (other.seq === undefined) return false;
  return comparePlaces(lastOf('', one.seq, one.sub), lastOf('', other.seq, other.sub)) < 0;
};

/** Worker A delivers after B, which began later, has delivered, and A has not begun again since. */
export const twoOwners = (view: View): readonly Raw[] =>
  groupsOf(view).flatMap(({ readers, said }) => {
    const given = view.reads.filter(({ reader, page }) => readers.includes(reader) && page.worker !== undefined);
    type Owner = { readonly worker?: string; readonly shard: string; readonly lane?: string | number };
    // Without a start event, the first page of a chain is the start.
    const begun = ({ worker, shard, lane }: Owner, until: number): number => {
      const start = said.findLast(
        (one) => one.event === 'start' && one.worker === worker && one.shard === shard && one.t < until,
      );
      const own = given.filter(
        ({ page }) => page.worker === worker && page.shard === shard && page.lane === lane && page.t <= until,
      );
      const chain = own.at(-1)?.chain;
      return start?.t ?? own.find((read) => read.chain === chain)?.page.t ?? Number.POSITIVE_INFINITY;
    };
    const isLate = (late: Read): boolean =>
      given.some(({ page }) => {
        const { worker, shard, lane } = late.page;
        const isOther = page.worker !== worker && page.shard === shard && page.lane === lane;
        if (!isOther || late.page.t - page.t <= skewOf(view)) return false;
        return begun(page, page.t) - begun(late.page, late.page.t) > skewOf(view);
      });
    const late = given.filter(isLate).map(({ page }) => JSON.stringify([page.worker, page.shard]));
    return distinct(late).map((owner) => ({ anomaly: 'two-owners', ids: [owner] }));
  });

/** The records of each `done`: those that were delivered at its place. */
type Effect = Met & { readonly key: string };
const effectsOf = (view: View, { deliveries, said }: Group): readonly Effect[] =>
  said
    .filter((one) => one.event === 'done' && !isAboutMark(view, one))
    .flatMap((done) => {
      const acked = view.attempts.flatMap(({ id, place }) => (place === undefined ? [] : [{ id, place }]));
      const known = [...deliveries, ...acked, ...view.reads]
        .filter(({ place }) => isAbout(done, place))
        .sort((a, b) => Number(a.id === undefined) - Number(b.id === undefined));
      const records = known.filter(
        (read, index) => known.findIndex((other) => other.place.name === read.place.name) === index,
      );
      const nobodys = placeOf(done.shard ?? '', done.seq ?? '0', done.sub);
      const effects: Omit<Effect, 't' | 'index' | 'machine'>[] = records.map(({ id, place }) => ({
        id: id ?? '',
        key: id ?? place.name,
        place,
      }));
      const all = effects.length > 0 ? effects : [{ id: '', key: nobodys.name, place: nobodys }];
      return all
        .sort((a, b) => comparePlaces(a.place, b.place))
        .map((effect, index) => ({ ...effect, t: done.t, index, machine: machineOf(done.reader, done.worker) }));
    });

export const effectReorder = (view: View): readonly Raw[] =>
  groupsOf(view).flatMap((group) => {
    const effects = effectsOf(view, group).filter(({ id }) => id !== '');
    const first = effects.filter(({ id }, index) => effects.findIndex((other) => other.id === id) === index);
    return outOfOrder(view, first).map((id) => ({ anomaly: 'effect-reorder', ids: [id], group: group.name }));
  });

export const effectDuplicate = (view: View): readonly Raw[] =>
  groupsOf(view).flatMap((group) => {
    const effects = effectsOf(view, group);
    return effects.flatMap((effect, index): readonly Raw[] => {
      const before = effects.slice(0, index).filter(({ key }) => key === effect.key);
      if (before.length === 0) return [];
      const isHere = before.some(({ place }) => place.name === effect.place.name);
      const kind = isHere ? againKind(group, effect.place, effect.t) : 'copy';
      return [{ anomaly: 'effect-duplicate', kind, ids: [effect.key], group: group.name }];
    });
  });

export const fetchedNotDelivered = (view: View): readonly Raw[] =>
  !hasFinal(view)
    ? []
    : groupsOf(view)
        .filter(({ isComplete }) => isComplete)
        .flatMap((group): readonly Raw[] => {
          const names = [
            group.name,
            ...view.readers.filter((one) => (one.group ?? one.reader) === group.name).map(({ reader }) => reader),
          ];
          const clients = view.readers
            .filter(({ of }) => of !== undefined && names.includes(of))
            .map(({ reader }) => reader);
          const fetched = view.reads.filter(({ reader }) => clients.includes(reader));
          const isPassed = (read: Read): boolean =>
            fetched.some(
              (own) =>
                isSame(own, read) &&
                fetched.some(({ place }) => place.shard === own.place.shard && comparePlaces(place, own.place) > 0),
            );
          return group.wanted
            .filter(
              (read) => isPassed(read) && firstDelivery(group, read) === undefined && !discards(view, group, read),
            )
            .map((read) => ({ anomaly: 'fetched-not-delivered', ...about([read], group) }));
        });

/** True if an event is about a sentinel. */
const isAboutMark = (view: View, event: SubjectEvent): boolean =>
  view.attempts.some(({ put, place }) => put.role === 'sentinel' && place !== undefined && isAbout(event, place));

export const subjectDiscard = (view: View): readonly Raw[] =>
  groupsOf(view).flatMap(({ said }) =>
    said
      .filter((one) => one.event === 'discard' && !isAboutMark(view, one))
      .map(
        ({ shard, to }): Raw => ({ anomaly: 'subject-discard', shards: [shard ?? ''], isReported: to !== undefined }),
      ),
  );

/**
 * Rule 14: delivered, done or discarded, although nobody else has the record, at a place that a final reader covers.
 */
export const subjectClaim = (view: View): readonly Raw[] => {
  const others = view.reads.filter(({ reader }) => view.roles.get(reader) !== 'subject');
  if (!view.hasPuts && others.length === 0) return [];
  const finals = view.readers.filter(({ reader }) => isFinal(view, reader)).map(({ reader }) => reader);
  // A final reader that read from the beginning and was caught up after the consumer's report covers the place, too.
  const hasCaughtUp = (reader: string, shard: string, t: number): boolean => {
    const own = view.pages.filter((page) => page.reader === reader && page.shard === shard);
    const isFromStart = own.some(({ from }) => from?.type === 'TRIM_HORIZON');
    return isFromStart && own.some((page) => page.behind === 0 && page.t > t);
  };
  // One that began when the retention was over could not have it.
  const retention = (view.head.stream?.retentionHours ?? 24) * 3.6e9;
  const isRetained = (reader: string, shard: string, t: number): boolean => {
    const first = view.pages.find((page) => page.reader === reader && page.shard === shard);
    return first !== undefined && askedAt(first) < Math.floor(t) + retention;
  };
  const isCovered = (place: Place, t: number): boolean =>
    finals.some(
      (reader) =>
        isRetained(reader, place.shard, t) && (covers(view, reader, place) || hasCaughtUp(reader, place.shard, t)),
    );
  const isStored = ({ shard, seq, sub }: Pick<SubjectEvent, 'shard' | 'seq' | 'sub'>): boolean =>
    [...others.map(({ place }) => place), ...view.attempts.flatMap(({ place }) => place ?? [])].some((place) =>
      isAbout({ shard, seq, sub } as SubjectEvent, place),
    );
  return groupsOf(view).flatMap(({ deliveries, said }): readonly Raw[] => [
    ...deliveries
      .filter((given) => !isKnown(view, others, given) && isCovered(given.place, given.page.t))
      .map((given) => ({ anomaly: 'subject-claim' as const, ...about([given]) })),
    ...said
      .filter(
        ({ event, seq, shard }) =>
          (event === 'done' || event === 'discard') && seq !== undefined && shard !== undefined,
      )
      .filter((one) => !isStored(one) && isCovered(placeOf(one.shard ?? '', one.seq ?? '0', one.sub), one.t))
      .map((one) => ({ anomaly: 'subject-claim' as const, shards: [one.shard ?? ''] })),
  ]);
};

/** True if the same record is known at its place: acknowledged, fetched or read there. */
const isKnown = (view: View, others: readonly Read[], given: Read): boolean =>
  others.some(
    (read) => read.place.name === given.place.name && isSame(read, given) && isSameDigest(read.record.digest, given),
  ) ||
  view.attempts.some(
    ({ place, id, entry }) =>
      place?.name === given.place.name &&
      (given.id === undefined || id === given.id) &&
      isSameDigest(entry.digest, given),
  );

const isSameDigest = (digest: string | undefined, { record }: Read): boolean =>
  digest === undefined || record.digest === undefined || digest === record.digest;

export const straySubRecord = (view: View): readonly Raw[] => {
  const given = aggregated(view);
  const read = given
    .filter((one) => isStray(view, one) && !isForeign(view, one))
    .map((one) => ({ anomaly: 'stray-sub-record', isReported: true, ...about([one]) }) as const);
  const acked = workOf(view)
    .filter((one) => isStrayAttempt(view, one) && !given.some(({ place }) => place.name === one.place?.name))
    .map(
      ({ id, place }) =>
        ({ anomaly: 'stray-sub-record', isReported: true, ids: [id], places: [place?.name ?? ''] }) as const,
    );
  return [...read, ...acked];
};

/** User records of aggregates in the stream, each place once. In a dump, those that the consumers were given. */
const aggregated = (view: View): readonly Read[] => {
  const isDump = !view.hasPuts && view.reads.every(({ reader }) => view.roles.get(reader) === 'subject');
  const reads = view.reads.filter(
    ({ reader, record }) => (isDump || view.roles.get(reader) !== 'subject') && record.sub !== undefined,
  );
  return reads.filter((read, index) => reads.findIndex(({ place }) => place.name === read.place.name) === index);
};

/** An acknowledged record whose copies all lie in aggregates that a reader with the KCL's rule drops. */
export const undeliverable = (view: View): readonly Raw[] => {
  const acked = workOf(view).filter(({ place }) => place !== undefined);
  const read = view.reads.filter(({ reader }) => view.roles.get(reader) !== 'subject');
  const inside = acked.filter(({ entry }) => entry.part !== undefined);
  return distinct(inside.map(({ id }) => id)).flatMap((id): readonly Raw[] => {
    const places = [...acked, ...read].filter((one) => one.id === id).flatMap(({ place }) => place ?? []);
    return places.every((place) => isDroppedByKcl(view, place)) ? [{ anomaly: 'undeliverable', ids: [id] }] : [];
  });
};
