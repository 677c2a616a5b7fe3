import { distinct, pairs, type Raw } from './finding.ts';
import {
  type Attempt,
  allPlaces,
  comparePlaces,
  covers,
  groupBy,
  ownPlaces,
  type Read,
  shardsOf,
  type View,
  workOf,
} from './view.ts';

/** Section A of the catalogue, from the definitions. */
const digestsOf = (reads: readonly Read[]): readonly string[] =>
  distinct(reads.flatMap(({ record }) => record.digest ?? []));

/** Two records at one place: among acknowledgements, among reads, or between them. */
export const inconsistentOffsets = (view: View): readonly Raw[] => {
  const acked = groupBy(
    view.attempts.filter(({ place }) => place !== undefined),
    ({ place }) => place?.name ?? '',
  );
  const read = groupBy(view.reads, ({ place }) => place.name);
  return distinct([...acked.keys(), ...read.keys()]).flatMap((name): readonly Raw[] => {
    const acks = acked.get(name) ?? [];
    const reads = read.get(name) ?? [];
    const ids = [...acks, ...reads].map(({ id }) => id);
    const about = { anomaly: 'inconsistent-offsets', places: [name], ids } as const;
    if (distinct(reads.map(({ id }) => id)).length > 1 || digestsOf(reads).length > 1)
      return [{ ...about, kind: 'reads' }];
    if (distinct(acks.map(({ id }) => id)).length > 1) return [{ ...about, kind: 'acks' }];
    const differs = acks.some((a) => reads.some((r) => r.id !== undefined && a.id !== r.id));
    return differs ? [{ ...about, kind: 'ack-read' }] : [];
  });
};

const sentinelPlaces = ({ attempts }: View): ReadonlySet<string> =>
  new Set(attempts.filter(({ put }) => put.role === 'sentinel').map(({ place }) => place?.name ?? ''));

/**
 * The record was read at two positions. Retry: an attempt before the last is info. Resend: sent again after an
 * acknowledgement.
 */
export const duplicate = (view: View): readonly Raw[] => {
  const work = groupBy(workOf(view), ({ id }) => id);
  return [
    ...groupBy(
      view.reads.filter(({ id }) => id !== undefined),
      ({ id }) => id ?? '',
    ),
  ].flatMap(([id, reads]) => {
    const places = distinct(reads.map(({ place }) => place.name));
    const attempts = work.get(id) ?? [];
    const isMark = attempts.length === 0 && view.attempts.some((a) => a.id === id);
    if (places.length < 2 || isMark) return [];
    const missed = missedOf(view, attempts);
    const isResend = attempts.some(
      (a) => a.outcome === 'ok' && !missed.includes(a.put.op) && attempts.some((b) => b.sent > a.answered),
    );
    const isRetry =
      attempts.some(({ times }) => times > 1) ||
      attempts.slice(0, -1).some(({ outcome, put }) => outcome === 'info' || missed.includes(put.op));
    const about = { anomaly: 'duplicate', ids: [id], places } as const;
    if (isResend) return [{ ...about, kind: 'resend' }];
    return [isRetry ? { ...about, kind: 'retry', isAllowed: true } : about];
  });
};

/** Additions, `retryOf`: ops whose answers the sender did not receive, if the recorder saw the wire. */
const missedOf = ({ head }: View, attempts: readonly Attempt[]): readonly number[] =>
  head.recorder === 'proxy' || head.recorder === 'middleware'
    ? attempts.flatMap(({ put }) => (put.retryOf === undefined ? [] : [put.retryOf]))
    : [];

/** One number in two shards. */
export const seqCollision = (view: View): readonly Raw[] =>
  [...groupBy(allPlaces(view), ({ seq }) => String(seq))]
    .map(([, places]) => distinct(places.map(({ shard }) => shard)))
    .filter((shards) => shards.length > 1)
    .map((shards) => ({ anomaly: 'seq-collision', shards, isAllowed: true }));

/** Acknowledged at a position, read, but never there and at no other acknowledged position of it. */
export const ackMismatch = (view: View): readonly Raw[] =>
  [...groupBy(workOf(view), ({ id }) => id)].flatMap(([id, attempts]) => {
    const acked = attempts.flatMap(({ place }) => place?.name ?? []);
    const reads = distinct(view.reads.filter((r) => r.id === id).map(({ place }) => place.name));
    const isElsewhere = acked.length > 0 && reads.length > 0 && !reads.some((name) => acked.includes(name));
    // Another attempt may have been stored where it was read, unless a reader covers the acknowledged place.
    const [told] = attempts.flatMap(({ place }) => place ?? []);
    const isLookedAt = told !== undefined && view.pages.some(({ reader }) => covers(view, reader, told));
    const mayBeLate = attempts.some(({ outcome, times }) => outcome === 'info' || times > 1) && !isLookedAt;
    return isElsewhere && !mayBeLate ? [{ anomaly: 'ack-mismatch', ids: [id], places: [...acked, ...reads] }] : [];
  });

/**
 * phantom: an identity that was never put, or none. corruption: at a place that was acknowledged to another record, or
 * with another digest or key than was sent.
 */
export const phantomAndCorruption = (view: View): readonly Raw[] => {
  if (!view.hasPuts) return [];
  const sentinels = sentinelPlaces(view);
  return [...groupBy(view.reads, (r) => `${r.place.name} ${r.id} ${r.record.digest} ${r.record.key}`).values()].flatMap(
    ([read]): readonly Raw[] => {
      if (read === undefined) return [];
      const { id, place, record } = read;
      const known = view.attempts.filter((a) => a.id === id);
      const holder = view.attempts.find((a) => a.place?.name === place.name);
      const about = { ids: [id, holder?.id], places: [place.name] };
      if (id === undefined) {
        if (sentinels.has(place.name)) return [];
        const phantom: readonly Raw[] = view.head.stream?.shared === true ? [] : [{ anomaly: 'phantom', ...about }];
        return holder === undefined ? phantom : [{ anomaly: 'corruption', ...about }, ...phantom];
      }
      if (known.length === 0)
        return [
          { anomaly: 'phantom', ...about },
          ...(holder === undefined ? [] : [{ anomaly: 'corruption' as const, ...about }]),
        ];
      const digest = record.digest;
      const isDigest =
        digest === undefined || known.some((a) => a.entry.digest === undefined || a.entry.digest === digest);
      const isKey =
        record.key === undefined || known.some((a) => a.outerKey === record.key || a.entry.key === record.key);
      return isDigest && isKey ? [] : [{ anomaly: 'corruption', ...about }];
    },
  );
};

/** Read although every attempt definitely failed. */
export const abortedRead = (view: View): readonly Raw[] =>
  [...groupBy(workOf(view), ({ id }) => id)]
    .filter(
      ([id, attempts]) => attempts.every(({ outcome }) => outcome === 'fail') && view.reads.some((r) => r.id === id),
    )
    .map(([id]) => ({
      anomaly: 'aborted-read',
      ids: [id],
      places: view.reads.filter((r) => r.id === id).map(({ place }) => place.name),
    }));

/** A page with a record that was first sent after the page was answered. */
export const readFromTheFuture = (view: View): readonly Raw[] =>
  view.head.recorder === 'import'
    ? []
    : [...groupBy(view.attempts, ({ id }) => id)]
        .filter(([id, attempts]) => {
          const sent = Math.floor(Math.min(...attempts.map((a) => a.sent)));
          // The clocks of two machines differ, so smaller differences prove nothing.
          const skew = (view.head.tolerances?.clockSkewMs ?? 0) * 1000;
          return view.reads.some((r) => r.id === id && Math.floor(r.page.t) + skew < sent);
        })
        .map(([id]) => ({ anomaly: 'read-from-the-future', ids: [id] }));

/** A sequence number outside the shard's declared range. A range that ends below its start is a finding itself. */
export const seqOutOfRange = (view: View): readonly Raw[] =>
  [...shardsOf(view).values()].flatMap(({ shard, seq: [start, end] }): readonly Raw[] => {
    if (end !== null && BigInt(end) < BigInt(start))
      return [{ anomaly: 'seq-out-of-range', kind: 'declared', shards: [shard] }];
    return distinct(
      ownPlaces(view)
        .filter((p) => p.shard === shard && (p.seq < BigInt(start) || (end !== null && p.seq > BigInt(end))))
        .map(({ name }) => name),
    ).map((name) => ({
      anomaly: 'seq-out-of-range',
      places: [name],
      ids: [
        ...view.attempts.filter((a) => a.place?.name === name),
        ...view.reads.filter((r) => r.place.name === name),
      ].map(({ id }) => id),
      shards: [shard],
    }));
  });

/** Inside one call, the acknowledged places are those at which records were read, but of other entries. */
export const responseMisalignment = (view: View): readonly Raw[] =>
  [
    ...groupBy(
      workOf(view).filter(({ put, place }) => put.api === 'PutRecords' && place !== undefined),
      ({ put }) => String(put.op),
    ),
  ].flatMap(([op, attempts]) => {
    const wrong = attempts.filter(({ id, place }) => {
      const places = view.reads.filter((r) => r.id === id).map((r) => r.place.name);
      return places.length > 0 && !places.includes(place?.name ?? '');
    });
    const acked = wrong.map(({ place }) => place?.name ?? '').sort();
    const read = distinct(
      wrong.flatMap(({ id }) => view.reads.filter((r) => r.id === id).map((r) => r.place.name)),
    ).sort();
    if (wrong.length < 2 || acked.join() !== read.join()) return [];
    return [{ anomaly: 'response-misalignment', ops: [Number(op)], ids: wrong.map(({ id }) => id), places: acked }];
  });

/** Arrival falls inside a shard, or lies outside the time of the put, beyond the skew. */
export const arrivalRegression = (view: View): readonly Raw[] => {
  const skew = view.head.tolerances?.skewMs ?? 1000;
  const started = view.head.startedAt === undefined ? undefined : Date.parse(view.head.startedAt);
  const stamped = view.reads.filter(({ record }) => record.arrival !== undefined);
  const falls = [...groupBy(stamped, ({ place }) => place.shard).values()].some((reads) =>
    pairs([...reads].sort((a, b) => comparePlaces(a.place, b.place))).some(
      ([a, b]) => comparePlaces(a.place, b.place) < 0 && (b.record.arrival ?? 0) < (a.record.arrival ?? 0) - skew,
    ),
  );
  const outside = stamped.some(({ id, place, record: { arrival = 0 } }) => {
    const put = view.attempts.find((a) => a.id === id && a.place?.name === place.name);
    if (put === undefined || started === undefined) return false;
    return (
      arrival < started + Math.floor(put.sent) / 1000 - skew ||
      arrival > started + Math.floor(put.answered) / 1000 + skew
    );
  });
  return falls || outside ? [{ anomaly: 'arrival-regression', isAllowed: true }] : [];
};
