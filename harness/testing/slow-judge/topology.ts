import type { ShardInfo } from '../../model/event.ts';
import { hashKeyMax, hashKeyOf } from '../../model/hash-key.ts';
import { distinct, pairs, type Raw } from './finding.ts';
import { closedAt, groupBy, isAncestor, shardsOf, type View } from './view.ts';

/** Sections E and F of the catalogue: where records went, and what ListShards said. */
const bounds = ({ range }: ShardInfo): readonly [bigint, bigint] => [BigInt(range[0]), BigInt(range[1])];
const active = ({ topologies }: View) => topologies.filter(({ status }) => (status ?? 'ACTIVE') === 'ACTIVE');
const byStart = (a: ShardInfo, b: ShardInfo): number =>
  bounds(a)[0] < bounds(b)[0] ? -1 : bounds(a)[0] > bounds(b)[0] ? 1 : 0;

/** The hash of a record does not lie in the range of the shard that took it. */
export const mispartitioned = (view: View): readonly Raw[] => {
  return [...groupBy(view.attempts, ({ id }) => id)].flatMap(([id, attempts]): readonly Raw[] => {
    const [first] = attempts;
    if (first === undefined) return [];
    const hash = first.hash === undefined ? hashKeyOf(first.outerKey) : BigInt(first.hash);
    const places = [
      ...attempts.flatMap(({ place }) => place ?? []),
      ...view.reads.filter((r) => r.id === id).map(({ place }) => place),
    ];
    const wrong = places.filter(({ shard }) => {
      const infos = view.topologies.flatMap(({ shards }) => shards.filter((s) => s.shard === shard));
      return infos.length > 0 && infos.every((info) => hash < bounds(info)[0] || hash > bounds(info)[1]);
    });
    return wrong.length > 0
      ? [
          {
            anomaly: 'mispartitioned',
            ids: [id],
            places: wrong.map(({ name }) => name),
            shards: wrong.map(({ shard }) => shard),
          },
        ]
      : [];
  });
};

/** One partition key in two shards, neither the other's ancestor, both open in one listing. */
export const splitKey = (view: View): readonly Raw[] => {
  const seen = [
    ...view.attempts.flatMap(({ outerKey, place, id }) =>
      place === undefined ? [] : [{ key: outerKey, shard: place.shard, id }],
    ),
    ...view.reads.flatMap(({ record: { key }, place, id }) =>
      key === undefined ? [] : [{ key, shard: place.shard, id }],
    ),
  ];
  return [...groupBy(seen, ({ key }) => key)].flatMap(([key, own]) => {
    if (distinct(view.attempts.filter((a) => a.outerKey === key).map(({ hash }) => hash)).length > 1) return [];
    const wrong = pairs(distinct(own.map(({ shard }) => shard))).filter(
      ([a, b]) =>
        !isAncestor(view, a, b) &&
        !isAncestor(view, b, a) &&
        view.topologies.some(({ shards }) =>
          [a, b].every((id) => shards.some((s) => s.shard === id && s.seq[1] === null)),
        ),
    );
    return wrong.length > 0
      ? [{ anomaly: 'split-key' as const, shards: wrong.flat(), ids: own.map(({ id }) => id) }]
      : [];
  });
};

/** Taken by a shard that was seen closed before the call was sent. */
export const writeToClosed = (view: View): readonly Raw[] =>
  view.attempts
    .filter(({ place, sent }) => place !== undefined && sent > closedAt(view, place.shard))
    .map(({ id, place }) => ({
      anomaly: 'write-to-closed',
      ids: [id],
      places: [place?.name ?? ''],
      shards: [place?.shard ?? ''],
    }));

/** The open shards of an active stream leave out a hash key, or hold one twice. */
export const hashTiles = (view: View): readonly Raw[] =>
  active(view).flatMap(({ shards }): readonly Raw[] => {
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
    if (next !== hashKeyMax + 1n && shards.length > 0)
      found.push({ anomaly: 'hash-hole', shards: before === undefined ? [] : [before.shard] });
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
        ? [{ anomaly: 'open-parent', shards: [parent.shard, ...children.map(({ shard }) => shard)] }]
        : [];
    }),
  );

/** Children of a split do not make up the parent, a merge is not the union of its neighbours, a parent nobody knows, children told that are none. */
export const badParentage = (view: View): readonly Raw[] => {
  const shards = shardsOf(view);
  const all = [...shards.values()];
  const orphans = all.flatMap(({ shard, parents }) =>
    parents.some((p) => !shards.has(p)) ? [{ anomaly: 'bad-parentage' as const, shards: [shard] }] : [],
  );
  const merges = all.flatMap((child): readonly Raw[] => {
    const [a, b] = child.parents.flatMap((p) => shards.get(p) ?? []).sort(byStart);
    if (a === undefined || b === undefined) return [];
    const fits =
      bounds(a)[1] + 1n === bounds(b)[0] && bounds(a)[0] === bounds(child)[0] && bounds(b)[1] === bounds(child)[1];
    return fits ? [] : [{ anomaly: 'bad-parentage', shards: [child.shard, a.shard, b.shard] }];
  });
  const splits = all.flatMap((parent): readonly Raw[] => {
    const children = all.filter(({ parents }) => parents.length === 1 && parents[0] === parent.shard).sort(byStart);
    const [first] = children;
    const last = children.at(-1);
    if (first === undefined || last === undefined) return [];
    const fits =
      bounds(first)[0] === bounds(parent)[0] &&
      bounds(last)[1] === bounds(parent)[1] &&
      children.every((c, i) => i === 0 || bounds(c)[0] === bounds(children[i - 1] ?? c)[1] + 1n);
    return fits ? [] : [{ anomaly: 'bad-parentage', shards: [parent.shard, ...children.map(({ shard }) => shard)] }];
  });
  const told = view.pages.flatMap(({ shard, children }): readonly Raw[] => {
    if (children === undefined) return [];
    const real = all.filter(({ parents }) => parents.includes(shard)).map((s) => s.shard);
    const isTrue = [...children].sort().join() === real.sort().join();
    return isTrue ? [] : [{ anomaly: 'bad-parentage', shards: [shard, ...children] }];
  });
  return [...orphans, ...merges, ...splits, ...told];
};

/** A shard's range, parents, start, or end once told, change between two listings. */
export const topologyMutation = (view: View): readonly Raw[] =>
  [
    ...groupBy(
      view.topologies.flatMap(({ shards }) => shards),
      ({ shard }) => shard,
    ),
  ].flatMap(([shard, infos]) => {
    const isChanged = pairs(infos).some(
      ([a, b]) =>
        String(bounds(a)) !== String(bounds(b)) ||
        [...a.parents].sort().join() !== [...b.parents].sort().join() ||
        BigInt(a.seq[0]) !== BigInt(b.seq[0]) ||
        (a.seq[1] !== null && (b.seq[1] === null || BigInt(a.seq[1]) !== BigInt(b.seq[1]))),
    );
    return isChanged ? [{ anomaly: 'topology-mutation' as const, shards: [shard] }] : [];
  });

/** Numbers of AWS's form hold the index of their shard: 47 hexadecimal digits, 2 at either end, times of this century in digits 2 to 10 and 30 to 38, the index in 39 to 46. */
export const shardEncoding = (view: View): readonly Raw[] => {
  const places = [...view.reads.map(({ place }) => place), ...view.attempts.flatMap(({ place }) => place ?? [])];
  const wrong = places.filter(({ shard, seq }) => {
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
