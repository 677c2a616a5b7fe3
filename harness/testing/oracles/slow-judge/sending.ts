import { distinct, pairs, type Raw } from './finding.ts';
import { isComparable, isImported, isPipeline } from './sending-order.ts';
import {
  type Attempt,
  allPlaces,
  comparePlaces,
  consumption,
  groupBy,
  isAncestor,
  isUnidentified,
  modeOf,
  type Place,
  partsOf,
  shardsOf,
  type View,
  workOf,
} from './view.ts';

/** Section D of the catalogue: order as the producers saw it, and as the log has it. */
const placed = (view: View) => view.attempts.filter((a): a is Attempt & { place: Place } => a.place !== undefined);
const sameKey = (a: Attempt, b: Attempt): boolean => a.producer === b.producer && a.entry.key === b.entry.key;
const isWork = ({ put }: Attempt): boolean => put.role !== 'sentinel';
const isLoose = (view: View, producer: string, key: string): boolean =>
  ['P3', 'P4'].includes(modeOf(view, producer, key));

/**
 * True if the service promises no order for the flow of a record: for instance if several producers or partition keys
 * wrote it.
 */
const isLooseFlow = (view: View, id: string): boolean => {
  const flow = JSON.stringify(partsOf(id).slice(0, 2));
  const own = workOf(view).filter((a) => JSON.stringify(partsOf(a.id).slice(0, 2)) === flow);
  const writers = [...groupBy(own, ({ producer, entry }) => JSON.stringify([producer, entry.key])).keys()];
  if (writers.length > 1) return true;
  const [producer, key] = JSON.parse(writers[0] ?? '["",""]') as [string, string];
  return isLoose(view, producer, key);
};

/** a was answered before b was sent, same producer and key, related shards, and b's number is not above. */
export const nonmonotonicSend = (view: View): readonly Raw[] => {
  if (isImported(view)) return [];
  const all = placed(view).filter(isWork);
  return all.flatMap((a) =>
    all
      .filter(
        (b) =>
          sameKey(a, b) &&
          a.answered < b.sent &&
          a.put.op !== b.put.op &&
          consumption(view, a.place, b.place) !== undefined &&
          b.place.seq <= a.place.seq &&
          (b.place.seq < a.place.seq || b.place.sub <= a.place.sub),
      )
      .map((b) => ({
        anomaly: 'nonmonotonic-send',
        isAllowed: isLoose(view, a.producer, a.entry.key),
        ids: [a.id, b.id],
        places: [a.place.name, b.place.name],
        shards: [a.place.shard, b.place.shard],
        ops: [b.put.op],
        keys: [a.entry.key],
        ...(a.place.shard === b.place.shard ? { kind: 'one-shard' } : {}),
      })),
  );
};

/**
 * Rule 18: SequenceNumberForOrdering promises order only if that number was acknowledged to this producer for this
 * partition key before.
 */
const isPromised = (view: View, { entry: { after }, put, outerKey, sent }: Attempt): boolean =>
  after !== undefined &&
  placed(view).some(
    (a) =>
      isWork(a) &&
      a.put.producer === put.producer &&
      a.outerKey === outerKey &&
      a.place.seq === BigInt(after) &&
      a.answered < sent,
  );

/** The acknowledged number is not above SequenceNumberForOrdering. */
export const snfoBroken = (view: View): readonly Raw[] =>
  (isImported(view) ? [] : placed(view))
    .filter(isWork)
    .filter((a) => isPromised(view, a) && a.place.seq <= BigInt(a.entry.after ?? 0))
    .map((a) => ({
      anomaly: 'snfo-broken',
      ids: [a.id],
      places: [a.place.name],
      ops: [a.put.op],
      keys: [a.entry.key],
      shards: [a.place.shard],
      ...(allPlaces(view).some((p) => p.shard === a.place.shard && p.seq === BigInt(a.entry.after ?? ''))
        ? { kind: 'one-shard' }
        : {}),
    }));

export const realtimeAppendOrder = (view: View): readonly Raw[] => {
  if (isImported(view)) return [];
  const all = placed(view).filter(isWork);
  return all.flatMap((a) =>
    all
      .filter((b) => a.answered < b.sent && a.place.shard === b.place.shard && b.place.seq < a.place.seq)
      .map((b) => ({
        anomaly: 'realtime-append-order',
        isAllowed: true,
        ids: [a.id, b.id],
        places: [a.place.name, b.place.name],
        ops: [b.put.op],
      })),
  );
};

/** Inside one call, a later entry of the key has the smaller number. */
export const intNonmonotonicSend = (view: View): readonly Raw[] =>
  isImported(view)
    ? []
    : [...groupBy(placed(view).filter(isWork), ({ put }) => String(put.op)).values()].flatMap((call) =>
        pairs(call)
          .filter(
            ([a, b]) => sameKey(a, b) && consumption(view, a.place, b.place) !== undefined && b.place.seq < a.place.seq,
          )
          .map(([a, b]) => ({ anomaly: 'int-nonmonotonic-send', isAllowed: true, ids: [a.id, b.id], ops: [a.put.op] })),
      );

/** Another record lies between two records of one call in one shard. */
export const intSendSkip = (view: View): readonly Raw[] => {
  const known = [
    ...placed(view).map(({ id, place }) => ({ id, place, isAcked: true })),
    ...view.reads.map(({ id, place }) => ({ id, place, isAcked: false })),
  ];
  const isAcked = ({ name }: Place): boolean => known.some((one) => one.isAcked && one.place.name === name);
  return [
    ...groupBy(
      placed(view).filter(({ put }) => put.api === 'PutRecords'),
      ({ put, place }) => `${put.op} ${place.shard}`,
    ).values(),
  ].flatMap((call) => {
    const seqs = call.map(({ place }) => place.seq).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const [low = 0n] = seqs;
    const high = seqs.at(-1) ?? 0n;
    // A record of the call at a place that was not acknowledged belongs to the call: an entry of unknown outcome, or a
    // copy.
    const sent = view.attempts.filter(({ put }) => put.op === call[0]?.put.op).map(({ id }) => id);
    const isOwn = ({ id, place }: { id: string | undefined; place: Place }): boolean =>
      id !== undefined && sent.includes(id) && !isAcked(place);
    const isSkip = known.some(
      (one) =>
        one.place.shard === call[0]?.place.shard &&
        low < one.place.seq &&
        one.place.seq < high &&
        !seqs.includes(one.place.seq) &&
        !isOwn(one),
    );
    return isSkip ? [{ anomaly: 'int-send-skip', isAllowed: true, ops: call.map(({ put }) => put.op) }] : [];
  });
};

/**
 * The first occurrence of each record: its earliest place, in consumption order, at which final readers saw it;
 * without these, any reader.
 */
const firstPlaces = (view: View): ReadonlyMap<string, Place> => {
  const reads = view.reads.filter(({ id }) => id !== undefined);
  const first = new Map<string, Place>();
  for (const [id, own] of groupBy(reads, ({ id }) => id ?? '')) {
    const finals = own.filter(({ reader }) => view.roles.get(reader) === 'final');
    const [start, ...rest] = (finals.length > 0 ? finals : own).map(({ place }) => place);
    if (start !== undefined)
      first.set(
        id,
        rest.reduce((a, b) => ((consumption(view, b, a) ?? 0) < 0 ? b : a), start),
      );
  }
  return first;
};

const firstSent = (view: View, id: string): number =>
  Math.min(...view.attempts.filter((a) => a.id === id).map(({ sent }) => sent));

/**
 * Rule 4: one finding for each record that was stored after a larger number of its flow. Its most telling pair
 * decides. Late copies of abandoned attempts are a separate kind.
 */
export const keyReorder = (view: View): readonly Raw[] => {
  const first = firstPlaces(view);
  const work = groupBy(workOf(view), ({ id }) => id);
  const known = [...first].filter(([id]) => !view.hasPuts || work.has(id));
  return known.flatMap(([n, a]): readonly Raw[] => {
    const [producer, key, number] = partsOf(n);
    const larger = known.filter(([m, b]) => {
      const [p, k, other] = partsOf(m);
      const isBehind = p === producer && k === key && other > number && (consumption(view, a, b) ?? -1) > 0;
      return isBehind && isComparable(view, n, m);
    });
    if (larger.length === 0) return [];
    const about = (pairsOf: readonly (readonly [string, Place])[]) => ({
      isAllowed: isLooseFlow(view, n) && !isPipeline(view),
      ...(isImported(view) && !isPipeline(view) ? { isReported: true } : {}),
      ids: [n, ...pairsOf.map(([m]) => m)],
      places: [a, ...pairsOf.map(([, b]) => b)].map(({ name }) => name),
      shards: [a, ...pairsOf.map(([, b]) => b)].map(({ shard }) => shard),
    });
    if (!view.hasPuts || isImported(view)) return [{ anomaly: 'key-reorder', ...about(larger) }];
    const attempts = work.get(n) ?? [];
    const owner = attempts.find(({ place }) => place?.name === a.name);
    const mayBeLate =
      attempts.some(({ outcome }) => outcome === 'info') || !attempts.some(({ outcome }) => outcome === 'ok');
    const isNeverAcked = !attempts.some(({ outcome }) => outcome === 'ok');
    const landed = owner ?? (isNeverAcked ? attempts.find(({ outcome }) => outcome === 'info') : undefined);
    const later = larger.filter(([m]) => landed !== undefined && landed.sent > firstSent(view, m));
    if (owner === undefined && mayBeLate && later.length === 0)
      return [{ anomaly: 'zombie-append', isAllowed: !isPipeline(view), ids: [n], places: [a.name] }];
    const acked = larger.filter(([m]) => attempts.some((x) => x.outcome === 'ok' && x.answered < firstSent(view, m)));
    if (acked.length > 0) return [{ anomaly: 'key-reorder', ...about(acked) }];
    const kind = landed === attempts[0] ? 'sent-late' : 'retry';
    if (later.length > 0) return [{ anomaly: 'key-reorder', kind, ...about(later) }];
    // Inside one call, the largest of them decides.
    const [[m, place] = ['', undefined]] = [...larger].sort(([x], [y]) => partsOf(y)[2] - partsOf(x)[2]);
    const other = work.get(m)?.find((x) => x.place !== undefined && x.place.name === place?.name);
    const isInside = owner !== undefined && owner.put.op === other?.put.op;
    return [{ anomaly: 'key-reorder', ...about(larger), ops: isInside ? [owner.put.op] : [] }];
  });
};

/**
 * A late copy: it lies at a place that was not acknowledged, above the first occurrence of a record of its producer
 * and key that was first sent after the ok of a later attempt.
 */
export const zombieAppend = (view: View): readonly Raw[] => {
  if (isImported(view)) return [];
  const first = firstPlaces(view);
  return [...groupBy(workOf(view), ({ id }) => id)].flatMap(([id, attempts]) => {
    const acked = attempts.flatMap(({ place }) => place?.name ?? []);
    const ghosts = distinct(
      view.reads.filter((r) => r.id === id && r.place.name !== first.get(id)?.name).map(({ place }) => place),
    ).filter(({ name }) => !acked.includes(name));
    const ok = attempts.filter(
      ({ outcome }, index) => outcome === 'ok' && attempts.slice(0, index).some((b) => b.outcome === 'info'),
    );
    const others = [...first].filter(
      ([other]) =>
        other !== id && JSON.stringify(partsOf(other).slice(0, 2)) === JSON.stringify(partsOf(id).slice(0, 2)),
    );
    const late = ghosts.filter((ghost) =>
      ok.some(({ answered }) =>
        others.some(
          ([m, place]) =>
            Number.isFinite(firstSent(view, m)) &&
            firstSent(view, m) > answered &&
            place.shard === ghost.shard &&
            comparePlaces(place, ghost) < 0,
        ),
      ),
    );
    return late.length > 0
      ? [{ anomaly: 'zombie-append', isAllowed: !isPipeline(view), ids: [id], places: late.map(({ name }) => name) }]
      : [];
  });
};

/**
 * A key's largest number in a parent is not below its smallest in the child, or the declared starts contradict the
 * ends.
 */
export const lineageSeqRegression = (view: View): readonly Raw[] => {
  const shards = shardsOf(view);
  // The first declared start of a shard counts, whatever later lists declare.
  const startOf = (shard: string): bigint =>
    BigInt(view.topologies.flatMap((list) => list.shards).find((info) => info.shard === shard)?.seq[0] ?? 0);
  const declared = [...shards.values()].flatMap(({ shard, parents }) =>
    parents
      .filter((parent) => {
        const end = shards.get(parent)?.seq;
        return (
          end !== undefined && end[1] !== null && BigInt(end[1]) >= BigInt(end[0]) && startOf(shard) <= BigInt(end[1])
        );
      })
      .map((parent): Raw => ({ anomaly: 'lineage-seq-regression', kind: 'declared', shards: [shard, parent] })),
  );
  const sent = new Set(workOf(view).map(({ id }) => id));
  const seen = [
    ...view.reads
      .filter(({ id }) => (id === undefined ? isUnidentified(view) : !view.hasPuts || sent.has(id)))
      .map(({ record, place }) => ({ key: record.idKey ?? record.key ?? '', place })),
    ...placed(view).map(({ entry, place }) => ({ key: entry.key, place })),
  ];
  const keyed = [...groupBy(seen, ({ key }) => key)].flatMap(([key, own]) => {
    const shardsOfKey = distinct(own.map(({ place }) => place.shard));
    const placesIn = (shard: string): readonly Place[] =>
      own.flatMap(({ place }) => (place.shard === shard ? [place] : [])).sort(comparePlaces);
    return shardsOfKey.flatMap((child) =>
      nearestAbove(view, child, shardsOfKey).flatMap((parent): readonly Raw[] => {
        const [last, first] = [placesIn(parent).at(-1), placesIn(child)[0]];
        return last === undefined || first === undefined || last.seq < first.seq
          ? []
          : [
              {
                anomaly: 'lineage-seq-regression',
                keys: [key],
                shards: [parent, child],
                places: [last.name, first.name],
              },
            ];
      }),
    );
  });
  return [...declared, ...keyed];
};

/** The ancestors of `child` among these shards, without those that are ancestors of another one of them. */
const nearestAbove = (view: View, child: string, shards: readonly string[]): readonly string[] => {
  const above = shards.filter((shard) => isAncestor(view, shard, child));
  return above.filter((shard) => !above.some((other) => isAncestor(view, shard, other)));
};
