import type { ShardInfo, TopologyEvent } from '../../model/event.ts';
import type { View } from './view.ts';

/** Snapshots of a stream that is said to be at rest: while it is UPDATING, anything may be half done. */
export const restingSnapshots = (view: View): readonly { readonly line: number; readonly event: TopologyEvent }[] =>
  view.tables.snapshots.filter(({ event }) => event.status === undefined || event.status === 'ACTIVE');

export const isOpenShard = (info: ShardInfo): boolean => (info.seq?.[1] ?? null) === null;

/** Children of each shard of one snapshot, by id. */
export const childrenIn = (event: TopologyEvent): ReadonlyMap<string, readonly ShardInfo[]> => {
  const children = new Map<string, ShardInfo[]>();
  for (const info of event.shards) {
    for (const parent of info.parents ?? []) {
      const list = children.get(parent);
      if (list === undefined) children.set(parent, [info]);
      else list.push(info);
    }
  }
  return children;
};

/** Ids of shards that the first topology already listed: what lies before the run is not ours to explain. */
export const firstListed = (view: View): ReadonlySet<string> =>
  new Set(view.tables.snapshots[0]?.event.shards.map(({ shard }) => shard) ?? []);

export const noTopology = (view: View): string | undefined =>
  view.tables.snapshots.length > 0 ? undefined : 'no topology was recorded';

/** Claims about lineage speak of shards that have parents. */
export const noReshard = (view: View): string | undefined =>
  noTopology(view) ??
  (view.lineage.shards.some(({ parents }) => parents.length > 0) || view.tables.reshards.size > 0
    ? undefined
    : 'no reshard was planned, and no shard has a parent');
