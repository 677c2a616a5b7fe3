import type { ShardInfo } from '../../../model/event.ts';
import { hashKeyMax, hashKeyOf } from '../../../model/hash-key.ts';
import { distinct, pairs, type Raw } from './finding.ts';
import { isImported } from './sending-order.ts';
import {
  type Attempt,
  closedAt,
  groupBy,
  isAncestor,
  isUnidentified,
  ownPlaces,
  type Place,
  type View,
  workOf,
} from './view.ts';

/** Sections E and F of the catalogue: where records went, and what ListShards said. */
const bounds = ({ range }: ShardInfo): readonly [bigint, bigint] => [BigInt(range[0]), BigInt(range[1])];
/** Rule 22: a range that starts above its end is one finding, and is not judged otherwise. */
const isReversed = (info: ShardInfo): boolean => bounds(info)[0] > bounds(info)[1];
const active = ({ topologies }: View) => topologies.filter(({ status }) => (status ?? 'ACTIVE') === 'ACTIVE');
const byStart = (a: ShardInfo, b: ShardInfo): number =>
  bounds(a)[0] < bounds(b)[0] ? -1 : bounds(a)[0] > bounds(b)[0] ? 1 : 0;

/** A record in a shard whose range contains the hash key of none of the puts that may have stored it there. */
export const mispartitioned = (view: View): readonly Raw[] =>
  placesOf(view).flatMap(([place, brought]): readonly Raw[] => {
    const infos = view.topologies.flatMap(({ shards }) =>
      shards.filter((s) => s.shard === place.shard && !isReversed(s)),
    );
    const isAstray = ({ hash: own, outerKey }: Attempt): boolean => {
      const hash = own === undefined ? hashKeyOf(outerKey) : BigInt(own);
      return infos.every((info) => hash < bounds(info)[0] || hash > bounds(info)[1]);
    };
    return infos.length > 0 && brought.length > 0 && brought.every(isAstray)
      ? [
          {
            anomaly: 'mispartitioned',
            ids: distinct(brought.map(({ id }) => id)),
            places: [place.name],
            shards: [place.shard],
          },
        ]
      : [];
  });

/**
 * Each place with the puts of the workload that may have stored its record: the acknowledged one, otherwise all puts
 * of the record that was read.
 */
const placesOf = (view: View): readonly (readonly [Place, readonly Attempt[]])[] => {
  const work = workOf(view);
  const all = new Map(
    [...view.reads.map(({ place }) => place), ...work.flatMap(({ place }) => place ?? [])].map((p) => [p.name, p]),
  );
  return [...all.values()].map((place) => {
    const acked = view.attempts.filter((a) => a.place?.name === place.name);
    if (acked.length > 0) return [place, acked.filter(({ put }) => put.role !== 'sentinel')];
    const ids = view.reads.filter((r) => r.place.name === place.name).map(({ id }) => id);
    return [place, work.filter(({ id }) => ids.includes(id))];
  });
};

/**
 * One partition key in two shards that are both open in one listing, and not ancestors of each other. The key of
 * sentinels, foreign records and user records of aggregates does not lead them.
 */
export const splitKey = (view: View): readonly Raw[] => {
  const own = workOf(view).filter(({ put }) => put.parts === undefined);
  const sent = new Set(own.map(({ id }) => id));
  const seen = [
    ...own.flatMap(({ entry: { key }, place, id }) => (place === undefined ? [] : [{ key, shard: place.shard, id }])),
    ...view.reads.flatMap(({ record: { key, sub }, place, id }) =>
      key === undefined ||
      sub !== undefined ||
      !(id === undefined ? isUnidentified(view) : !view.hasPuts || sent.has(id))
        ? []
        : [{ key, shard: place.shard, id }],
    ),
  ];
  return [...groupBy(seen, ({ key }) => key)].flatMap(([key, mine]) => {
    const hashes = own
      .filter(({ entry }) => entry.key === key)
      .map(({ hash }) => (hash === undefined ? '' : `${BigInt(hash)}`));
    if (distinct(hashes).length > 1) return [];
    const wrong = pairs(distinct(mine.map(({ shard }) => shard))).filter(
      ([a, b]) => !isAncestor(view, a, b) && !isAncestor(view, b, a) && areOpenAtOnce(view, a, b),
    );
    return wrong.length > 0
      ? [{ anomaly: 'split-key' as const, shards: wrong.flat(), ids: mine.map(({ id }) => id) }]
      : [];
  });
};

/** The times when a shard was first listed, and first listed closed. */
const openTimes = ({ topologies }: View, id: string): readonly [from: number, to: number] => {
  const listed = topologies.flatMap(({ t, shards }) => shards.flatMap((s) => (s.shard === id ? [{ t, s }] : [])));
  return [
    listed[0]?.t ?? Number.POSITIVE_INFINITY,
    listed.find(({ s }) => s.seq[1] !== null)?.t ?? Number.POSITIVE_INFINITY,
  ];
};

const areOpenAtOnce = (view: View, a: string, b: string): boolean => {
  const [[from, to], [otherFrom, otherTo]] = [openTimes(view, a), openTimes(view, b)];
  return from < otherTo && otherFrom < to;
};

/**
 * Stored in a shard that was listed closed before the call was sent: acknowledged there, or read there although no put
 * of the record was sent before.
 */
export const writeToClosed = (view: View): readonly Raw[] =>
  (isImported(view) ? [] : placesOf(view))
    .filter(([{ shard }, brought]) => brought.length > 0 && brought.every(({ sent }) => sent > closedAt(view, shard)))
    .map(([{ name, shard }, brought]) => ({
      anomaly: 'write-to-closed',
      ids: distinct(brought.map(({ id }) => id)),
      places: [name],
      shards: [shard],
      keptOpen: [shard],
    }));

/** The open shards of an active stream leave out a hash key, or contain one twice. */
export const hashTiles = (view: View): readonly Raw[] =>
  active(view).flatMap(({ shards }): readonly Raw[] => {
    const reversed = shards.filter(isReversed);
    if (reversed.length > 0)
      return [{ anomaly: 'hash-hole', kind: 'reversed', shards: reversed.map(({ shard }) => shard) }];
    const open = shards.filter(({ seq }) => seq[1] === null).sort(byStart);
    const found: Raw[] = [];
    let next = 0n;
    let before: ShardInfo | undefined;
    for (const info of open) {
      const [low, high] = bounds(info);
      if (low > next)
        found.push({ anomaly: 'hash-hole', shards: [info.shard, ...(before === undefined ? [] : [before.shard])] });
      if (low < next && before !== undefined)
        found.push({ anomaly: 'hash-overlap', shards: [info.shard, before.shard] });
      if (high + 1n > next) {
        next = high + 1n;
        before = info;
      }
    }
    if (next <= hashKeyMax) found.push({ anomaly: 'hash-hole', shards: before === undefined ? [] : [before.shard] });
    return found;
  });

/** A child is listed while its parent is open, or a shard has more children than one reshard makes. */
export const openParent = (view: View): readonly Raw[] =>
  active(view).flatMap(({ shards }) =>
    shards.flatMap((parent): readonly Raw[] => {
      const children = shards.filter(({ parents }) => parents.includes(parent.shard));
      const isTwice =
        children.length > 2 || (children.length === 2 && children.some(({ parents }) => parents.length > 1));
      return children.length > 0 && (parent.seq[1] === null || isTwice)
        ? [
            {
              anomaly: 'open-parent',
              keptOpen: [parent.shard],
              shards: [parent.shard, ...children.map(({ shard }) => shard)],
            },
          ]
        : [];
    }),
  );

/**
 * In one listing, the children of a split do not make up the parent, or a merge is not the union of its neighbours. A
 * shard that appeared during the run has no parent, or an unknown one. Or a page names other children than the lists
 * do.
 */
export const badParentage = (view: View): readonly Raw[] => {
  const listed = view.topologies.flatMap(({ shards }) => shards);
  const told = new Set(listed.map(({ shard }) => shard));
  const childrenOf = (parent: string): readonly string[] =>
    distinct(listed.filter(({ parents }) => parents.includes(parent)).map(({ shard }) => shard));
  const atRest = view.topologies.findIndex((topology) => active(view).includes(topology) && topology.shards.length > 0);
  const inherited = view.topologies
    .slice(0, atRest < 0 ? view.topologies.length : atRest + 1)
    .flatMap(({ shards }) => shards.map(({ shard }) => shard));
  const said = new Set(view.pages.map(({ shard }) => shard));
  const isKnown = (shard: string): boolean =>
    told.has(shard) || said.has(shard) || view.attempts.some(({ place }) => place?.shard === shard);

  const orphans = active(view)
    .flatMap(({ shards }) => shards)
    .filter((info) => !inherited.includes(info.shard))
    .filter((info) => info.parents.length === 0 || info.parents.some((parent) => !isKnown(parent)))
    .map(({ shard }): Raw => ({ anomaly: 'bad-parentage', shards: [shard] }));
  const merges = active(view).flatMap(({ shards }) =>
    shards.flatMap((child): readonly Raw[] => {
      const [a, b] = child.parents.flatMap((p) => shards.find(({ shard }) => shard === p) ?? []).sort(byStart);
      if (a === undefined || b === undefined || [a, b, child].some(isReversed)) return [];
      const fits =
        bounds(a)[1] + 1n === bounds(b)[0] && bounds(a)[0] === bounds(child)[0] && bounds(b)[1] === bounds(child)[1];
      return fits ? [] : [{ anomaly: 'bad-parentage', shards: [child.shard, a.shard, b.shard] }];
    }),
  );
  const splits = active(view).flatMap(({ shards }) =>
    shards.flatMap((parent): readonly Raw[] => {
      const children = shards.filter(({ parents }) => parents.includes(parent.shard)).sort(byStart);
      const [first, second] = children;
      if (first === undefined || children.length > 2 || children.some(({ parents }) => parents.length > 1)) return [];
      if ([parent, ...children].some(isReversed)) return [];
      const fits =
        bounds(first)[0] === bounds(parent)[0] &&
        bounds(second ?? first)[1] === bounds(parent)[1] &&
        (second === undefined || bounds(first)[1] + 1n === bounds(second)[0]);
      return fits ? [] : [{ anomaly: 'bad-parentage', shards: [parent.shard, ...childrenOf(parent.shard)] }];
    }),
  );
  const named = view.pages.flatMap(({ shard, children, more, t }): readonly Raw[] => {
    if (children === undefined || (children.length === 0 && more !== false) || !told.has(shard)) return [];
    const real = [...childrenOf(shard)];
    const isListedLater = view.topologies.some((later) => later.t > t && later.shards.some((s) => s.shard === shard));
    const isTrue = [...children].sort().join() === real.sort().join();
    return isTrue || (real.length === 0 && !isListedLater)
      ? []
      : [{ anomaly: 'bad-parentage', shards: [shard, ...children] }];
  });
  return [...orphans, ...merges, ...splits, ...named];
};

/** A shard's range, parents or start change between two listings, or it was closed and is open again. */
export const topologyMutation = (view: View): readonly Raw[] =>
  [
    ...groupBy(
      view.topologies.flatMap(({ shards }) => shards),
      ({ shard }) => shard,
    ),
  ].flatMap(([shard, infos]) => {
    const isChanged = pairs(infos).some(
      ([a, b]) =>
        (![a, b].some(isReversed) && String(bounds(a)) !== String(bounds(b))) ||
        [...a.parents].sort().join() !== [...b.parents].sort().join() ||
        BigInt(a.seq[0]) !== BigInt(b.seq[0]) ||
        (a.seq[1] !== null && b.seq[1] === null),
    );
    return isChanged ? [{ anomaly: 'topology-mutation' as const, shards: [shard] }] : [];
  });

/**
 * Numbers in AWS's form contain the index of their shard: 47 hexadecimal digits, 2 at either end, times of this
 * century in digits 2 to 10 and 30 to 38, the index in 39 to 46.
 */
export const shardEncoding = (view: View): readonly Raw[] => {
  const wrong = ownPlaces(view).filter(({ shard, seq }) => {
    const hex = seq.toString(16);
    if (hex.length !== 47 || !/^2.*2$/.test(hex)) return false;
    const isTime = [hex.slice(1, 10), hex.slice(29, 38)].every((digits) => {
      const year = new Date(Number.parseInt(digits, 16) * 1000).getUTCFullYear();
      return year >= 2010 && year < 2100;
    });
    const index = BigInt(`0x${hex.slice(38, 46)}`);
    return isTime && index < 100_000n && index !== BigInt(/(\d+)$/.exec(shard)?.[1] ?? 0);
  });
  return distinct(wrong.map(({ name }) => name)).map((name) => ({
    anomaly: 'shard-encoding',
    isAllowed: true,
    places: [name],
  }));
};
